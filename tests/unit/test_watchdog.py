"""The watchdog tells what did not happen, from our own tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from duban.core.delivery import DeliveryState
from duban.core.papers import PaperKind, PaperState
from duban.core.weeks import ZONE, Weeks
from duban.core.workdays import HolidayCalendar
from duban.pipeline.watchdog import Watchdog
from fakes.small_plan import SMALL_PLAN

WEEKS = Weeks(HolidayCalendar(()), date(2018, 7, 27), time(17))
CODES = [office.code for office in SMALL_PLAN.offices]
MONDAY = datetime(2018, 8, 6, 10, tzinfo=ZONE)
REPORTED = SimpleNamespace(
    id=1, kind=PaperKind.WEEKLY_REPORT, state=PaperState.SIGNED, as_of=datetime(2018, 8, 3, 17, tzinfo=ZONE)
)


def watchdog(
    listed: dict[str, datetime], papers: Sequence[object] = (REPORTED,), deliveries: Sequence[object] = ()
) -> Watchdog:
    def between(office: str, after: datetime, until: datetime) -> list[datetime]:
        return [at for code, at in listed.items() if code == office and after < at <= until]

    return Watchdog(
        replace(SMALL_PLAN),
        WEEKS,
        SimpleNamespace(listings_between=between),
        SimpleNamespace(papers=lambda: papers),
        SimpleNamespace(all=lambda: deliveries),
    )


def keys(dog: Watchdog, as_of: datetime = MONDAY) -> list[str]:
    return [alert.key.partition(".")[0] for alert in dog.run(as_of)]


JUST_NOW = dict.fromkeys(CODES, MONDAY - timedelta(minutes=30))


def test_when_all_happened_it_is_silent() -> None:
    """Listed half an hour ago, reported, nothing waits."""
    assert keys(watchdog(JUST_NOW)) == []


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (MONDAY, ["watch:collect"]),
        (MONDAY.replace(hour=8), []),
        (MONDAY.replace(hour=20), []),
        (MONDAY + timedelta(days=5), []),
    ],
)
def test_two_hours_without_a_listing_on_a_working_day(as_of: datetime, told: list[str]) -> None:
    """Not before nine, not in the evening, not on Saturday."""
    later = SimpleNamespace(kind=PaperKind.WEEKLY_REPORT, state=PaperState.SIGNED, as_of=REPORTED.as_of, id=2)
    week_on = SimpleNamespace(
        kind=PaperKind.WEEKLY_REPORT, state=PaperState.SIGNED, as_of=REPORTED.as_of + timedelta(days=7), id=3
    )
    assert keys(watchdog({}, [later, week_on]), as_of) == told


def test_one_office_that_was_not_listed_is_named() -> None:
    """Its folder is unreachable; the others came."""
    [alert] = watchdog({code: at for code, at in JUST_NOW.items() if code != CODES[0]}).run(MONDAY)

    assert SMALL_PLAN.offices[0].name in alert.subject


@pytest.mark.parametrize(("minutes", "told"), [(59, []), (60, ["watch:report"])])
def test_a_week_without_its_report_an_hour_after_the_cutoff(minutes: int, told: list[str]) -> None:
    """The week before has its own."""
    cutoff = REPORTED.as_of + timedelta(days=7)
    as_of = cutoff + timedelta(minutes=minutes)

    assert keys(watchdog(dict.fromkeys(CODES, as_of)), as_of) == told


@pytest.mark.parametrize(
    ("state", "days", "told"),
    [
        (PaperState.DRAFTED, 3, []),
        (PaperState.DRAFTED, 4, ["watch:waiting"]),
        (PaperState.REVIEWED, 4, ["watch:waiting"]),
        (PaperState.SIGNED, 9, []),
    ],
)
def test_a_draft_that_waits_two_working_days(state: PaperState, days: int, told: list[str]) -> None:
    """From Friday to Monday is one; from Thursday to Monday two."""
    draft = SimpleNamespace(id=9, kind=PaperKind.URGE, state=state, as_of=MONDAY - timedelta(days=days))

    assert keys(watchdog(JUST_NOW, [REPORTED, draft])) == told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (DeliveryState.SENT, []),
        (DeliveryState.PENDING, []),
        (DeliveryState.UNCERTAIN, ["watch:deliveries"]),
        (DeliveryState.BOUNCED, ["watch:deliveries"]),
        (DeliveryState.HELD, ["watch:deliveries"]),
    ],
)
def test_a_delivery_that_waits_for_a_person(state: DeliveryState, told: list[str]) -> None:
    """Nothing sends it but a decision."""
    assert keys(watchdog(JUST_NOW, deliveries=[SimpleNamespace(id=4, state=state)])) == told
