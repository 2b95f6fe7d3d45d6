"""When each DAG runs: the instants of a day, as its calendar was known on that day (domain.md §3).

Without Airflow, so that the timetables and the replay of past days share one statement.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from duban.core.periods import opens_month, opens_quarter
from duban.core.weeks import ZONE, Weeks
from duban.core.workdays import DAY

COLLECT = "collect_returns"
WATCH = "watch_deadlines"
REPORT = "weekly_report"
BLANKS = "hand_out_blanks"
MONTH = "monthly_circular"
YEAR_END = "year_end"
DELIVER = "deliver_papers"
TEND = "tend"
SIGN_AND_ISSUE = "sign_and_issue"
RUN_OF_PAPER = "paper-"
"""Begins the id of a run of sign_and_issue; the paper's id follows."""
OPEN_RUNS = "sign_off.open"
"""The task that asks a person about a paper."""
REMIND = "remind"
"""The task that reminds persons of papers."""
TO_PERSONS = (OPEN_RUNS, REMIND)
"""A replay asks and reminds nobody."""

OFFICE_HOURS = (time(7), time(19))
LISTING_INTERVAL = timedelta(minutes=30)
# Decision: nobody is sent a paper at night or on a day off, when nobody is there to receive it.
DELIVERY_INTERVAL = timedelta(minutes=10)
# Decision: a due day ends at 23:59:59, and what came around a deadline is 未判定 without a listing in the two hours
# before it (domain.md §3). So there is one late listing every day, working day or not.
LATE_LISTING = time(23, 30)
MORNING = time(8, 30)
OPENING_OF_MONTH = time(9)
# Before the office hours of those who fill them in.
HANDING_OUT = time(7, 30)
# The first collections of a day are no silence yet.
FIRST_LOOK = time(9)
# After office hours, before the late listing.
NIGHT = time(22)

DayTicks = Callable[[Weeks, date], Sequence[datetime]]


def collecting(weeks: Weeks, day: date) -> Sequence[datetime]:
    """Every half hour of a working day from 7 to 19 h, and 23:30 on every day."""
    return [*_in_office_hours(weeks, day, LISTING_INTERVAL), datetime.combine(day, LATE_LISTING, ZONE)]


def delivering(weeks: Weeks, day: date) -> Sequence[datetime]:
    """Every ten minutes of a working day from 7 to 19 h."""
    return _in_office_hours(weeks, day, DELIVERY_INTERVAL)


def _in_office_hours(weeks: Weeks, day: date, interval: timedelta) -> list[datetime]:
    if not _is_workday(weeks, day):
        return []
    opening, closing = (datetime.combine(day, hour, ZONE) for hour in OFFICE_HOURS)
    return [opening + n * interval for n in range((closing - opening) // interval + 1)]


def mornings(weeks: Weeks, day: date) -> Sequence[datetime]:
    """08:30 of a working day."""
    return [datetime.combine(day, MORNING, ZONE)] if _is_workday(weeks, day) else []


def watches(weeks: Weeks, day: date) -> Sequence[datetime]:
    """08:30 of a working day, and on the day of a cut-off the hour at which those who have not sent are reminded."""
    reminders = []
    if weeks.reminder_time is not None and cutoffs(weeks, day):
        reminders = [datetime.combine(day, weeks.reminder_time, ZONE)]
    return sorted([*mornings(weeks, day), *reminders])


def tending(weeks: Weeks, day: date) -> Sequence[datetime]:
    """Every half hour of a working day from 9 to 19 h, and 22:00 on every day."""
    looks = [tick for tick in _in_office_hours(weeks, day, LISTING_INTERVAL) if tick.time() >= FIRST_LOOK]
    return [*looks, datetime.combine(day, NIGHT, ZONE)]


def is_night(moment: datetime) -> bool:
    """Whether it is the hour of what is done once a night."""
    return moment.astimezone(ZONE).time() >= NIGHT


def openings(weeks: Weeks, day: date) -> Sequence[datetime]:
    """07:30 of the first working day of each reporting week."""
    week = weeks.covering(day, known_on=day)
    if week is None or weeks.first_workday(week, known_on=day) != day:
        return []
    return [datetime.combine(day, HANDING_OUT, ZONE)]


def months(weeks: Weeks, day: date) -> Sequence[datetime]:
    """09:00 of the first working day of a month, from the first reporting week on."""
    if weeks.covering(day, known_on=day) is None or not opens_month(day, weeks.calendar.known_on(day)):
        return []
    return [datetime.combine(day, OPENING_OF_MONTH, ZONE)]


def quarters(weeks: Weeks, day: date) -> Sequence[datetime]:
    """09:00 of a quarter's first working day; and the first cut-off in it, by which what was due by then is judged."""
    opening = [tick for tick in months(weeks, day) if opens_quarter(day)]
    week = weeks.covering(day, known_on=day)
    if week is None or week.cutoff.date() != day:
        return opening
    before = weeks.covering(week.first_day - DAY, known_on=day)
    first = before is not None and _quarter(before.cutoff.date()) != _quarter(day)
    return [*opening, week.cutoff] if first else opening


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def cutoffs(weeks: Weeks, day: date) -> Sequence[datetime]:
    """The cut-off of the reporting week, when it falls on this day."""
    week = weeks.covering(day, known_on=day)
    return [week.cutoff] if week and week.cutoff.date() == day else []


def _is_workday(weeks: Weeks, day: date) -> bool:
    return weeks.calendar.known_on(day).is_workday(day)


# In this order at equal instants: what a blank, a morning or a report states has been collected before, and what
# signed itself is sent.
SCHEDULES: dict[str, DayTicks] = {
    COLLECT: collecting,
    BLANKS: openings,
    WATCH: watches,
    MONTH: months,
    REPORT: cutoffs,
    YEAR_END: quarters,
    DELIVER: delivering,
    TEND: tending,
}
# A replay tends nothing: the data team is not told today of what did not happen in a past that is being replayed.
REPLAYED = tuple(dag_id for dag_id in SCHEDULES if dag_id != TEND)


def next_tick(ticks: DayTicks, weeks: Weeks, after: datetime) -> datetime:
    """The first tick later than `after`; there always is one, plans have no last week."""
    day = after.astimezone(ZONE).date()
    while True:
        for tick in ticks(weeks, day):
            if tick > after:
                return tick
        day += DAY


def last_tick(ticks: DayTicks, weeks: Weeks, by: datetime) -> datetime | None:
    """The last tick up to and including `by`; None when it lies more than a month back."""
    today = by.astimezone(ZONE).date()
    for days in range(31):
        for tick in reversed(ticks(weeks, today - timedelta(days=days))):
            if tick <= by:
                return tick
    return None


def ticks_between(weeks: Weeks, start: datetime, until: datetime) -> Iterator[tuple[datetime, str]]:
    """Every tick that is replayed, from `start` to `until`, both included, in the order in which they run."""
    day, last = start.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    while day <= last:
        of_day = [(tick, dag_id) for dag_id in REPLAYED for tick in SCHEDULES[dag_id](weeks, day)]
        yield from (pair for pair in sorted(of_day, key=lambda pair: pair[0]) if start <= pair[0] <= until)
        day += DAY
