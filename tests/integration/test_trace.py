"""From a figure of a paper to the cells of the workbook that an office sent, with every real part."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from duban.adapters.settings import Settings
from duban.cli.main import app as command_line
from duban.core.errors import UsageError
from duban.core.papers import Figure, PaperKind, PaperRecord
from duban.core.sheets import CellValue
from duban.core.weeks import ZONE
from duban.pipeline.trace import Trace
from duban.pipeline.trace_rows import RowReader
from duban.wiring import App, open_app

OFFICE = "MH"
TITLE_LINES = 2  # lines above the header of each table
STAGES = {
    "MH-001": {"committee_stage": "已备案", "filed_on": date(2018, 8, 10)},
    "MH-002": {"committee_stage": "已备案", "filed_on": date(2018, 7, 2)},
    "MH-003": {"committee_stage": "筹备组成立"},
}
BAD = {"MH-003": {"committee_stage": "已成立"}}


def at(day: int, hour: int, minute: int = 0, month: int = 8) -> datetime:
    return datetime(2018, month, day, hour, minute, tzinfo=ZONE)


def send(app: App, name: str, cutoff: date, received: datetime, stages: Mapping[str, Mapping[str, CellValue]]) -> Path:
    """A workbook in the office's folder, as its clerk would fill it in."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = app.form.cover_sheet
    office = app.plan.office(OFFICE)
    for line in (
        ("填报单位", office.name if office else ""),
        ("报告期截止日", cutoff),
        ("报送类型", "正常报送"),
        ("表样版本", "1"),
    ):
        cover.append(line)
    for table in app.form.tables:
        sheet = book.create_sheet(table.sheet)
        for _ in range(TITLE_LINES):
            sheet.append((table.sheet,))
        sheet.append([column.header for column in table.columns])
        if table.key != "activities":
            for compound in STAGES:
                row = _row(table.key, compound, [aim.key for aim in app.plan.aims]) | stages.get(compound, {})
                sheet.append([row.get(column.key) for column in table.columns])
    reasons = book.create_sheet(app.form.reasons.sheet)
    reasons.append([column.header for column in app.form.reasons.columns])
    reasons.append(["B01", "MH-002", "业委会在方案印发以前已经备案"])
    path = Path(app.settings.inbox_url) / OFFICE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    os.utime(path, (received.timestamp(), received.timestamp()))
    return path


def _row(table: str, compound: str, aims: list[str]) -> dict[str, Any]:
    if table == "work":
        return {
            "compound_id": compound,
            "name": f"{compound}小区",
            "community": "明湖社区",
            "kind": "社区楼院",
            "buildings": 10,
            "households": 300,
            "management": "无",
            "grid_officer": "王强",
        }
    states = dict.fromkeys(aims, "未开始")
    return {
        "compound_id": compound,
        "name": f"{compound}小区",
        "scheme": "未拟定",
        "committee_stage": "未启动",
    } | states


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory, fresh_database: str) -> Iterator[App]:
    """Four returns of one office, the third in place of the second, the last partly wrong, with their papers."""
    home = tmp_path_factory.mktemp("traced")
    with open_app(Settings(home=home, database_url=fresh_database, inbox=str(home / "inbox"))) as app:
        app.draft_due_letters(at(31, 8, 30, month=7))
        send(app, "一.xlsx", date(2018, 8, 3), at(3, 10), {})
        app.judge(app.discover(at(3, 16)), at(3, 16))
        for name, hour in (("中稿.xlsx", 10), ("中.xlsx", 14)):
            send(app, name, date(2018, 8, 10), at(9, hour), {})
            app.judge(app.discover(at(9, hour + 1)), at(9, hour + 1))
        send(app, "二.xlsx", date(2018, 8, 17), at(17, 10), STAGES | BAD)
        ids = app.discover(at(17, 16))
        app.judge(ids, at(17, 16))
        for record in app.ledger.return_records_of(ids):
            app.return_slip.draft(record, at(17, 16))
        app.draft_weekly_report(at(17, 17))
        yield app


def paper(season: App, kind: PaperKind) -> PaperRecord:
    return next(
        record for record in season.register.papers() if record.kind is kind and record.office in (None, OFFICE)
    )


@pytest.fixture(scope="module")
def report(season: App) -> str:
    return str(paper(season, PaperKind.WEEKLY_REPORT).id)


