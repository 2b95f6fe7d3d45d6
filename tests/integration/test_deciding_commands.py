"""`duban waive`, `waivers`, `baseline`, `recheck`, `data-docs` and `blank --filled` on a season that was judged."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from duban.adapters.season import write_season
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home

UNTIL = datetime(2018, 8, 10, 23, 30, tzinfo=ZONE)
LATER = "2018-08-13T09:00"


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """A simulated season, judged."""
    with at_home(fresh_database) as opened:
        write_season(opened.plan, opened.weeks, opened.settings.home / "inbox", seed=11, until=UNTIL.date(), mess=0)
        opened.judge(opened.discover(UNTIL), UNTIL)
        yield opened


def shown(run: Run, *words: object) -> Any:
    return json.loads(run(*words, "--json").stdout)


def known(app: App) -> tuple[str, str]:
    """An office with compounds, and the first of them."""
    state = app.ledger.compounds(UNTIL)
    office = next(code for code, compounds in sorted(state.items()) if compounds)
    return office, min(state[office])


def test_a_waiver_is_recorded_and_listed_while_it_holds(app: App, run: Run) -> None:
    """With who, until when and why; the list is as of an instant."""
    _, compound = known(app)
    decided = ("--reason", "现场核实属实", "--by", "王主任", "--at", LATER)
    done = run("waive", "B02", "--compound", compound, "--until", "2018-09-30", *decided)

    assert (done.exit_code, compound in done.stdout) == (0, True)
    [listed] = shown(run, "waivers", "--as-of", "2018-09-30T12:00")
    assert (listed["rule"], listed["compound"], listed["until"]) == ("B02", compound, "2018-09-30")
    assert (listed["reason"], listed["by"]) == ("现场核实属实", "王主任")
    assert shown(run, "waivers", "--as-of", "2018-10-01") == shown(run, "waivers", "--as-of", "2018-08-12") == []
    assert compound in run("waivers", "--as-of", LATER).stdout


def test_what_cannot_be_waived_is_told_in_a_sentence(app: App, run: Run) -> None:
    """Exit code 2, and what may be waived."""
    _, compound = known(app)
    told = run("waive", "F02", "--compound", compound, "--until", "2018-09-30", "--reason", "x", "--by", "y")

    assert told.exit_code == 2
    assert "不能豁免" in told.stderr
    assert "committee" in told.stderr


def test_the_baseline_is_amended_from_the_command_line(app: App, run: Run) -> None:
    """Taken out, and taken in again."""
    _, compound = known(app)
    decided = ("--reason", "已核实", "--by", "王主任")
    out = run("baseline", "--remove", compound, *decided, "--at", "2018-08-13T10:00")
    back = run("baseline", "--add", compound, *decided, "--at", "2018-08-13T11:00")

    assert (out.exit_code, back.exit_code) == (0, 0)
    assert [one.change.value for one in app.decisions.amendments(UNTIL.replace(month=9))] == ["remove", "add"]
    assert shown(run, "baseline", "--at", LATER) == []
    assert "待决定的基数调整" in run("baseline", "--at", LATER).stdout
    assert run("baseline", "--add", compound, "--remove", compound, *decided).exit_code == 2
    assert run("baseline", "--add", compound, "--at", LATER).exit_code == 2  # without reason and maker


def test_rechecking_with_the_same_rules_finds_nothing(app: App, run: Run) -> None:
    """Every return that counts is looked at; nobody is told anything."""
    found = shown(run, "recheck", "--since", "2018-07-19", "--apply")

    assert found["checked"] == len([one for one in app.ledger.return_records() if one.status.value != "returned"])
    assert (found["changed"], found["told"]) == ([], [])
    assert "0 份结果有变化" in run("recheck", "--since", "2018-07-19").stdout
    assert shown(run, "recheck", "--since", "2019-01-01")["checked"] == 0


def test_data_docs_stand_in_the_home(app: App, run: Run) -> None:
    """With the latest batch."""
    done = run("data-docs", "--batches", "1")

    assert done.exit_code == 0
    assert (app.settings.data_docs_path / "index.html").exists()
    assert list(app.settings.data_docs_path.glob("validations/work_ledger/**/*.html"))


def test_a_filled_blank_holds_what_was_accepted(app: App, run: Run, tmp_path: Path) -> None:
    """Where the plain one holds nothing; both are read back by `duban check`."""
    office, compound = known(app)
    words = ("blank", "--office", office, "--week", "2018-08-17", "-o")
    assert run(*words, tmp_path / "plain.xlsx").exit_code == 0
    assert run(*words, tmp_path / "filled.xlsx", "--filled", "--at", LATER).exit_code == 0

    plain, filled = (
        {
            row[1].value
            for row in openpyxl.load_workbook(io.BytesIO((tmp_path / name).read_bytes()))["工作台账"].iter_rows(
                min_row=3
            )
        }
        for name in ("plain.xlsx", "filled.xlsx")
    )
    assert compound not in plain
    assert filled - {None} == set(app.ledger.compounds(UNTIL)[office])
    checked = run("check", tmp_path / "filled.xlsx", "--office", office, "--as-of", LATER, "--json")
    assert (checked.exit_code, json.loads(checked.stdout)["findings"]) == (0, [])
