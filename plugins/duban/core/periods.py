"""Months and quarters that papers look back on."""

from dataclasses import dataclass
from datetime import date

from duban.core.workdays import DAY, Workdays

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both included, with the name that papers give it."""

    name: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def opens_month(day: date, workdays: Workdays) -> bool:
    """Whether `day` is the first working day of its month."""
    earlier = (day.replace(day=n) for n in range(1, day.day))
    return workdays.is_workday(day) and not any(workdays.is_workday(one) for one in earlier)


def month_before(day: date) -> Period:
    """The month before that of `day`: 2018年7月."""
    last = day.replace(day=1) - DAY
    return Period(f"{last.year}年{last.month}月", last.replace(day=1), last)


def quarter_before(day: date) -> Period:
    """The quarter before that of `day`: 2018年第三季度."""
    first_month = (day.month - 1) // 3 * 3 + 1
    last = day.replace(month=first_month, day=1) - DAY
    first = last.replace(month=last.month - 2, day=1)
    return Period(f"{last.year}年{QUARTERS[last.month // 3 - 1]}", first, last)


def opens_quarter(day: date) -> bool:
    """Whether `day` lies in the first month of a quarter."""
    return day.month % 3 == 1