def test_a_count_leads_to_its_compounds_and_their_cells(season: App, report: str) -> None:
    """One committee counts: the one filed since the plan's start, in the row and columns where the clerk wrote it."""
    found = season.trace.figure(report, "MH.committees.done")
    assert found.figure.text == found.replayed == "1"
    assert [one.compound for one in found.compounds] == ["MH-001"]
    row = found.compounds[0].row
    assert row is not None
    sent = Path(season.settings.inbox_url) / OFFICE / "二.xlsx"
    assert (row.path, row.sheet, row.row) == ("MH/二.xlsx", "项目台账", TITLE_LINES + 2)
    assert row.received_at == at(17, 10)
    assert row.sha256 == sha256(sent.read_bytes()).hexdigest()
    assert Path(row.archive).read_bytes() == sent.read_bytes()
    sheet = openpyxl.load_workbook(sent)["项目台账"]
    assert [(cell.header, cell.read) for cell in row.cells] == [("业委会阶段", "已备案"), ("备案日期", "2018-08-10")]
    for cell in row.cells:
        assert sheet[cell.address.rstrip("0123456789") + str(TITLE_LINES + 1)].value == cell.header
        assert str(sheet[cell.address].value).startswith(cell.read)
    assert found.holds


@pytest.mark.parametrize(
    ("key", "compounds"),
    [
        ("MH.baseline", ["MH-001", "MH-002", "MH-003"]),
        ("district.committees.required", ["MH-001", "MH-003"]),
        ("district.preexisting", ["MH-002"]),
        ("JH.baseline", []),
    ],
)
def test_whoever_counts_is_named(season: App, report: str, key: str, compounds: list[str]) -> None:
    """By the predicates that counted them."""
    assert [one.compound for one in season.trace.figure(report, key).compounds] == compounds


def test_a_baseline_leads_to_the_rows_that_it_was_frozen_from(season: App, report: str) -> None:
    """What an office sent later does not show why a compound belongs to it."""
    rows = [one.row for one in season.trace.figure(report, "MH.baseline").compounds]
    assert {row.path for row in rows if row} == {"MH/一.xlsx"}


def test_every_figure_of_every_paper_replays(season: App) -> None:
    """Weekly report, letters and slip alike."""
    kinds = set()
    for record in season.register.papers():
        trace = season.trace.paper(str(record.id))
        assert trace.holds, [figure.figure.key for figure in trace.figures if not figure.replays]
        assert [figure.figure.key for figure in trace.figures if not figure.figure.rule.known] == []
        kinds.add(record.kind)
    assert {PaperKind.WEEKLY_REPORT, PaperKind.URGE, PaperKind.RETURN_SLIP} <= kinds


def test_every_figure_of_the_report_is_traced_to_agreeing_cells(season: App, report: str) -> None:
    """Each of one office's, down to the archive."""
    keys = [figure.figure.key for figure in season.trace.paper(report).figures if figure.figure.key.startswith("MH.")]
    assert len(keys) > 10
    assert [key for key in keys if not season.trace.figure(report, key).holds] == []


def test_every_row_that_a_figure_counts_came_with_a_return_registered_for_it(season: App, report: str) -> None:
    """None that was replaced before any instant that is compared: the second return is registered for nothing."""
    for key in ("MH.baseline", "MH.committees.done", "MH.improvements.required", "district.known", "district.schemes"):
        found = season.trace.figure(report, key)
        assert {one.row.path for one in found.compounds if one.row} <= {one.path for one in found.returns}, key
    registered = {one.path for one in season.trace.figure(report, "MH.committees.done").returns}
    assert registered == {"MH/一.xlsx", "MH/中.xlsx", "MH/二.xlsx"}


def test_a_slip_leads_to_its_return(season: App) -> None:
    """The row that went back came in that file."""
    found = season.trace.figure(str(paper(season, PaperKind.RETURN_SLIP).id), "rows.rejected")
    assert (found.figure.text, found.replayed) == ("1", "1")
    assert [(one.path, one.received_at, one.status.value) for one in found.returns] == [
        ("MH/二.xlsx", at(17, 10), "partial")
    ]


