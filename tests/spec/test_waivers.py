"""The bureau lifts a rule for one compound until a date (issue 3, item 8; domain.md §5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from duban.core.checked import Status
from duban.core.findings import FindingClass
from duban.core.messages import message
from duban.core.waivers import COMMITTEE, Waiver, in_force, lifted, unsuited, waivable
from duban.pipeline.check import CheckResult, Settled
from fakes.judged import at
from fakes.made_returns import ACCEPTED, CHECKER, OFFICE, RECEIVED, book, codes, known, told

UNTIL = date(2018, 12, 31)
UNFINISHED = {**ACCEPTED, "aim_03": "进行中"}


def waiver(rule: str, compound: str = "EA-001") -> Waiver:
    return Waiver(rule, compound, UNTIL, "现场核实属实", "王主任", at("09-01 09:00"))


def check(*waivers: Waiver, last: Mapping[str, Any] | None = None, **tables: Any) -> CheckResult:
    """The verdict on a workbook received while these waivers are in force."""
    return CHECKER.check(
        book(**tables),
        folder=OFFICE,
        received_at=RECEIVED,
        last=lambda *_: last or {},
        settled=Settled(waivers=waivers),
    )


@pytest.mark.parametrize(
    ("code", "table", "row"),
    [
        ("R04", "work", {"buildings": 2100, "households": 9000}),
        ("R09", "project", UNFINISHED),
        ("R10", "project", {"committee_stage": "已备案"}),
        ("R11", "project", {"scheme": "两委已议定"}),
        ("B02", "work", {"households": 9000}),
        ("B06", "project", {"committee_stage": "暂不具备条件"}),
        ("C10", "work", {"extent": None}),
    ],
)
def test_a_waived_rule_leaves_a_hint_and_the_row_counts(code: str, table: str, row: Mapping[str, Any]) -> None:
    """Without the waiver it is found; with it the row is accepted, and the clerk reads until when and why."""
    assert code in codes(check(**{table: [row]}))
    result = check(waiver(code), **{table: [row]})

    assert code not in codes(result)
    assert result.checked.status is Status.ACCEPTED or code == "R04"  # so many buildings are also B05
    [hint] = [finding for finding in told(result, "D") if finding.code == "D07"]
    assert (hint.cls, hint.compound) == (FindingClass.D, "EA-001")
    for said in (code, "2018-12-31", "现场核实属实"):
        assert said in message(hint)


def test_a_waived_rule_hides_no_other_fault_of_its_cell() -> None:
    """R04 waived for the buildings: that there are more than 300 is asked all the same."""
    row = {"buildings": 2100, "households": 9000}

    assert codes(check(work=[row])) == ["R04"]
    assert codes(check(waiver("R04"), work=[row])) == ["B05"]


def test_a_waiver_is_for_one_compound() -> None:
    """Its neighbour is judged as ever."""
    rows = [{"compound_id": f"EA-00{n}", "name": f"小区{n}", "households": 9000} for n in (1, 2)]
    found = told(check(waiver("B02"), work=rows, project=[]))

    assert [(finding.code, finding.compound) for finding in found] == [("B02", "EA-002")]


def test_a_missing_compound_may_be_waived() -> None:
    """C03 is no row of the table, and yet speaks of a compound."""
    result = check(waiver("C03", "EA-002"), last={key: known(key) for key in ("EA-001", "EA-002")})

    assert "C03" not in codes(result)
    assert "D07" in codes(result, "D")


def test_a_compound_without_the_conditions_for_a_committee_needs_no_reason_for_it() -> None:
    """The bureau has recorded 暂不具备成立条件: B06 asks for nothing more."""
    result = check(waiver(COMMITTEE), project=[{"committee_stage": "暂不具备条件"}])

    assert (codes(result), result.checked.status) == ([], Status.ACCEPTED)


def test_only_that_decision_takes_a_compound_out_of_the_committees() -> None:
    """A waived B06 is a waived question and no such record."""
    waivers = [waiver(COMMITTEE, "EA-001"), waiver("B06", "EA-002")]

    assert unsuited(waivers, date(2018, 8, 31)) == {"EA-001"}
    assert lifted(waivers).keys() == {(COMMITTEE, "EA-001"), ("B06", "EA-001"), ("B06", "EA-002")}


@pytest.mark.parametrize(
    "code", ["F02", "F10", "R01", "R02", "R03", "R05", "R06", "R07", "R08", "R12", "C05", "C11", "D01"]
)
def test_what_cannot_be_used_cannot_be_waived(code: str) -> None:
    """What is unreadable, whose it is not known, what has not happened, and what names no compound."""
    assert code not in waivable()


def test_what_may_be_waived() -> None:
    """The committee, and what can be read and may yet be true of a compound."""
    assert waivable()[0] == COMMITTEE
    assert {"R04", "R09", "R10", "R11", "B01", "B02", "B03", "B05", "B06", "C01", "C03", "C10"} <= set(waivable())


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("08-31 23:59", None),  # not decided yet
        ("09-01 09:00", date(2018, 9, 30)),
        ("09-09 17:00", date(2018, 9, 30)),
        ("09-10 09:00", date(2018, 9, 9)),  # the later decision ends it
    ],
)
def test_the_latest_decision_on_a_rule_and_a_compound_holds(asked: str, until: date | None) -> None:
    """Whatever is decided later is unseen before; a date that has passed ends a waiver."""
    first = Waiver("B02", "EA-001", date(2018, 9, 30), "现场核实属实", "王主任", at("09-01 09:00"))
    ended = Waiver("B02", "EA-001", date(2018, 9, 9), "已拆分", "王主任", at("09-10 09:00"))

    found = in_force([first, ended], at(asked))

    holding = until is not None and until >= at(asked).date()
    assert found == ([first] if holding else [])
