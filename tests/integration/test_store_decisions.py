"""The bureau's decisions on single compounds: as-of like everything else, never changed, only replaced."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from duban.adapters.store import PostgresDecisions
from duban.core.amendments import Amendment, Change
from duban.core.waivers import Waiver
from fakes.judged import at

WAIVER = Waiver("B02", "MH-001", date(2018, 9, 30), "连片平房，户数属实", "王主任", at("08-01 09:00"))
ADDED = Amendment("MH", "MH-031", Change.ADD, "新建成交付", "王主任", at("08-01 09:00"))


@pytest.fixture
def decisions(engine: Engine, plan: str) -> PostgresDecisions:
    return PostgresDecisions(engine, plan)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [("08-01 08:59", False), ("08-01 09:00", True), ("09-30 23:59", True), ("10-01 00:00", False)],
)
def test_a_waiver_holds_from_the_decision_through_its_last_day(
    decisions: PostgresDecisions, moment: str, holds: bool
) -> None:
    """Days are those of Asia/Shanghai."""
    decisions.waive(WAIVER)

    assert list(decisions.waivers(at(moment))) == ([WAIVER] if holds else [])


def test_a_later_decision_replaces_the_earlier_one_on_the_same_matter(decisions: PostgresDecisions) -> None:
    """Also one that ends it; what was known before stays known as of then."""
    ended = replace(WAIVER, until=date(2018, 8, 9), reason="已核实并改正", decided_at=at("08-10 09:00"))
    other = replace(WAIVER, compound="MH-002")
    for waiver in (WAIVER, other, ended):
        decisions.waive(waiver)

    assert decisions.waivers(at("08-10 08:59")) == [WAIVER, other]
    assert decisions.waivers(at("08-10 09:00")) == [other]


def test_a_decision_is_recorded_once(decisions: PostgresDecisions) -> None:
    """A command that is run again after a fault changes nothing."""
    for _ in range(2):
        decisions.waive(WAIVER)
        decisions.amend(ADDED)

    assert decisions.waivers(at("08-02 09:00")) == [WAIVER]
    assert decisions.amendments(at("08-02 09:00")) == [ADDED]


def test_amendments_are_known_from_their_decision_on_in_order(decisions: PostgresDecisions) -> None:
    """Oldest first, so that the last word on a compound comes last."""
    removed = replace(ADDED, change=Change.REMOVE, reason="并入 MH-030", decided_at=at("08-05 09:00"))
    decisions.amend(removed)
    decisions.amend(ADDED)

    assert decisions.amendments(at("08-04 09:00")) == [ADDED]
    assert decisions.amendments(at("08-05 09:00")) == [ADDED, removed]


@pytest.mark.parametrize(
    "statement",
    [
        "update duban.waiver set reason = 'x'",
        "delete from duban.waiver",
        "update duban.amendment set reason = 'x'",
        "delete from duban.amendment",
    ],
)
def test_no_decision_is_changed_or_taken_away(decisions: PostgresDecisions, engine: Engine, statement: str) -> None:
    """The database itself refuses."""
    decisions.waive(WAIVER)
    decisions.amend(ADDED)
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="is append-only"):
        connection.execute(text(statement))
