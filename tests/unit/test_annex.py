"""The spreadsheet annex of the weekly report: the same figures, texts that stay texts, the same bytes."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from duban.adapters.annex import AIMS, COMPOUNDS, FINDINGS, OFFICES, XlsxAnnexWriter, _prove
from duban.adapters.word import DocxComposer
from duban.core.annex import Annex
from duban.core.compound import Compound
from duban.core.errors import InternalError
from duban.core.papers import PaperRecord
from duban.pipeline.report_annex import ReportAnnex
from duban.pipeline.weekly_report import WeeklyReport
from fakes import paper_scenes as scenes
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

HEAD = 3  # the row of the heads, as Excel counts
COMPOUND = Compound(
    compound_id="NM-001",
    pending=False,
    name="=HYPERLINK(\"x\")",
    community="东街社区",
    kind="社区楼院",
    buildings=3,
    households=90,
    planned_year="2018",
    filed_on=date(2018, 8, 20),
    committee_stage="已备案",
)  # fmt: skip


class AnnexLedger(FakeLedger):
    """A ledger with one compound."""

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:
        assert as_of == scenes.CUTOFF
        return {"NM": {COMPOUND.compound_id: COMPOUND}}


@pytest.fixture(scope="module")
def annex() -> ReportAnnex:
    return annex_on(MemoryShelf())


def annex_on(shelf: MemoryShelf, register: MemoryRegister | None = None) -> ReportAnnex:
    ledger = AnnexLedger(scenes.MID_SEASON_RETURNS)
    ports = (ledger, XlsxAnnexWriter(), shelf, (register or MemoryRegister()).figures)
    return ReportAnnex(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), *ports)


def reported(shelf: MemoryShelf, register: MemoryRegister) -> PaperRecord:
    """The report of the same cut-off, drafted."""
    composer = DocxComposer(Path(__file__).parents[2] / "templates")
    ledger = AnnexLedger(scenes.MID_SEASON_RETURNS)
    desk = desk_of(composer, shelf, register)
    report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), ledger, desk).draft(scenes.CUTOFF)
    assert report is not None
    return report


def sheet(annex: Annex, name: str) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(XlsxAnnexWriter().write(annex)))[name]
    assert isinstance(found, Worksheet)
    return found


def test_the_annex_lies_beside_its_report_under_its_name() -> None:
    """Laid there twice, the same bytes."""
    shelf, register = MemoryShelf(), MemoryRegister()
    report = reported(shelf, register)
    path = annex_on(shelf, register).lay_beside(report)
    first = shelf.files[path]
    annex_on(shelf, register).lay_beside(report)
    assert path == report.path.removesuffix(".docx") + ".xlsx"
    assert shelf.files[path] == first


@pytest.mark.parametrize("key", ["NM.committees.done", "NM.rank", "district.improvements.pace"])
def test_an_annex_with_another_figure_than_its_report_is_not_laid_beside_it(key: str) -> None:
    """Or with one that the report never registered."""
    shelf, register = MemoryShelf(), MemoryRegister()
    report = reported(shelf, register)
    figures = register.kept[report.id]
    others = [replace(figure, text="999") if figure.key == key else figure for figure in figures]
    for kept in (others, [figure for figure in figures if figure.key != key]):
        register.kept[report.id] = kept
        with pytest.raises(InternalError, match=key):
            annex_on(shelf, register).lay_beside(report)
    assert not any(path.endswith(".xlsx") for path in shelf.files)


@pytest.mark.parametrize("part", ["offices", "ranking", "compounds", "findings"])
def test_a_workbook_that_reads_otherwise_than_written_is_refused(annex: ReportAnnex, part: str) -> None:
    """One value of a sheet, or one row less."""
    content = annex.content(scenes.CUTOFF)
    workbook = XlsxAnnexWriter().write(content)
    first, *others = getattr(content, part)
    for rows in ((("别处", *first[1:]), *others), others):
        with pytest.raises(InternalError, match="reads otherwise"):
            _prove(replace(content, **{part: tuple(rows)}), workbook)


def test_the_offices_sheet_holds_the_figures_of_the_report_as_numbers(annex: ReportAnnex) -> None:
    """Required, done, rate and pace in per cent; an office without a task has texts in their place."""
    rows = list(
        sheet(annex.content(scenes.CUTOFF), OFFICES).iter_rows(min_row=HEAD + 1, max_row=HEAD + 4, values_only=True)
    )
    assert rows[0][:6] == ("南门办事处", 10, 3, 2, 66.7, 33.3)
    assert rows[1][0] == "北关办事处"
    assert rows[1][4:6] == ("—", "—")
    assert rows[1][19] == "无任务"
    assert rows[3][:4] == ("全区", 17, 6, 3)


def test_the_offices_sheet_has_native_charts(annex: ReportAnnex) -> None:
    """Two against the pace line and the ranking."""
    assert len(sheet(annex.content(scenes.CUTOFF), OFFICES)._charts) == 3


def test_a_text_is_never_a_formula(annex: ReportAnnex) -> None:
    """A name that begins with = is a name."""
    cell = sheet(annex.content(scenes.CUTOFF), COMPOUNDS).cell(HEAD + 1, 3)
    assert (cell.value, cell.data_type) == (COMPOUND.name, "s")


def test_every_finding_since_the_last_issue_is_listed(annex: ReportAnnex) -> None:
    """Of the three returns that came, four findings; the return before the last cut-off is not among them."""
    rows = list(sheet(annex.content(scenes.CUTOFF), FINDINGS).iter_rows(min_row=HEAD + 1, values_only=True))
    assert [(row[0], row[3]) for row in rows] == [
        ("南门办事处", "F03"),
        ("南门办事处", "R03"),
        ("南门办事处", "B02"),
        ("北关办事处", "F03"),
    ]


@pytest.mark.parametrize("rows", [0, 1, 300])
def test_any_number_of_rows_and_hostile_texts_survive(rows: int) -> None:
    """& < {{ , control characters dropped, rare characters, names of forty characters."""
    hostile = "&<b>{{ x }}{% y %}㙟𠮷〇" + "名" * 40
    made = Annex("甲&乙", scenes.CUTOFF, (), (), tuple((hostile + "\x0b", f"NM-{n}") for n in range(rows)), (), ())
    found = [
        row[0]
        for row in sheet(made, COMPOUNDS).iter_rows(min_row=HEAD + 1, max_row=HEAD + max(rows, 1), values_only=True)
    ]
    assert found == ([hostile] * rows or [None])
    assert sheet(made, AIMS).max_row == HEAD


def test_the_same_annex_gives_the_same_bytes(annex: ReportAnnex) -> None:
    """Whatever the clock says."""
    content = annex.content(scenes.CUTOFF)
    assert XlsxAnnexWriter().write(content) == XlsxAnnexWriter().write(content)
