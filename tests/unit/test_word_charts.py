"""Charts in papers: native, with their data, the same every time, and only what the tables print."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from duban.adapters.word import DocxComposer
from duban.core.errors import InternalError
from duban.core.papers import PaperContent
from duban.pipeline.weekly_report import WeeklyReport
from fakes import paper_scenes as scenes
from fakes.paper_ports import FakeLedger, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHARTS = ["word/charts/chart1.xml", "word/charts/chart2.xml"]


@pytest.fixture(scope="module")
def content() -> PaperContent:
    """The weekly report in the middle of the season."""
    ports = (FakeLedger(scenes.MID_SEASON_RETURNS), desk_of(COMPOSER))
    report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), *ports)
    return report.content(report._issue(SMALL_WEEKS.closed_by(scenes.CUTOFF)))


@pytest.fixture(scope="module")
def package(content: PaperContent) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(COMPOSER.compose(content)))


def values(chart: bytes, kind: str) -> list[str]:
    """The values of the columns (`bar`) or of the line (`line`) of a chart."""
    plot = etree.fromstring(chart).find(f".//{C}{kind}Chart")
    assert plot is not None
    return [point.text or "" for point in plot.iterfind(f".//{C}val//{C}v")]


def test_a_report_has_one_chart_an_indicator(package: zipfile.ZipFile) -> None:
    """Charts that Word can edit, no pictures."""
    names = package.namelist()
    assert [name for name in names if name.startswith("word/charts/") and name.endswith(".xml")] == CHARTS
    assert not [name for name in names if name.startswith("word/media/")]


def test_a_chart_draws_the_rates_and_the_pace_line_that_the_tables_print(package: zipfile.ZipFile) -> None:
    """An office without a task has no column."""
    chart = package.read(CHARTS[0])
    assert values(chart, "bar") == ["66.7", "33.3", "50.0"]
    assert values(chart, "line") == ["33.3", "33.3", "33.3"]


def test_a_chart_can_be_read_in_black_and_white(package: zipfile.ZipFile) -> None:
    """A pattern for the columns, a marker for the line, and no colour but grey."""
    chart = package.read(CHARTS[0]).decode()
    assert "pattFill" in chart
    assert 'symbol val="dash"' in chart
    colours = {element.get("val") for element in etree.fromstring(chart.encode()).iter("{*}srgbClr")}
    assert colours == {"000000", "FFFFFF", "BFBFBF"}


def test_the_workbook_behind_a_chart_holds_its_data(package: zipfile.ZipFile) -> None:
    """Word opens it when somebody edits the data."""
    sheet = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (None, "完成率", "序时进度")
    assert rows[1] == ("南门办事处", 66.7, 33.3)
    assert rows[2][1:] == (None, None)


def test_a_chart_of_a_value_that_nobody_registered_keeps_the_paper_from_being_released(content: PaperContent) -> None:
    """A chart is held to the figures like the text."""
    chart = {
        "alt": "图",
        "offices": ["甲"],
        "series": [{"name": "率", "values": ["77.7%"]}, {"name": "线", "values": ["—"]}],
    }
    broken = PaperContent(**{**vars_of(content), "fields": {**content.fields, "charts": [chart]}})
    with pytest.raises(InternalError, match=r"77\.7"):
        COMPOSER.compose(broken)


def vars_of(content: PaperContent) -> dict[str, object]:
    return {name: getattr(content, name) for name in PaperContent.__slots__}


def test_hostile_names_survive_in_a_chart(content: PaperContent) -> None:
    """Names are escaped once, control characters dropped."""
    name = "甲&<乙>\x0b{{丙}}"
    charts = [{**chart, "offices": [name, *chart["offices"][1:]]} for chart in content.fields["charts"]]  # type: ignore[attr-defined]  # a list of mappings
    package = COMPOSER.compose(PaperContent(**{**vars_of(content), "fields": {**content.fields, "charts": charts}}))  # type: ignore[arg-type]  # fields by name
    with zipfile.ZipFile(io.BytesIO(package)) as docx:
        texts = [point.text for point in etree.fromstring(docx.read(CHARTS[0])).iter(f"{C}v")]
    assert "甲&<乙>{{丙}}" in texts


def test_before_the_implementation_phase_there_is_no_chart() -> None:
    """There is no pace line to compare with."""
    shelf, assess = MemoryShelf(), {scenes.FIRST_CUTOFF: scenes.before_the_freeze()}.__getitem__
    WeeklyReport(SMALL_PLAN, SMALL_WEEKS, assess, FakeLedger(), desk_of(COMPOSER, shelf)).draft(scenes.FIRST_CUTOFF)
    (package,) = shelf.files.values()
    assert not [name for name in zipfile.ZipFile(io.BytesIO(package)).namelist() if "chart" in name]
