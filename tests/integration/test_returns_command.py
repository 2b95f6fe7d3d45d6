"""`duban returns`, `duban returns show` and `duban return --ask` on a season that went through the real parts."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from duban.adapters.season import write_season
from duban.core.checked import Status
from duban.core.weeks import ZONE
from duban.pipeline.ports import ReturnRecord
from duban.wiring import App
from fakes.commands import Run, at_home

UNTIL = datetime(2018, 8, 24, 23, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """A simulated season, judged."""
    with at_home(fresh_database) as opened:
        write_season(opened.plan, opened.weeks, opened.settings.home / "inbox", seed=11, until=UNTIL.date(), mess=1.0)
        opened.judge(opened.discover(UNTIL), UNTIL)
        yield opened


def shown(run: Run, *words: object) -> Any:
    return json.loads(run(*words, "--json").stdout)


def first(app: App, wanted: Callable[[ReturnRecord], bool]) -> ReturnRecord:
    return next(record for record in app.ledger.return_records() if wanted(record))


def test_returns_lists_every_return_with_its_number(app: App, run: Run) -> None:
    """As a table and as JSON; the number is what `show` takes."""
    records = app.ledger.return_records()
    assert [entry["id"] for entry in shown(run, "returns")] == [record.return_id for record in records]
    table = run("returns").stdout
    assert all(f" {record.return_id} " in table for record in records)


def test_a_replaced_return_says_by_which(app: App, run: Run) -> None:
    """In the list and in its own life."""
    record = first(app, lambda one: one.replaced_by is not None)
    assert f"已由 {record.replaced_by} 号替换" in run("returns").stdout
    life = shown(run, "returns", "show", record.return_id)["life"]
    assert [step["step"] for step in life] == ["received", record.status.value, "replaced"]
    office = app.plan.office(record.office)
    assert office is not None
    assert [step["by"] for step in life] == [office.name, "系统", "系统"]
    assert str(record.replaced_by) in life[-1]["why"]


def test_show_tells_findings_with_their_messages_and_every_row(app: App, run: Run) -> None:
    """What the list says, and more."""
    record = first(app, lambda one: one.status is Status.PARTIAL)
    told = shown(run, "returns", "show", record.return_id)
    listed = next(entry for entry in shown(run, "returns") if entry["id"] == record.return_id)
    assert {key: told[key] for key in listed} == listed
    assert all(finding["message"] for finding in told["findings"])
    for verdict in ("accepted", "rejected", "ignored"):
        assert sum(table[verdict] for table in told["tables"].values()) == record.rows[verdict]
    page = run("returns", "show", record.return_id).stdout
    assert told["summary"] in page
    for part in (*told["tables"], told["life"][1]["why"]):
        assert part in page, part


def test_show_tells_each_changed_cell_with_both_values(app: App, run: Run) -> None:
    """As JSON and in a line that a person reads."""
    changed = (shown(run, "returns", "show", record.return_id) for record in app.ledger.return_records())
    told = next(one for one in changed if any(row["kind"] == "changed" for row in one["changes"] or ()))
    row = next(row for row in told["changes"] if row["kind"] == "changed")
    assert all(cell["old"] != cell["new"] for cell in row["cells"])
    assert row["text"] in run("returns", "show", told["id"]).stdout


def test_a_return_of_which_nothing_was_taken_is_not_compared(app: App, run: Run) -> None:
    """And says so."""
    record = first(app, lambda one: one.status is Status.RETURNED)
    told = shown(run, "returns", "show", record.return_id)
    assert (told["changes"], told["summary"]) == (None, "未采用，不作比较。")


def test_a_number_that_no_return_has_is_a_sentence_and_exit_code_2(run: Run) -> None:
    """With the way to find the right one."""
    result = run("returns", "show", 10**9)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "duban returns" in result.stderr


def test_the_bureau_asks_and_the_office_finds_it_in_its_folder(app: App, run: Run) -> None:
    """Recorded with the return, in the outbox of its office."""
    record = first(app, lambda one: one.status is Status.ACCEPTED and one.replaced_by is None and one.rows["read"] > 0)
    compound = app.ledger.rows_of(record.return_id)[0].compound
    asked = ("return", record.return_id, "--ask", "户数与现场不符", "--by", "王主任", "--table", "工作台账")
    result = run(*asked, "--compound", compound, "--as-of", "2018-08-25T09:00:00")
    assert result.exit_code == 0, result.output
    [ask] = shown(run, "returns", "show", record.return_id)["asks"]
    assert (ask["place"], ask["reason"], ask["by"]) == (f"《工作台账》{compound}", "户数与现场不符", "王主任")
    [note] = (app.settings.outbox_path / record.office).glob(f"*-{record.return_id}-修改要求*.txt")
    assert str(note) in result.stdout
    assert "王主任" in run("returns", "show", record.return_id).stdout


def test_asking_for_a_table_that_there_is_not_names_those_that_there_are(app: App, run: Run) -> None:
    """Exit code 2, and nothing is recorded."""
    record = first(app, lambda one: one.status is Status.ACCEPTED and one.replaced_by is None)
    result = run("return", record.return_id, "--ask", "请核实", "--by", "王主任", "--table", "台账")
    assert result.exit_code == 2
    assert "工作台账" in result.stderr
