"""Working days 工作日, as they were known on a day (domain.md §3).

The State Council moves working days by a yearly notice. A notice is known only from its publication; before that
the year is plain Monday to Friday, and what relied on it is provisional 暂定.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """One notice of the State Council about one calendar year (or an amendment of it).

    `off` are weekdays that became holidays, `work` weekend days that became working days 调休. Some lie in the
    December before: New Year's Day belongs to the notice of its own year, and so do the days moved around it
    (2018-12-29 to 31 by the notice for 2019). The notice published last replaces the earlier ones of its year as a
    whole.
    """

    year: int
    published: date
    off: frozenset[date]
    work: frozenset[date]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The calendar as known on a day, a notice a year; build it with `HolidayCalendar.known_on`.

    `moved` says of every day that a notice names whether it is a working day; all others go by their weekday.
    """

    notices: dict[int, HolidayNotice] = field(default_factory=dict)
    moved: dict[date, bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        moved: dict[date, bool] = {}
        # Two years' notices may name one day of December: the one published last holds there too.
        for notice in sorted(self.notices.values(), key=lambda notice: notice.published):
            moved |= dict.fromkeys(notice.off, False) | dict.fromkeys(notice.work, True)
        object.__setattr__(self, "moved", moved)

    def is_provisional(self, day: date) -> bool:
        """Whether the year of `day` had no notice yet, so that Monday to Friday is assumed."""
        return day.year not in self.notices

    def is_workday(self, day: date) -> bool:
        return self.moved.get(day, _is_weekday(day))

    def between(self, after: date, through: date) -> int:
        """Working days after `after`, up to and including `through`; 0 when `through` is not later.

        Spans of years are counted as quickly as short ones: whole weeks by their five days, then what was moved.
        """
        if through <= after:
            return 0
        weeks, rest = divmod((through - after).days, 7)
        plain = 5 * weeks + sum(_is_weekday(through - day * DAY) for day in range(rest))
        moved = ((day, works) for day, works in self.moved.items() if after < day <= through)
        return plain + sum(works - _is_weekday(day) for day, works in moved)

    def add(self, day: date, working_days: int) -> date:
        """The day that lies `working_days` (≥ 1) working days after `day`."""
        while working_days > 0:
            day += DAY
            working_days -= self.is_workday(day)
        return day

    def last_on_or_before(self, day: date) -> date:
        """The last working day up to and including `day`, shown beside a due date that is a holiday."""
        while not self.is_workday(day):
            day -= DAY
        return day


def _is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """Every notice with its day of publication.

    Calendars are remembered: every question asks for one, and there are only as many as notices.
    """

    notices: tuple[HolidayNotice, ...]
    _known: dict[int, Workdays] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, day: date) -> int:
        """How many notices were out on `day`; as long as that is the same, the calendar is."""
        return sum(notice.published <= day for notice in self.notices)

    def known_on(self, day: date) -> Workdays:
        """The working days as anybody could know them on `day`."""
        edition = self.edition(day)
        if edition not in self._known:
            known = sorted((n for n in self.notices if n.published <= day), key=lambda n: n.published)
            self._known[edition] = Workdays({n.year: n for n in known})
        return self._known[edition]
