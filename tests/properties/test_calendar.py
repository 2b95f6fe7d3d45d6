"""Working days and reporting weeks hold their laws under every calendar, however strange its notices."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from duban.core.weeks import ZONE, Weeks, monday_of
from duban.core.workdays import HolidayCalendar, HolidayNotice, Workdays

FIRST, LAST = date(2018, 1, 1), date(2020, 12, 31)
ONE = timedelta(days=1)
DAYS = st.dates(FIRST, LAST)


def span(first: date, length: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(length)]


@st.composite
def notices(draw: st.DrawFn) -> HolidayNotice:
    """A notice of one year: up to four holidays of up to 24 days, and some weekend days worked."""
    year = draw(st.integers(FIRST.year, LAST.year + 1))
    of_year = st.dates(date(year, 1, 1) - timedelta(days=5), date(year, 12, 1))
    holidays = draw(st.lists(st.builds(span, of_year, st.integers(1, 24)), max_size=4))
    off = {day for holiday in holidays for day in holiday if day.isoweekday() <= 5}
    work = {day for day in draw(st.lists(of_year, max_size=6)) if day.isoweekday() > 5}
    return HolidayNotice(year, draw(st.dates(date(2017, 10, 1), LAST)), frozenset(off), frozenset(work))


CALENDARS = st.builds(lambda found: HolidayCalendar(tuple(found)), st.lists(notices(), max_size=5))
KNOWN = st.builds(HolidayCalendar.known_on, CALENDARS, DAYS)
WEEKS = st.builds(Weeks, CALENDARS, DAYS, st.sampled_from([time(12), time(17), time(23, 59)]))


@given(workdays=KNOWN, day=DAYS, count=st.integers(1, 40))
def test_counting_undoes_adding(workdays: Workdays, day: date, count: int) -> None:
    """N working days after a day, counted from that day, are N; the last of them is a working day."""
    due = workdays.add(day, count)
    assert workdays.is_workday(due)
    assert workdays.between(day, due) == count


@given(workdays=KNOWN, day=DAYS, later=st.integers(0, 60), count=st.integers(1, 20))
def test_a_later_start_or_a_longer_term_never_ends_earlier(
    workdays: Workdays, day: date, later: int, count: int
) -> None:
    """Adding is monotone in the day and strictly so in the term."""
    assert workdays.add(day, count) <= workdays.add(day + timedelta(days=later), count)
    assert workdays.add(day, count) < workdays.add(day, count + 1)


@given(workdays=KNOWN, day=DAYS, first=st.integers(0, 90), second=st.integers(0, 90))
def test_counts_of_adjoining_spans_add_up(workdays: Workdays, day: date, first: int, second: int) -> None:
    """Nothing is counted twice or lost where two spans meet."""
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    assert workdays.between(day, end) == workdays.between(day, middle) + workdays.between(middle, end)


@given(workdays=KNOWN, day=DAYS, length=st.integers(-3, 800))
def test_a_span_has_as_many_working_days_as_its_days_say(workdays: Workdays, day: date, length: int) -> None:
    """Counted in whole weeks or day by day, it is the same."""
    days = span(day + ONE, length)
    assert workdays.between(day, day + timedelta(days=length)) == sum(map(workdays.is_workday, days))


@given(workdays=KNOWN, day=DAYS)
def test_the_last_working_day_has_none_after_it(workdays: Workdays, day: date) -> None:
    """Beside a due date stands the nearest working day up to it."""
    last = workdays.last_on_or_before(day)
    assert workdays.is_workday(last)
    assert workdays.between(last, day) == 0


@given(calendar=CALENDARS, notice=notices(), asked_on=DAYS, day=DAYS)
def test_what_is_published_later_changes_nothing_now(
    calendar: HolidayCalendar, notice: HolidayNotice, asked_on: date, day: date
) -> None:
    """Known time: a notice is unseen before its publication."""
    assume(notice.published > asked_on)
    with_it = HolidayCalendar((*calendar.notices, notice))
    assert with_it.known_on(asked_on).is_workday(day) == calendar.known_on(asked_on).is_workday(day)


@given(calendar=CALENDARS, asked_on=DAYS, day=DAYS)
def test_the_order_of_the_notices_does_not_matter(calendar: HolidayCalendar, asked_on: date, day: date) -> None:
    """Publication decides, not the place in the file."""
    assume(len({(notice.year, notice.published) for notice in calendar.notices}) == len(calendar.notices))
    turned = HolidayCalendar(calendar.notices[::-1])
    assert turned.known_on(asked_on).is_workday(day) == calendar.known_on(asked_on).is_workday(day)


@given(weeks=WEEKS, day=DAYS, asked_on=DAYS)
def test_the_cutoff_is_the_last_working_day_of_the_week_that_gives_the_key(
    weeks: Weeks, day: date, asked_on: date
) -> None:
    """And every earlier ISO week that the reporting week covers has no working day."""
    week = weeks.covering(day, asked_on)
    assume(week is not None)
    assert week is not None
    workdays, cutoff = weeks.calendar.known_on(asked_on), week.cutoff.date()
    assert week.covers(day)
    assert workdays.is_workday(cutoff)
    assert workdays.between(cutoff, week.last_day) == 0
    assert monday_of(cutoff) == week.last_day - timedelta(days=6)
    assert workdays.between(week.first_day - ONE, monday_of(cutoff) - ONE) == 0
    assert week.key == f"{cutoff.isocalendar().year}-W{cutoff.isocalendar().week:02d}"
    assert weeks.of_key(week.key, asked_on) == week


@given(weeks=WEEKS, today=DAYS)
def test_reporting_weeks_partition_the_days(weeks: Weeks, today: date) -> None:
    """From the Monday of the first on, every day lies in exactly one, and none lies before."""
    begun = list(weeks.begun_by(datetime.combine(today, time(8), ZONE)))
    assert bool(begun) is (today >= monday_of(weeks.first_day))
    if begun:
        assert begun[0].first_day == monday_of(weeks.first_day)
        assert begun[-1].first_day <= today <= begun[-1].last_day
    assert all(later.first_day == earlier.last_day + ONE for earlier, later in pairwise(begun))
    assert all(weeks.covering(week.first_day, today) == week for week in begun)


@given(weeks=WEEKS, now=st.datetimes(datetime(2018, 1, 1), datetime(2020, 12, 31), timezones=st.just(ZONE)))  # noqa: DTZ001 - the strategy adds the zone
def test_closed_weeks_are_the_first_of_those_begun(weeks: Weeks, now: datetime) -> None:
    """Cut-offs ascend, so what is closed is closed in order."""
    begun, closed = tuple(weeks.begun_by(now)), weeks.closed_by(now)
    assert closed == begun[: len(closed)]
    assert all(earlier.cutoff < later.cutoff for earlier, later in pairwise(begun))
