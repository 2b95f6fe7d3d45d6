"""The proof of a finished paper: it says what was registered, and not one number more, fewer or other."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from duban.adapters.word import DocxComposer
from duban.adapters.word.oxml import W
from duban.adapters.word.paper import BasePaper
from duban.adapters.word.readback import lines_of, prove
from duban.adapters.word.transcript import Transcript
from duban.core.errors import InternalError
from duban.core.figure_rules import RULES
from duban.core.figures import Figures, joined, phrase
from duban.core.paper_numbers import numbered_texts
from duban.core.papers import Figure, PaperContent, PaperKind
from duban.core.zips import normalised
from duban.pipeline.return_slip import ReturnSlip
from duban.pipeline.weekly_report import WeeklyReport
from fakes import paper_scenes as scenes
from fakes.assessments import at
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

TEMPLATES = Path(__file__).parents[2] / "templates"
Paper = tuple[PaperContent, bytes, Transcript]
Change = Callable[[etree._Element], None]


def finished(content: PaperContent) -> Paper:
    composer = DocxComposer(TEMPLATES)
    return content, composer.compose(content), composer._filled(content).says()


@pytest.fixture(scope="module")
def report() -> Paper:
    """The weekly report in the middle of the season."""
    ports = (FakeLedger(scenes.MID_SEASON_RETURNS), desk_of(DocxComposer(TEMPLATES)))
    use_case = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), *ports)
    return finished(use_case.content(use_case._issue(SMALL_WEEKS.closed_by(scenes.CUTOFF))))


@pytest.fixture(scope="module")
def slip() -> Paper:
    """A correction slip."""
    use_case = ReturnSlip(SMALL_PLAN, SMALL_WEEKS, DocxComposer(TEMPLATES), MemoryRegister(), MemoryShelf())
    return finished(use_case.content(scenes.MID_SEASON_RETURNS[2], "南门办事处", scenes.CUTOFF))


def changed(package: bytes, change: Change) -> bytes:
    """A paper whose body somebody changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            written.writestr(name, content)
    return target.getvalue()


def texts(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter(f"{W}t") if any(map(str.isdigit, element.text or "")))


