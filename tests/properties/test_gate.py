"""Two executors, one statement: the light gate and Great Expectations find the same cells, whatever stands in them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.adapters.expectations import ExpectationsRecord
from duban.core.checked import Status, Verdict
from duban.core.compound import Compound
from duban.core.findings import FindingClass
from duban.core.gate.executor import disagreements
from duban.core.messages import message
from duban.core.returns import AIM_STATES, SCHEMES, STAGE_UNSUITED, STAGES, Column, Kind
from fakes.made_returns import CHECKER, CLEAN, ERROR, FORM, SUITES, book, check, keys_of, known

# A validation costs half a second however small it is: few examples of many cells.
EXAMPLES = max(5, settings().max_examples // 20)

ODD = [
    "",
    " ",
    "无",
    "#REF!",
    "NaN",
    "null",
    "None",
    "True",
    "=1+1",
    "−3",
    "1e308",
    "9" * 400,
    "-" + "9" * 400,
    "½",
    "²",
]
ODD += ["\u200b", "\x07", "文\x07字", "\ud800", "🏘", "长" * 41, "长" * 301, "{{7*7}}", "1970-01-01", "9999-12-31", "½"]
ODD += [0, -1, 1, 2, 301, 2001, 30001, 0.5, float("inf"), float("nan"), 10**400, True, None, date(2018, 9, 8), ERROR]
IDS = [f"EA-{n:03d}" for n in range(1, 5)] + ["EA-1", "WE-001", "EA001", "", "-", "-001", "EA-00１"]
DAYS = [(date(2018, 9, 7) + timedelta(days=n)).isoformat() for n in (-60, -20, -3, 0, 1)]


def plausible(column: Column) -> list[Any]:
    """What the form asks for in this column."""
    if column.key == "compound_id":
        return IDS
    if column.kind is Kind.CHOICE:
        return [*column.choices, *(["√"] if column.choices == AIM_STATES else [])]
    if column.kind is Kind.DATE:
        return DAYS
    if column.kind is Kind.TEXT:
        return ["紫荆小区", "世纪新村", "翠竹社区", "紫荆1期", "紫荆 １期"]
    return [1, 2, 10, "12栋", "１００", "1,000", 300, 1998]


def rows_of(key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to six rows, each with a few cells off the clean ones."""
    table = FORM.table(key)
    cells = {
        name: st.one_of(
            st.just(CLEAN[key].get(name)),
            st.sampled_from(plausible(table.column(name))),
            st.sampled_from(ODD),
        )
        for name in keys_of(table)
    }
    return st.lists(st.fixed_dictionaries(cells), max_size=6)


STATES = st.builds(
    known,
    name=st.sampled_from(["紫荆小区", "世纪新村", "紫荆1期", None]),
    buildings=st.sampled_from([None, 1, 10, 2000]),
    households=st.sampled_from([None, 1, 300]),
    scheme=st.sampled_from([None, *SCHEMES]),
    committee_stage=st.sampled_from([None, *STAGES, STAGE_UNSUITED]),
    aims=st.one_of(st.just(()), st.tuples(*[st.sampled_from(AIM_STATES)] * 11)),
    accepted_on=st.sampled_from([None, date(2018, 8, 1)]),
    filed_on=st.sampled_from([None, date(2018, 8, 1)]),
)
COVERS = st.fixed_dictionaries(
    {},
    optional={
        "office": st.sampled_from(["WE办事处", "", None]),
        "week": st.sampled_from(["2018-09-05", "2018-08-17", "2019-01-01", "9月", ""]),
        "kind": st.sampled_from(["更正报送", "零报告", "月报", ""]),
        "version": st.sampled_from([1, "2", ""]),
    },
)
WITHOUT = st.lists(
    st.sampled_from(["work.extent", "project.accepted_by", "project.asked_on", "work.remark"]), max_size=2
)


@st.composite
def results(draw: st.DrawFn) -> Any:
    """One checked return of random rows beside a random last state."""
    raw = book(
        draw(rows_of("work")),
        draw(rows_of("project")),
        draw(rows_of("activities")),
        cover=draw(st.one_of(st.just({}), st.just({}), COVERS)),
        without=draw(WITHOUT),
    )
    last: dict[str, Compound] = {key: replace(state, compound_id=key) for key, state in draw(LAST).items()}
    return check(raw, last)


LAST = st.dictionaries(st.sampled_from(IDS[:4]), STATES)


@pytest.fixture(scope="module")
def record() -> ExpectationsRecord:
    return ExpectationsRecord(SUITES)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(batch=st.lists(results(), min_size=1, max_size=4))
def test_gate_and_record_find_the_same_cells(record, batch):
    """Random messy returns, several offices' rows in one batch: return, table, row, code and column are equal."""
    frames = {number: result.frames for number, result in enumerate(batch, start=1)}
    gate = {replace(spot, return_id=number) for number, result in enumerate(batch, start=1) for spot in result.spots}

    assert disagreements(gate, record.validate(frames, CHECKER.parameters).spots) == ()


@given(result=results())
def test_every_row_is_accounted_for_and_every_rejection_told(result):
    """Accepted, rejected or ignored; a rejected row has its reason among the findings, an accepted one no class A."""
    checked = result.checked
    coded = {(finding.code) for finding in checked.findings}
    faults = {(f.sheet, f.row) for f in checked.findings if f.cls is FindingClass.A and f.row}

    for row in checked.rows:
        if row.verdict is Verdict.REJECTED:
            assert row.reason == "returned" if checked.status is Status.RETURNED else row.reason in coded
        elif row.verdict is Verdict.ACCEPTED:
            assert (FORM.table(row.table).sheet, row.row) not in faults


@given(result=results())
def test_one_cell_has_one_finding_of_a_code(result):
    """However many rules of one code fail in a cell, it is told once; every message can be written."""
    placed = [(f.code, f.sheet, f.cell, f.row) for f in result.checked.findings if f.cell and f.code != "D06"]

    assert len(placed) == len(set(placed))
    assert all(message(finding) for finding in result.checked.findings)
