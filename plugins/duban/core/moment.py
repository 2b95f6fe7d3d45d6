"""The instant at which everything is computed, with the calendar as it was known on its day (domain.md §3)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from duban.core.weeks import ZONE, end_of_day
from duban.core.workdays import HolidayCalendar, Workdays


@dataclass(frozen=True, slots=True)
class Moment:
    """An `as_of` instant, its `day` in Asia/Shanghai and the working days known on that day.

    Counts are remembered: thousands of obligations share a few due days.
    """

    as_of: datetime
    day: date
    workdays: Workdays
    _counted: dict[tuple[date, date], int] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def at(cls, as_of: datetime, calendar: HolidayCalendar) -> "Moment":
        day = as_of.astimezone(ZONE).date()
        return cls(as_of, day, calendar.known_on(day))

    def left(self, due: date) -> int:
        """Working days left: those after this day up to and including `due`; 0 on it and after it."""
        return self._between(self.day, due)

    def since(self, day: date) -> int:
        """Working days after `day` up to and including this one; 0 when `day` is not earlier."""
        return self._between(day, self.day)

    def _between(self, after: date, through: date) -> int:
        span = (after, through)
        if span not in self._counted:
            self._counted[span] = self.workdays.between(after, through)
        return self._counted[span]

    def before(self, working_days: int) -> datetime:
        """The end of the last day since which `working_days` working days have come, this one included."""
        day = self.day
        while self.since(day) < working_days:
            day -= timedelta(days=1)
        return end_of_day(day)
