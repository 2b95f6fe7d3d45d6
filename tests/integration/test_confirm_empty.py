"""A zero report that says 辖区内无拟提升小区, from the workbook to the bureau's decision (domain.md §4 S1, §5)."""

import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from duban.adapters.workbook.blank import write_blank
from duban.core.assessment import Light, State
from duban.core.empty import EmptyConfirmation
from duban.core.errors import UsageError
from duban.core.returns import NOTHING_TO_IMPROVE
from duban.pipeline.confirm_empty import ConfirmEmpty
from duban.wiring import App
from fakes.commands import Run, at_home
from fakes.judged import at

EMPTY, PLAIN, BUSY, SPOILT = "QC", "JL", "MH", "XY"
DECIDED, BEFORE = "2018-08-06T10:00", "2018-08-06T09:59"
BY = ("--by", "王主任")
COMPOUND = {
    "compound_id": "MH-001", "name": "紫荆小区", "community": "翠竹社区", "kind": "社区楼院", "buildings": 10,
    "households": 300, "management": "无", "grid_officer": "王强",
}  # fmt: skip


def workbook(app: App, office: str, cutoff: date, kind: str, reason: str | None, *, rows: bool = False) -> bytes:
    """The blank as a clerk fills it in: the type on the cover, and perhaps a line in 说明原因."""
    sender = app.plan.office(office)
    assert sender is not None
    blank, filled = io.BytesIO(), io.BytesIO()
    write_blank(app.form, sender, cutoff, blank, tables={"work": [COMPOUND]} if rows else None)
    book = openpyxl.load_workbook(blank)
    cover, reasons = book["封面"], book["说明原因"]
    next(row[1] for row in cover.iter_rows() if row[0].value == "报送类型").value = kind
    if reason is not None:
        header = next(cell for row in reasons.iter_rows() for cell in row if cell.value == "说明")
        reasons.cell(header.row + 1, header.column, reason)
    book.save(filled)
    return filled.getvalue()


def sent(app: App, office: str, moment: str, cutoff: date, kind: str, reason: str | None, *, rows: bool = False) -> int:
    """The number of a workbook that came at a moment of 2018 and was judged at once."""
    path = app.settings.home / "inbox" / office / f"{moment[:5]}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook(app, office, cutoff, kind, reason, rows=rows))
    received = at(moment)
    os.utime(path, (received.timestamp(), received.timestamp()))
    app.judge(app.discover(received), received)
    return next(one.return_id for one in app.ledger.return_records() if one.path == f"{office}/{path.name}")


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """The committed plan with nothing received."""
    with at_home(fresh_database) as opened:
        yield opened


@pytest.fixture(scope="module")
def numbers(app: App) -> dict[str, int]:
    """Of the first week: two offices without a compound, one that says so nowhere, one that has one."""
    first = date(2018, 7, 27)
    return {
        EMPTY: sent(app, EMPTY, "07-27 10:00", first, "零报告", NOTHING_TO_IMPROVE),
        PLAIN: sent(app, PLAIN, "07-27 11:00", first, "零报告", None),
        BUSY: sent(app, BUSY, "07-27 12:00", first, "正常报送", NOTHING_TO_IMPROVE, rows=True),
        "returned": sent(app, SPOILT, "07-27 13:00", first, "正常报送", NOTHING_TO_IMPROVE),
        "later": sent(app, BUSY, "08-03 10:00", date(2018, 8, 3), "零报告", NOTHING_TO_IMPROVE),
    }


def survey(app: App, office: str, moment: datetime) -> Any:
    return next(one for one in app.assess(moment).obligations if one.key == f"S1:{office}")


def listed(run: Run, moment: str) -> Any:
    return json.loads(run("baseline", "--at", moment, "--json").stdout)


def test_the_clerk_is_told_that_it_waits_for_the_bureau(app: App, numbers: dict[str, int]) -> None:
    """Not that the line answers nothing."""
    [record] = app.ledger.return_records_of([numbers[EMPTY]])

    assert {one.code for one in record.findings} == {"D08"}
    assert record.status.value == "accepted"
    app.hand_back(at("07-27 10:05"))
    [receipt] = (app.settings.outbox_path / EMPTY).glob("*回执.txt")
    assert "待领导小组办公室确认；确认后视为完成调查摸底" in receipt.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("number", "options", "says"),
    [
        ("99", BY, "没有编号为 99 的报表"),
        (PLAIN, BY, f"《说明原因》中没有“{NOTHING_TO_IMPROVE}”"),
        (BUSY, BY, "不是零报告"),
        ("returned", BY, "没有采用"),
        ("later", BY, "已报送过工作台账"),
        (EMPTY, (), "--by"),
        (EMPTY, (*BY, "--add", "MH-001"), "分次登记"),
        (EMPTY, (*BY, "--at", "2018-07-27T09:00"), "2018年7月27日10时"),
    ],
)
def test_what_cannot_be_confirmed_is_told_in_a_sentence(
    app: App, run: Run, numbers: dict[str, int], number: str, options: tuple[str, ...], says: str
) -> None:
    """Where, what was found, what to do; exit code 2, and nothing is recorded."""
    at_once = () if "--at" in options else ("--at", BEFORE)
    told = run("baseline", "--confirm-empty", numbers.get(number, 99), *options, *at_once)

    assert (told.exit_code, says in told.stderr) == (2, True), told.stderr
    assert app.decisions.empty_confirmations(at("12-31 12:00")) == []


