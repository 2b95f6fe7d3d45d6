"""What stands in the pre-filled blank of an office, from what the ledger knows of it (returns.md)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from duban.core.checked import CheckedRow, Value, Verdict
from duban.core.compound import Compound
from duban.core.gate.executor import Gate
from duban.core.gate.reasons import StandingReason
from duban.core.prefill import Known, Overdue, Place, Prefilled, overdue, prefill
from fakes.made_returns import FORM, SUITES
from fakes.made_returns import known as compound
from fakes.plans import PLAN

GATE = Gate(SUITES)
WHY = "连片平房，户数属实"


def accepted(table: str, key: str, **values: Value) -> tuple[Place, CheckedRow]:
    return (table, key), CheckedRow(table, 3, Verdict.ACCEPTED, key, {"compound_id": key, **values})


def refused(table: str, key: str, **values: Value) -> tuple[Place, CheckedRow]:
    return (table, key), CheckedRow(table, 3, Verdict.REJECTED, key, {"compound_id": key, **values}, "R04")


def filled(*rows: tuple[Place, CheckedRow], **more: Any) -> Prefilled:
    """The blank of an office with these last rows; it knows the compounds of the rows."""
    named = {key: compound(key) for (_, key), _ in rows if key}
    return prefill(FORM, GATE, Known(**{"compounds": named, "rows": dict(rows), "refused": {}, "reasons": (), **more}))


def offered(blank: Prefilled, table: str) -> set[str]:
    return {column.key for column in blank.form.table(table).columns}


def test_every_value_last_accepted_is_in_it() -> None:
    """Also columns that no figure needs; in the order of the 小区编号."""
    blank = filled(
        accepted("work", "EA-002", remark="近地铁"),
        accepted("work", "EA-001", old="是", company="安居物业"),
        accepted("project", "EA-001", problem="缺资金", asked_on=date(2018, 9, 3)),
    )

    assert blank.tables["work"] == [
        {"compound_id": "EA-001", "old": "是", "company": "安居物业"},
        {"compound_id": "EA-002", "remark": "近地铁"},
    ]
    assert blank.tables["project"] == [{"compound_id": "EA-001", "problem": "缺资金", "asked_on": date(2018, 9, 3)}]


def test_the_first_blank_offers_the_whole_form() -> None:
    """Nothing is known yet; every optional column may be used."""
    blank = filled()

    assert blank.form == FORM
    assert {table: list(rows) for table, rows in blank.tables.items()} == {"work": [], "project": [], "reasons": []}


def test_a_row_that_is_no_compound_of_the_state_is_left_out() -> None:
    """A return that was replaced as a whole took its compound with it."""
    blank = filled(accepted("work", "EA-001"), accepted("work", "EA-009"), compounds={"EA-001": compound()})

    assert [row["compound_id"] for row in blank.tables["work"]] == ["EA-001"]


def test_a_refused_row_keeps_what_was_not_refused() -> None:
    """数据待补: the clerk finds the row with the faulty cell empty, instead of not finding it at all."""
    row = refused("work", "EA-001", name="紫荆小区", buildings=3000, households=300)
    blank = filled(row, refused={("work", "EA-001"): {"buildings"}})

    assert blank.tables["work"] == [{"compound_id": "EA-001", "name": "紫荆小区", "buildings": None, "households": 300}]
    assert blank.refused == {("work", "EA-001"): {"buildings"}}


@pytest.mark.parametrize(
    ("table", "key", "value"), [("work", "extent", "东至前程路"), ("project", "accepted_by", "区住建局")]
)
def test_a_column_that_is_asked_about_once_there_is_offered_to_those_who_use_it(
    table: str, key: str, value: str
) -> None:
    """Left blank by everybody it would be a finding on every row (C08, C10)."""
    without, with_it = (filled(accepted(table, "EA-001", **{key: said})) for said in (None, value))

    assert key not in offered(without, table)
    assert key in offered(with_it, table)


def test_other_optional_columns_are_always_offered() -> None:
    """An office may begin to use them; blank they are no finding."""
    blank = filled(accepted("work", "EA-001"), accepted("project", "EA-001"))

    assert {"number", "old", "company", "charter", "planned_year"} <= offered(blank, "work")
    assert {"self_raised", "ask_department", "asked_on"} <= offered(blank, "project")


def reason(code: str, table: str | None = "work", key: str | None = "EA-001") -> StandingReason:
    return StandingReason(code, key, WHY, "", table)


def carried(*reasons: StandingReason, row: tuple[Place, CheckedRow] | None = None) -> list[Mapping[str, Value]]:
    rows = [row or accepted("work", "EA-001", extent="东至前程路"), accepted("project", "EA-001")]
    return list(filled(*rows, reasons=reasons).tables["reasons"])


@pytest.mark.parametrize(("code", "table"), [("B02", "work"), ("B05", "work"), ("B06", "project"), ("C06", "work")])
def test_a_reason_that_stands_is_carried(code: str, table: str) -> None:
    """So that the office sees what it said and need not say it again."""
    assert carried(reason(code, table)) == [{"code": code, "compound_id": "EA-001", "reason": WHY}]


@pytest.mark.parametrize("code", ["C01", "C02", "C07", "C11"])
def test_a_reason_for_a_change_or_for_a_dropped_cell_is_not_carried(code: str) -> None:
    """The change is over, the cell is empty: it would answer nothing, and be told so (D06)."""
    assert carried(reason(code), reason(code, "project")) == []


@pytest.mark.parametrize(
    "unanswered", [reason("C03", None), reason("C09", None, None), reason("B02", "work", "EA-002")]
)
def test_a_reason_about_no_row_of_the_blank_is_not_carried(unanswered: StandingReason) -> None:
    """The compound is there again, the table is there."""
    assert carried(unanswered) == []


def test_a_reason_for_a_row_that_was_refused_is_not_carried() -> None:
    """The cells that it was about may stand empty now."""
    assert carried(reason("B02"), row=refused("work", "EA-001")) == []


def test_a_reason_for_a_column_that_is_not_offered_is_not_carried() -> None:
    """C10 asks about 范围 only where it is there."""
    assert carried(reason("C10"), row=accepted("work", "EA-001")) == []


def test_a_reason_is_carried_once() -> None:
    """A code and a compound name one line of 说明原因, whichever tables it may be about."""
    assert len(carried(reason("B02"), reason("B02"))) == 1


def planned(year: str | None, **changes: Any) -> Compound:
    return replace(compound(), planned_year=year, **changes)


def test_what_is_overdue_follows_from_the_plan() -> None:
    """S3a and S3b, from the day after they were due on; each with the choices that meet it."""
    compounds = {"EA-001": compound()}

    assert overdue(PLAN, compounds, date(2018, 12, 30)) == ()
    assert overdue(PLAN, compounds, date(2018, 12, 31)) == (
        Overdue("project", "scheme", ("已拟定", "两委已议定"), frozenset({"EA-001"})),
        Overdue("project", "scheme", ("两委已议定",), frozenset({"EA-001"})),
    )


def test_only_compounds_in_scope_can_be_overdue() -> None:
    """计划年度 up to the year of the due date, or not filled in yet; a kind that the plan is about."""
    compounds = {
        "EA-001": planned("2018"),
        "EA-002": planned("2019"),
        "EA-003": planned("暂不纳入"),
        "EA-004": planned(None),
        "EA-005": planned("2018", kind="别墅"),
    }

    late = overdue(PLAN, compounds, date(2019, 1, 7))
    assert {frozenset(one.compounds) for one in late} == {frozenset({"EA-001", "EA-004"})}
