"""A reason once given stands until the value changes (returns.md, "Findings")."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from duban.core.checked import CheckedRow, Status
from duban.core.gate.reasons import StandingReason
from duban.pipeline.check import CheckResult, Settled
from fakes.made_returns import CHECKER, OFFICE, RECEIVED, WEEK, book, codes, known, told

CROWDED = {"households": 9000}
UNSUITED = {"committee_stage": "暂不具备条件"}
WHY = "连片平房，户数属实"


def check(*reasons: StandingReason, last: Mapping[str, Any] | None = None, **tables: Any) -> CheckResult:
    """The verdict on a workbook of an office that gave these reasons before."""

    def given(office: str, week: str) -> list[StandingReason]:
        assert (office, week) == (OFFICE, WEEK)
        return list(reasons)

    settled = Settled(reasons=given)
    return CHECKER.check(
        book(**tables), folder=OFFICE, received_at=RECEIVED, last=lambda *_: last or {}, settled=settled
    )


def given_for(row: Mapping[str, Any], table: str, code: str) -> StandingReason:
    """The reason that was given for a row when the same finding was made of it."""
    result = check(**{table: [row]})
    [finding] = [one for one in told(result) if one.code == code]
    [checked] = [one for one in result.checked.rows if one.table == table]
    return StandingReason(code, finding.compound, WHY, finding.found, table, checked.values)


def rows_of(result: CheckResult, table: str) -> list[CheckedRow]:
    return [row for row in result.checked.rows if row.table == table]


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [("work", CROWDED, "B02"), ("work", {"buildings": 301, "households": 900}, "B05"), ("project", UNSUITED, "B06")],
)
def test_last_weeks_reason_answers_the_same_value_this_week(table: str, row: Mapping[str, Any], code: str) -> None:
    """Nothing stands in 说明原因, and yet the row is accepted and shown with the reason."""
    result = check(given_for(row, table, code), **{table: [row]})

    assert result.checked.status is Status.ACCEPTED
    assert [(finding.code, finding.reason) for finding in told(result)] == [(code, WHY)]


def test_a_reason_ends_when_the_value_changes() -> None:
    """Still far too many households, but not those that were explained."""
    result = check(given_for(CROWDED, "work", "B02"), work=[{"households": 9100}])

    assert [(finding.code, finding.reason) for finding in told(result)] == [("B02", None)]
    assert result.checked.status is Status.PARTIAL


def test_a_reason_ends_when_any_value_of_its_rule_changes() -> None:
    """B02 is about buildings and households alike."""
    result = check(given_for(CROWDED, "work", "B02"), work=[{**CROWDED, "buildings": 11}])

    assert [finding.reason for finding in told(result)] == [None]


@pytest.mark.parametrize("other", [{"remark": "补充说明"}, {"name": "紫荆花苑"}, {"households": "9000户"}])
def test_a_reason_stands_whatever_else_of_the_row_changes(other: Mapping[str, Any]) -> None:
    """The value is what it means and not how it is written."""
    result = check(given_for(CROWDED, "work", "B02"), work=[{**CROWDED, **other}])

    assert [(finding.code, finding.reason) for finding in told(result)] == [("B02", WHY)]


@pytest.mark.parametrize("changes", [{"code": "B05"}, {"compound": "EA-002"}, {"compound": None}, {"table": "project"}])
def test_a_reason_is_for_its_rule_compound_and_table(changes: Mapping[str, Any]) -> None:
    """No other reason saves the row."""
    result = check(replace(given_for(CROWDED, "work", "B02"), **changes), work=[CROWDED])

    assert [finding.reason for finding in told(result)] == [None]


def test_a_new_reason_comes_before_the_standing_one() -> None:
    """It is the answer to this week's question."""
    said = {"code": "B02", "compound_id": "EA-001", "reason": "本周重新核实属实"}
    result = check(given_for(CROWDED, "work", "B02"), work=[CROWDED], reasons=[said])

    assert [finding.reason for finding in told(result)] == ["本周重新核实属实"]


def test_what_cannot_be_read_is_compared_as_it_stands() -> None:
    """Two unreadable cells are not the same value because neither has one."""
    reason = given_for({"built_year": "五十年代"}, "work", "C11")

    same, other = (check(reason, work=[{"built_year": said}]) for said in ("五十年代", "六十年代"))
    assert [finding.reason for finding in told(same)] == [WHY]
    assert [finding.reason for finding in told(other)] == [None]


def test_a_reason_about_the_whole_return_stands_while_the_same_is_found() -> None:
    """C03: the same compound is missing again; another one needs its own reason."""
    last = {key: known(key) for key in ("EA-001", "EA-002", "EA-003")}
    reason = StandingReason("C03", "EA-002", WHY, "EA-002 紫荆小区")

    assert [(f.compound, f.reason) for f in told(check(reason, last=last)) if f.code == "C03"] == [
        ("EA-002", WHY),
        ("EA-003", None),
    ]


def test_a_standing_reason_never_makes_a_finding() -> None:
    """Nor a hint: the office did not write it into this workbook."""
    result = check(given_for(CROWDED, "work", "B02"))

    assert codes(result, "ABCD") == []