def test_an_office_of_which_the_plan_expects_compounds_is_not_confirmed_empty(
    app: App, numbers: dict[str, int]
) -> None:
    """The baseline would stay 暂定 for ever; and it is not proposed."""
    offices = tuple(replace(one, expected_compounds=3) for one in app.plan.offices)
    expecting = replace(app.plan, offices=offices)
    confirming = ConfirmEmpty(expecting, app.assessing.facts, app.ledger, app.decisions)

    assert confirming.waiting(at("08-06 09:00")) == []
    with pytest.raises(UsageError, match="应有 3 个小区"):
        confirming.run(EmptyConfirmation(numbers[EMPTY], "", "王主任", at("08-06 09:00")))


def test_a_zero_report_that_says_so_waits_until_the_bureau_confirms_it(
    app: App, run: Run, numbers: dict[str, int]
) -> None:
    """Listed; then S1 is met by it, N = 0 is frozen, the office has no task. Before the decision nothing changes."""
    [waiting] = listed(run, BEFORE)
    assert (waiting["office"], waiting["change"], waiting["return"]) == (EMPTY, "empty", numbers[EMPTY])
    assert str(numbers[EMPTY]) in run("baseline", "--at", BEFORE).stdout
    done = run("baseline", "--confirm-empty", numbers[EMPTY], *BY, "--at", DECIDED)
    assert (done.exit_code, "前程办事处" in done.stdout) == (0, True)

    earlier, later = at("08-06 09:59"), at("08-06 10:00")
    assert (survey(app, EMPTY, earlier).state, survey(app, EMPTY, later).state) == (State.OVERDUE, State.MET)
    assert survey(app, EMPTY, later).met_at == at("07-27 10:00")
    [unsettled] = [one for one in app.assessing.facts(earlier) if one.office == EMPTY]
    [settled] = [one for one in app.assessing.facts(later) if one.office == EMPTY]
    assert unsettled.baseline is None
    assert settled.baseline is not None
    assert (settled.baseline.compounds, settled.baseline.frozen_at) == (frozenset(), at("08-03 17:00"))
    assert listed(run, DECIDED) == []
    assert len(listed(run, BEFORE)) == 1


def test_an_office_without_a_task_has_no_rank_and_no_light(app: App, numbers: dict[str, int]) -> None:
    """无任务, and nothing of S1 to S3 is overdue in the implementation phase; the office that said nothing is red."""
    assert numbers
    moment = at("09-03 09:00")
    empty, silent = app.assess(moment).of(EMPTY), app.assess(moment).of(PLAIN)

    assert (empty.committees.required, empty.improvements.required, empty.rank) == (0, 0, None)
    assert (empty.provisional, empty.light) == (False, Light.NONE)
    assert (silent.provisional, silent.light) == (True, Light.RED)
    owed = {one.rule: one.state for one in app.assess(moment).obligations if one.office == EMPTY}
    assert owed["S3c"] is State.MET


def test_it_is_confirmed_once(app: App, run: Run, numbers: dict[str, int]) -> None:
    """By whom and when is told; the decision cannot be changed."""
    again = run("baseline", "--confirm-empty", numbers[EMPTY], *BY, "--at", "2018-08-07T10:00")

    assert (again.exit_code, "王主任" in again.stderr) == (2, True)
    [recorded] = app.decisions.empty_confirmations(at("12-31 12:00"))
    assert recorded == EmptyConfirmation(numbers[EMPTY], "", "王主任", at("08-06 10:00"))
    app.decisions.confirm_empty(recorded)
    assert app.decisions.empty_confirmations(at("12-31 12:00")) == [recorded]
    for statement in ("update duban.empty_confirmation set reason = 'x'", "delete from duban.empty_confirmation"):
        with app.engine.connect() as connection, pytest.raises(ProgrammingError, match="is append-only"):
            connection.execute(text(statement))


def test_compounds_that_turn_up_later_are_proposed_as_any_others(app: App, run: Run, numbers: dict[str, int]) -> None:
    """The baseline stays at N = 0 until the bureau switches them in."""
    assert numbers
    path = app.settings.home / "inbox" / EMPTY / "08-10.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(workbook(app, BUSY, date(2018, 8, 10), "正常报送", None, rows=True)))
    for row in (*book["封面"].iter_rows(), *book["工作台账"].iter_rows()):
        for cell in row:
            if cell.value in ("明湖办事处", "MH-001"):
                cell.value = {"明湖办事处": "前程办事处", "MH-001": "QC-001"}[cell.value]
    book.save(path)
    moment = at("08-10 10:00")
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    app.judge(app.discover(moment), moment)

    [came] = listed(run, "2018-08-13T09:00")
    assert (came["compound"], came["change"]) == ("QC-001", "add")
