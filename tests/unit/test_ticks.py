"""When the DAGs run, over the autumn of 2018 with its holidays and moved working days."""

from datetime import date, datetime, time, timedelta

import pytest

from duban.core.weeks import ZONE, Weeks
from duban.core.workdays import HolidayCalendar, HolidayNotice
from duban.orchestration.ticks import (
    BLANKS,
    COLLECT,
    DELIVER,
    MONTH,
    REPORT,
    TEND,
    WATCH,
    YEAR_END,
    collecting,
    cutoffs,
    is_night,
    last_tick,
    mornings,
    next_tick,
    openings,
    tending,
    ticks_between,
    watches,
)

NOTICE_2018 = HolidayNotice(
    2018,
    date(2017, 11, 30),
    off=frozenset({date(2018, 9, 24), *(date(2018, 10, n) for n in range(1, 6))}),
    work=frozenset({date(2018, 9, 29), date(2018, 9, 30)}),
)
# The notice for 2019 moved the last weekend of 2018, and was published on 6 December 2018.
AMENDED = HolidayNotice(
    2018, date(2018, 12, 6), off=NOTICE_2018.off | {date(2018, 12, 31)}, work=NOTICE_2018.work | {date(2018, 12, 29)}
)
WEEKS = Weeks(HolidayCalendar((NOTICE_2018, AMENDED)), date(2018, 7, 27), time(17))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_working_day_is_listed_every_half_hour_from_7_to_19_and_once_late() -> None:
    """25 half-hours, both ends included, and 23:30."""
    listings = collecting(WEEKS, date(2018, 8, 1))

    assert len(listings) == (19 - 7) * 2 + 1 + 1
    assert [f"{tick:%H:%M}" for tick in listings[:3]] == ["07:00", "07:30", "08:00"]
    assert [f"{tick:%H:%M}" for tick in listings[-2:]] == ["19:00", "23:30"]


@pytest.mark.parametrize("day", [date(2018, 8, 4), date(2018, 10, 1), date(2018, 12, 30)])
def test_a_day_off_is_listed_once_late_so_that_its_deadlines_can_be_judged(day: date) -> None:
    """A weekend, a holiday, and the Sunday on which a phase ends."""
    assert collecting(WEEKS, day) == [datetime.combine(day, time(23, 30), ZONE)]
    assert list(mornings(WEEKS, day)) == []


@pytest.mark.parametrize("day", [date(2018, 9, 29), date(2018, 9, 30)])
def test_a_moved_working_day_at_a_weekend_is_a_working_day(day: date) -> None:
    """调休 before National Day."""
    assert len(collecting(WEEKS, day)) > 1
    assert [tick.time() for tick in mornings(WEEKS, day)] == [time(8, 30)]


def test_the_watch_looks_every_half_hour_of_a_working_day_and_once_a_night() -> None:
    """From 9, when two hours of collecting lie behind, to 19; at 22:00 on days off as well."""
    looks = tending(WEEKS, date(2018, 8, 1))

    assert [f"{tick:%H:%M}" for tick in (looks[0], looks[1], looks[-2], looks[-1])] == [
        "09:00",
        "09:30",
        "19:00",
        "22:00",
    ]
    assert [is_night(tick) for tick in looks].count(True) == 1
    assert [f"{tick:%H:%M}" for tick in tending(WEEKS, date(2018, 10, 1))] == ["22:00"]


def test_a_replay_does_not_tend() -> None:
    """Nobody is told today of what did not happen in a past that is being replayed."""
    assert TEND not in {dag_id for _, dag_id in ticks_between(WEEKS, at("2018-08-01"), at("2018-08-04"))}


def test_on_the_day_of_a_cut_off_those_who_have_not_sent_are_reminded_at_two() -> None:
    """The morning as ever, and 14:00 on the Sunday that ends ISO week 39; a plan without that hour has none."""
    reminding = Weeks(WEEKS.calendar, WEEKS.first_day, WEEKS.cutoff_time, time(14))

    assert [f"{tick:%H:%M}" for tick in watches(reminding, date(2018, 9, 30))] == ["08:30", "14:00"]
    assert [f"{tick:%H:%M}" for tick in watches(reminding, date(2018, 9, 28))] == ["08:30"]
    assert [f"{tick:%H:%M}" for tick in watches(WEEKS, date(2018, 9, 30))] == ["08:30"]


def test_the_calendar_is_the_one_known_on_the_day_of_the_tick() -> None:
    """Sat 2018-12-29 became a working day by a notice of 12-06; published after it, it would have been too late."""
    unpublished = Weeks(HolidayCalendar((NOTICE_2018,)), WEEKS.first_day, WEEKS.cutoff_time)

    assert [tick.date() for tick in mornings(WEEKS, date(2018, 12, 29))] == [date(2018, 12, 29)]
    assert list(mornings(unpublished, date(2018, 12, 29))) == []