def test_a_letter_about_what_never_came_names_no_return(season: App) -> None:
    """Nothing was received by then, though something came later."""
    found = season.trace.figure(str(paper(season, PaperKind.URGE).id), "S1:MH.days")
    assert (found.figure.text, found.replayed, found.returns) == ("1", "1", ())


def test_a_paper_is_found_by_its_file(season: App) -> None:
    """However its path is given."""
    record = paper(season, PaperKind.WEEKLY_REPORT)
    for name in (record.path, str(season.settings.papers_path / record.path)):
        assert season.trace.paper(name).record == record


@pytest.mark.parametrize("name", ["99999", "weekly_report/没有.docx"])
def test_an_unknown_paper_is_told_to_the_user(season: App, name: str) -> None:
    with pytest.raises(UsageError, match="没有公文"):
        season.trace.paper(name)


def test_an_unknown_figure_is_told_to_the_user(season: App, report: str) -> None:
    with pytest.raises(UsageError, match=r"MH\.nothing"):
        season.trace.figure(report, "MH.nothing")


class Tampered:
    """The register with another text under one key."""

    def __init__(self, season: App, key: str, text: str) -> None:
        self._register, self._key, self._text = season.register, key, text

    def papers(self) -> Any:
        return self._register.papers()

    def figures(self, paper_id: int) -> list[Figure]:
        found = self._register.figures(paper_id)
        return [replace(one, text=self._text) if one.key == self._key else one for one in found]


def test_a_registered_figure_that_the_ledger_does_not_give_is_told(season: App, report: str) -> None:
    """Both texts, and that it does not hold."""
    rows = RowReader(season.form, season.ledger, season.archive, season.reader)
    replays = {PaperKind.WEEKLY_REPORT: season.weekly_report.replay}
    register = Tampered(season, "MH.committees.done", "2")
    trace = Trace(season.plan, register, season.ledger, season.archive, rows, season.assessing.facts, replays)
    found = trace.figure(report, "MH.committees.done")
    assert (found.figure.text, found.replayed, found.holds) == ("2", "1", False)
    assert not trace.paper(report).holds


class OtherArchive:
    """An archive that gives one return's file for every other."""

    def __init__(self, season: App, digest: str) -> None:
        self._archive, self._digest = season.archive, digest

    def get(self, sha256: str) -> bytes:  # noqa: ARG002  # as the port has it
        return self._archive.get(self._digest)

    def path(self, sha256: str) -> Path:
        return self._archive.path(sha256)


def test_a_cell_that_reads_otherwise_than_the_ledger_says_is_told(season: App, report: str) -> None:
    """The workbook of another week does not hold what this week's row says."""
    first = sha256((Path(season.settings.inbox_url) / OFFICE / "一.xlsx").read_bytes()).hexdigest()
    rows = RowReader(season.form, season.ledger, OtherArchive(season, first), season.reader)
    replays = {PaperKind.WEEKLY_REPORT: season.weekly_report.replay}
    trace = Trace(season.plan, season.register, season.ledger, season.archive, rows, season.assessing.facts, replays)
    found = trace.figure(report, "MH.committees.done")
    assert [(cell.read, cell.registered) for cell in found.compounds[0].row.cells] == [  # type: ignore[union-attr]
        ("未启动", "已备案"),
        ("", "2018-08-10"),
    ]
    assert found.replays
    assert not found.holds


def test_the_command_prints_one_json_document(
    season: App, report: str, fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the paper to its figures, and from a figure to its cells."""
    monkeypatch.setenv("DUBAN_HOME", str(season.settings.home))
    monkeypatch.setenv("DUBAN_DATABASE_URL", fresh_database)
    listed = CliRunner().invoke(command_line, ["trace", report, "--json"])
    assert (listed.exit_code, json.loads(listed.stdout)["holds"]) == (0, True)
    found = CliRunner().invoke(command_line, ["trace", report, "MH.committees.done", "--json"])
    document = json.loads(found.stdout)
    assert found.exit_code == 0
    assert (document["text"], document["unit"], document["rule"]) == ("1", "个", "domain.md §5 committees done")
    assert document["compounds"][0]["row"]["cells"][0]["column"] == "业委会阶段"
    shown = CliRunner().invoke(command_line, ["trace", report, "MH.committees.done"])
    assert "MH/二.xlsx" in shown.stdout
    assert CliRunner().invoke(command_line, ["trace", "99999"]).exit_code == 2
