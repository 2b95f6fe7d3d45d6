"""`duban verify-compound` and `duban spot-checks` on a real season's first weeks."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from duban.adapters.season import write_season
from duban.adapters.word.readback import lines_of
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home

CUTOFF = datetime(2018, 9, 14, 17, tzinfo=ZONE)


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """Everything that was sent by then, collected at once."""
    with at_home(fresh_database) as opened:
        write_season(opened.plan, opened.weeks, opened.settings.home / "inbox", seed=5, until=date(2018, 9, 14), mess=0)
        opened.judge(opened.discover(CUTOFF), CUTOFF)
        yield opened


def test_the_list_is_the_same_for_the_same_instant_and_goes_along_as_a_workbook(
    app: App, run: Run, tmp_path: Path
) -> None:
    """Never longer than the plan says; every compound with its reasons."""
    told = json.loads(run("spot-checks", "--as-of", "2018-09-14T17:00", "--json", "-o", tmp_path / "a.xlsx").stdout)
    again = json.loads(run("spot-checks", "--as-of", "2018-09-14T17:00", "--json", "-o", tmp_path / "b.xlsx").stdout)

    assert told == again
    assert 0 < len(told) <= app.plan.spot_checks.number
    assert all(one["reasons"] for one in told)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "a.xlsx").read_bytes())).active
    assert sheet is not None
    assert [sheet.cell(row, 3).value for row in range(3, 3 + len(told))] == [one["compound"] for one in told]


def test_a_compound_found_not_so_leaves_the_count_and_stands_in_the_report(app: App, run: Run) -> None:
    """From the moment of the record on; before it, and for other compounds, nothing changes."""
    [target, *_] = json.loads(run("spot-checks", "--as-of", "2018-09-14T16:00", "--json").stdout)
    [matter, *_] = target["matters"]
    before = _done(app, matter, datetime(2018, 9, 14, 16, tzinfo=ZONE))

    told = run(
        "verify-compound", target["compound"], "--result", "不属实", "--by", "王五", "--on", "2018-09-14",
        "--matter", matter, "--at", "2018-09-14T16:30",
    )  # fmt: skip

    assert "不属实" in told.stdout
    assert _done(app, matter, datetime(2018, 9, 14, 16, tzinfo=ZONE)) == before
    assert _done(app, matter, CUTOFF) == before - 1
    [report] = app.draft_weekly_report(CUTOFF)
    record = next(paper for paper in app.register.papers() if paper.id == report)
    text = "\n".join(lines_of((app.settings.papers_path / record.path).read_bytes()))
    assert target["compound"] in text
    assert "不属实" in text
    folder = (app.settings.papers_path / record.path).parent
    assert (folder / "抽查清单-2018-09-14.xlsx").exists()


def _done(app: App, matter: str, at: datetime) -> int:
    district = app.assess(at).district
    return district.committees_formed if matter == "committee" else district.compounds_improved


def test_what_cannot_be_so_is_refused(run: Run) -> None:
    """A compound that nobody reported, and a visit that has not taken place."""
    unknown = run("verify-compound", "MH-999", "--result", "属实", "--by", "王五", "--at", "2018-09-14T16:30")
    future = run(
        "verify-compound",
        "MH-001",
        "--result",
        "属实",
        "--by",
        "王五",
        "--on",
        "2018-11-01",
        "--at",
        "2018-09-14T16:30",
    )

    assert "请核对小区编号" in unknown.stderr
    assert "晚于登记的日子" in future.stderr