def another_digit(text: str) -> str:
    """The text with its last digit one higher."""
    at = max(place for place, character in enumerate(text) if character.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


@pytest.mark.parametrize("paper", ["report", "slip"])
def test_a_paper_with_one_digit_changed_is_refused(paper: str, request: pytest.FixtureRequest) -> None:
    """Wherever the digit stands: prose, table, date, number, annex."""
    content, package, expected = request.getfixturevalue(paper)
    with zipfile.ZipFile(BytesIO(package)) as docx:
        places = len(list(texts(etree.fromstring(docx.read("word/document.xml")))))
    assert places > 10
    for place in range(0, places, 1 + places // 60):  # some sixty of them, over the whole paper

        def change(root: etree._Element, place: int = place) -> None:
            element = list(texts(root))[place]
            element.text = another_digit(element.text or "")

        with pytest.raises(InternalError, match="was written"):
            prove(content, changed(package, change), expected)


def test_a_paper_whose_figures_changed_places_is_refused(report: Paper) -> None:
    """The same numbers in other cells are other facts."""
    content, package, expected = report

    def change(root: etree._Element) -> None:
        first, second = [element for element in texts(root) if element.text in ("2", "1")][:2]
        first.text, second.text = second.text, first.text

    with pytest.raises(InternalError, match="was written"):
        prove(content, changed(package, change), expected)


def test_a_paper_that_lost_a_row_is_refused(report: Paper) -> None:
    """A figure is missing."""
    content, package, expected = report

    def change(root: etree._Element) -> None:
        row = next(row for row in root.iter(f"{W}tr") if any(True for _ in texts(row)))
        row.getparent().remove(row)

    with pytest.raises(InternalError, match="was written"):
        prove(content, changed(package, change), expected)


def test_a_paper_with_a_number_more_is_refused(report: Paper) -> None:
    """Though it may be the text of a figure."""
    content, package, expected = report

    def change(root: etree._Element) -> None:
        element = next(texts(root))
        element.text = f"{element.text}3"

    with pytest.raises(InternalError, match="was written"):
        prove(content, changed(package, change), expected)


def test_the_composer_holds_a_paper_of_the_shelf_to_its_content(report: Paper) -> None:
    """The same proof later, when a paper is to be signed or sent."""
    content, package, _ = report
    composer = DocxComposer(TEMPLATES)
    composer.prove(content, package)
    with pytest.raises(InternalError, match="was written"):
        composer.prove(content, changed(package, lambda root: next(texts(root)).clear()))


def test_every_figure_of_a_paper_names_a_declared_rule(report: Paper, slip: Paper) -> None:
    """Unit and source follow from the rule."""
    figures = (*report[0].figures, *slip[0].figures)
    assert {figure.definition for figure in figures} <= RULES.keys()
    assert all(figure.rule.known for figure in figures)


def test_page_numbers_are_no_text_of_a_paper(report: Paper) -> None:
    """They are fields: what stands in them is the word processor's."""
    assert lines_of(report[1])[-1] == "—  —"


@pytest.fixture
def compose(tmp_path: Path) -> Callable[..., bytes]:
    """Composes a paper of one sentence: `wording` with tags, and fields."""

    def composed(wording: str, figures: tuple[Figure, ...] = (), **more: object) -> bytes:
        paper = BasePaper("试")
        paper.body(wording)
        package = BytesIO()
        paper.document().save(package)
        (tmp_path / "urge.docx").write_bytes(normalised(package.getvalue()))
        constants = more.pop("constants", ())
        quoted = more.pop("quoted", ())
        content = PaperContent(PaperKind.URGE, "题", (), (), at(date(2018, 8, 3), 17), more, figures)
        content = replace(content, constants=constants, quoted=quoted)  # type: ignore[arg-type]  # texts
        return DocxComposer(tmp_path).compose(content)

    return composed


Compose = Callable[..., bytes]
FIGURE = Figure("a.b", "12", "test")


def test_a_registered_figure_that_is_not_printed_is_missed(compose: Compose) -> None:
    """Also when its number stands elsewhere."""
    other = Figure("a.c", "12", "test")
    with pytest.raises(InternalError, match=r"not printed: a\.c"):
        compose("共{{ figure.a.b }}个", (FIGURE, other))


def test_a_number_in_a_field_that_is_no_figure_is_refused(compose: Compose) -> None:
    """It would have no source."""
    with pytest.raises(InternalError, match="12 in '共12个'"):
        compose("{{ text }}", text="共12个")


def test_a_number_typed_into_a_template_is_refused(compose: Compose) -> None:
    """Staff may edit wording, not facts."""
    with pytest.raises(InternalError, match="6 in '共6个办事处'"):
        compose("共6个办事处")


@pytest.mark.parametrize(
    "wording", ["1.加强领导", "表3　退回补正情况", "见附件2", "注：1.甲；2.乙。", "（1）甲", "第一时间报送"]
)
def test_numbering_is_wording(compose: Compose, wording: str) -> None:
    """Heads, tables, annexes and notes are counted by the template."""
    assert wording in lines_of(compose(wording))


@pytest.mark.parametrize(
    "text",
    [
        "2018年8月3日17时",
        "8月3日8时30分",
        "2018年底",
        "2018年8月份",
        "8月",
        "截至2018-08-03",
        "郑经管办〔2018〕92号",
        "东整〔2018〕〔待编〕号",
        "第3期（总第12期）",
        "《关于印发2018年实施方案的通知》",
        "0371****234",
        "R03",
        "F9",
        "MH-001",
        "《条例》第24条",
    ],
)
def test_dates_document_numbers_and_codes_count_nothing(compose: Compose, text: str) -> None:
    """They are constants by their form."""
    assert text in lines_of(compose("{{ text }}", text=text))


@pytest.mark.parametrize("text", ["8个月", "30%", "第三季度", "18", "3处", "2018个"])
def test_what_counts_is_no_constant(compose: Compose, text: str) -> None:
    """However much it looks like part of a date."""
    with pytest.raises(InternalError, match="neither a registered figure"):
        compose("{{ text }}", text=text)


def test_a_registered_constant_may_hold_numbers(compose: Compose) -> None:
    """A clause, whose quotation marks change when it is quoted."""
    clause = "完成“提升”任务的30%。"
    assert "按照“完成‘提升’任务的30%”" in lines_of(
        compose("按照“{{ text }}”", text="完成‘提升’任务的30%", constants=(clause,))
    )


def test_a_bare_number_is_never_a_constant(compose: Compose) -> None:
    """It would hide counts."""
    with pytest.raises(InternalError, match="30 in"):
        compose("{{ text }}", text="30", constants=("30", "30%"))


def test_texts_from_outside_may_hold_anything(compose: Compose) -> None:
    """But they are known by the whole text."""
    assert "“12栋”" in lines_of(compose("“{{ text }}”", text="12栋", quoted=("12栋",)))
    with pytest.raises(InternalError, match="12 in"):
        compose("{{ text }}", text="共12栋", quoted=("12栋",))


def test_neighbouring_numbers_may_not_run_together(compose: Compose) -> None:
    """Two figures would read as one that nobody registered."""
    with pytest.raises(InternalError, match="run together"):
        compose("{{ figure.a.b }}{{ figure.a.c }}", (FIGURE, Figure("a.c", "3", "test")))


def test_a_figure_of_another_text_is_refused(compose: Compose) -> None:
    """What is printed under a key is what is registered under it."""
    with pytest.raises(InternalError, match=r"figure a\.b, registered as '12'"):
        compose("{{ text }}和{{ figure.a.b }}", (FIGURE,), text=Figures().add("a.b", "13", "test"))


def test_a_phrase_keeps_its_figures(compose: Compose) -> None:
    """Sentences may be put together before they reach the template."""
    figures = Figures()
    faults = [phrase("R0", "类", figures.add(f"faults.{n}", str(n), "test"), "处") for n in (1, 2)]
    assert "有R0类1处；R0类2处" in lines_of(compose("有{{ text }}", figures.all(), text=joined("；", faults)))
    with pytest.raises(InternalError, match="neither a registered figure"):
        compose("有{{ text }}", figures.all(), text=f"{faults[0]}；{faults[1]}")


def test_ordinals_of_items_follow_each_other(compose: Compose) -> None:
    """（一）（二）（三）: one left out is an item lost."""
    items = [{"ordinal": "一"}, {"ordinal": "二"}]
    wording = "{% for item in items %}（{{ item.ordinal }}）项{% endfor %}"
    assert "（一）项（二）项" in lines_of(compose(wording, items=items))
    with pytest.raises(InternalError, match="三 stands where 二 comes next"):
        compose(wording, items=[{"ordinal": "一"}, {"ordinal": "三"}])


def parts_changed(package: bytes, part: str, old: str, new: str) -> bytes:
    """A paper in one part of which `old` reads `new`, once."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            content = source.read(name)
            written.writestr(name, content.replace(old.encode(), new.encode(), 1) if name == part else content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<c:v>66.7</c:v>", "<c:v>33.3</c:v>", "where"),
        ("<c:v>南门办事处</c:v>", "<c:v>西昌办事处</c:v>", "where"),
        ("<c:v>南门办事处</c:v>", "<c:v>南门3个</c:v>", "the chart's label '南门3个'"),
    ],
)
def test_a_chart_shows_the_figures_of_its_paper_and_nothing_else(report: Paper, old: str, new: str, told: str) -> None:
    """Another registered figure in its place is as wrong as one that nobody registered."""
    content, package, expected = report
    drawn = parts_changed(package, "word/charts/chart1.xml", old, new)
    assert drawn != parts_changed(package, "word/charts/chart1.xml", "", "")
    with pytest.raises(InternalError, match=told):
        prove(content, drawn, expected)


def test_a_paper_that_lost_its_chart_is_refused(report: Paper) -> None:
    """As many as were given."""
    content, package, expected = report
    without = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(without, "w") as written:
        for name in source.namelist():
            if name != "word/charts/chart1.xml":
                written.writestr(name, source.read(name))
    with pytest.raises(InternalError, match="1 charts are drawn where 2 were given"):
        prove(content, without.getvalue(), expected)


def test_a_chart_of_a_number_that_nobody_registered_is_refused(report: Paper) -> None:
    """Values are what Figures.add returned."""
    content, package, expected = report
    charts = [dict(chart) for chart in content.fields["charts"]]  # type: ignore[attr-defined]  # a list of charts
    charts[0]["series"] = [{**series, "values": list(map(str, series["values"]))} for series in charts[0]["series"]]
    with pytest.raises(InternalError, match="in a chart is no registered figure"):
        prove(replace(content, fields={**content.fields, "charts": charts}), package, expected)


def test_the_plans_own_texts_may_hold_numbers() -> None:
    """Clauses, titles, names; a text that is only a number is none of them."""
    found = numbered_texts(SMALL_PLAN)
    assert "东管〔2018〕7号" in found
    assert '由各办"牵头"摸底(7月29日前)，建立台账' in found
    assert all(any(character.isalpha() for character in text) for text in found)