def test_cutoffs_fall_on_the_last_working_day_and_skip_the_week_without_one() -> None:
    """ISO week 39 ends on Sunday 2018-09-30, week 40 has no report; nothing before the first reporting week."""
    found = [tick for tick, dag_id in ticks_between(WEEKS, at("2018-07-01"), at("2018-10-27")) if dag_id == REPORT]

    fridays = [date(2018, 7, 27) + timedelta(weeks=n) for n in range(14)]
    expected = [date(2018, 9, 30) if day == date(2018, 9, 28) else day for day in fridays if day != date(2018, 10, 5)]
    assert found == [datetime.combine(day, time(17), ZONE) for day in expected]


def test_blanks_are_handed_out_on_the_first_working_day_of_each_reporting_week() -> None:
    """Mondays but for Mid-Autumn Festival (Tue 09-25); the week of National Day is reported with the week after it."""
    found = [tick for tick, dag_id in ticks_between(WEEKS, at("2018-07-01"), at("2018-10-27")) if dag_id == BLANKS]

    mondays = [date(2018, 7, 23) + timedelta(weeks=n) for n in range(14)]
    expected = [date(2018, 9, 25) if day == date(2018, 9, 24) else day for day in mondays if day != date(2018, 10, 1)]
    assert found == [datetime.combine(day, time(7, 30), ZONE) for day in expected]


def test_blanks_are_handed_out_after_the_listing_of_their_instant() -> None:
    """What was received overnight is in them."""
    morning = ticks_between(WEEKS, at("2018-08-06 07:30"), at("2018-08-06 07:30"))

    assert [dag_id for _, dag_id in morning] == [COLLECT, BLANKS, DELIVER]
    assert list(openings(WEEKS, date(2018, 8, 7))) == []


def test_a_month_opens_on_its_first_working_day_from_the_first_reporting_week_on() -> None:
    """1 August; 3 September after a weekend; 8 October after National Day."""
    found = [tick for tick, dag_id in ticks_between(WEEKS, at("2018-07-01"), at("2018-10-31")) if dag_id == MONTH]

    assert found == [at(f"2018-{day} 09:00") for day in ("08-01", "09-03", "10-08")]


def test_a_quarter_opens_on_its_first_working_day_and_is_judged_at_its_first_cutoff() -> None:
    """Q3 of 2018 opened before the first reporting week; 8 October opens Q4, Friday the 12th is its first cut-off."""
    found = [tick for tick, dag_id in ticks_between(WEEKS, at("2018-07-01"), at("2018-12-31")) if dag_id == YEAR_END]

    assert found == [at("2018-10-08 09:00"), at("2018-10-12 17:00")]


def test_the_year_is_judged_at_the_first_cutoff_after_its_end() -> None:
    """Friday 2019-01-04."""
    found = [tick for tick, dag_id in ticks_between(WEEKS, at("2019-01-01"), at("2019-01-31")) if dag_id == YEAR_END]

    assert found[1:] == [at("2019-01-04 17:00")]


def test_at_one_instant_collecting_comes_first_then_watching_then_the_report() -> None:
    """What computes sees what was collected at the same instant."""
    morning = ticks_between(WEEKS, at("2018-08-03 08:30"), at("2018-08-03 08:30"))
    evening = ticks_between(WEEKS, at("2018-08-03 17:00"), at("2018-08-03 17:00"))

    assert [dag_id for _, dag_id in morning] == [COLLECT, WATCH, DELIVER]
    assert [dag_id for _, dag_id in evening] == [COLLECT, REPORT, DELIVER]


def test_the_ticks_of_a_range_come_in_order_with_both_ends() -> None:
    """Sorted by instant; the last late listing of the range is in it."""
    found = [tick for tick, _ in ticks_between(WEEKS, at("2018-08-01 07:00"), at("2018-08-03 23:30"))]

    assert found == sorted(found)
    assert (found[0], found[-1]) == (at("2018-08-01 07:00"), at("2018-08-03 23:30"))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2018-09-30 16:59", "2018-09-30 17:00"),
        ("2018-09-30 17:00", "2018-10-12 17:00"),
        ("2017-01-01 00:00", "2018-07-27 17:00"),
    ],
)
def test_the_next_cutoff_lies_strictly_after(after: str, expected: str) -> None:
    """Over a week without a report, and long before the first."""
    assert next_tick(cutoffs, WEEKS, at(after)) == at(expected)


def test_the_last_tick_may_be_now_and_may_not_exist() -> None:
    """Up to and including an instant; none before the first cut-off."""
    assert last_tick(cutoffs, WEEKS, at("2018-10-11 00:00")) == at("2018-09-30 17:00")
    assert last_tick(mornings, WEEKS, at("2018-10-08 08:30")) == at("2018-10-08 08:30")
    assert last_tick(cutoffs, WEEKS, at("2018-07-27 16:59")) is None
