"""Counting working days from a moment (domain.md §3, §4)."""

from datetime import UTC, date, datetime

from duban.core.moment import Moment
from fakes.facts import at
from fakes.plans import CALENDAR


def moment(text: str) -> Moment:
    return Moment.at(at(text), CALENDAR)


def test_days_left_are_those_after_today_up_to_the_due_day() -> None:
    """0 on the due day and after it; 1–5 October are holidays, 29 and 30 September are worked."""
    friday = moment("2018-09-28 23:30")

    assert [friday.left(date(2018, 9, d)) for d in (27, 28, 29, 30)] == [0, 0, 1, 2]
    assert friday.left(date(2018, 10, 8)) == 3


def test_days_since_are_those_after_the_day_up_to_today() -> None:
    """The mirror image: 0 on the day itself and before it."""
    monday = moment("2018-10-08 08:30")

    assert [monday.since(day) for day in (date(2018, 9, 30), date(2018, 10, 5), date(2018, 10, 8))] == [1, 1, 0]
    assert monday.since(date(2018, 10, 9)) == 0


def test_some_working_days_ago_is_the_end_of_the_day_since_which_they_have_come() -> None:
    """Three working days up to and including Thursday 18 October: Tue, Wed, Thu, so since the end of Monday."""
    assert moment("2018-10-18 08:30").before(3) == at("2018-10-15 23:59:59")
    assert moment("2018-10-09 08:30").before(3) == at("2018-09-29 23:59:59")


def test_the_day_is_that_of_shanghai() -> None:
    """16:30 UTC on 30 July is 00:30 on 31 July in Zhengzhou."""
    utc = datetime(2018, 7, 30, 16, 30, tzinfo=UTC)

    assert Moment.at(utc, CALENDAR).day == date(2018, 7, 31)
