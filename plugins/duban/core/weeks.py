"""Reporting weeks: ISO weeks with a cut-off on their last working day (domain.md §3)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from duban.core.workdays import HolidayCalendar, Workdays

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def end_of_day(day: date) -> datetime:
    """The last second of `day`: the instant at which a due date ends, "7月30日前" including the 30th."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


@dataclass(frozen=True, slots=True, order=True)
class ReportingWeek:
    """One reporting week. `key` (yyyy-Www) never changes; `cutoff` is what the calendar says when asked.

    `first_day` lies before `last_day`'s ISO week when earlier weeks without a working day are covered too.
    """

    key: str
    first_day: date
    last_day: date
    cutoff: datetime

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Weeks:
    """The sequence of reporting weeks of a plan.

    `first_day` is any day of the first reporting week, `cutoff_time` the hour of the cut-off in Asia/Shanghai,
    `reminder_time` that of the 提醒 on the same day (None: there is none). Weeks are remembered: every question goes
    through all that have begun.
    """

    calendar: HolidayCalendar
    first_day: date
    cutoff_time: time
    reminder_time: time | None = None
    _found: dict[tuple[date, int], ReportingWeek] = field(default_factory=dict, compare=False, repr=False)

    def covering(self, day: date, known_on: date) -> ReportingWeek | None:
        """The reporting week that `day` belongs to, as the calendar was known on `known_on`; None before the first.

        A day of an ISO week without a working day belongs to the next week that has one.
        """
        if day < monday_of(self.first_day):
            return None
        key = (monday_of(day), self.calendar.edition(known_on))
        if key not in self._found:
            self._found[key] = self._covering(day, self.calendar.known_on(known_on))
        return self._found[key]

    def _covering(self, day: date, workdays: Workdays) -> ReportingWeek:
        monday = monday_of(day)
        while (cutoff_day := _last_workday(monday, workdays)) is None:
            monday += WEEK
        first = monday
        while first > monday_of(self.first_day) and _last_workday(first - WEEK, workdays) is None:
            first -= WEEK
        iso = monday.isocalendar()
        return ReportingWeek(
            key=f"{iso.year}-W{iso.week:02d}",
            first_day=first,
            last_day=monday + WEEK - timedelta(days=1),
            cutoff=datetime.combine(cutoff_day, self.cutoff_time, ZONE),
        )

    def first_workday(self, week: ReportingWeek, known_on: date) -> date:
        """The first working day of `week`, as the calendar was known on `known_on`; every reporting week has one."""
        workdays, day = self.calendar.known_on(known_on), week.first_day
        while not workdays.is_workday(day):
            day += timedelta(days=1)
        return day

    def of_key(self, key: str, known_on: date) -> ReportingWeek:
        """The reporting week of `key` (yyyy-Www): the next one that has a report, if that ISO week has none.

        Raises ValueError for a malformed key and for a week before the first.
        """
        week = self.covering(date.fromisoformat(f"{key}-1"), known_on)
        if week is None:
            raise ValueError(f"{key} lies before the first reporting week")
        return week

    def begun_by(self, as_of: datetime) -> Iterator[ReportingWeek]:
        """Every reporting week that has begun by `as_of`, oldest first, as the calendar was known that day."""
        today = as_of.astimezone(ZONE).date()
        week = self.covering(self.first_day, today)
        while week is not None and week.first_day <= today:
            yield week
            week = self.covering(week.last_day + timedelta(days=1), today)

    def closed_by(self, as_of: datetime) -> tuple[ReportingWeek, ...]:
        """Every reporting week whose cut-off has come by `as_of`, oldest first."""
        return tuple(week for week in self.begun_by(as_of) if week.cutoff <= as_of)


def _last_workday(monday: date, workdays: Workdays) -> date | None:
    days = (monday + timedelta(days=n) for n in range(6, -1, -1))
    return next((day for day in days if workdays.is_workday(day)), None)
