"""Filling base documents: nothing is lost, nothing is left over, the same content gives the same bytes."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer, build_templates
from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.readback import lines_of
from duban.core.errors import InternalError
from duban.core.papers import Figure, PaperContent, PaperKind
from duban.core.zips import normalised
from fakes.assessments import at

HOSTILE = [
    "甲&乙",
    "面积<90㎡且>60㎡",
    "<select>丙</select>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{_{ x }_}",
    "}}",
    "“引号”'\"",
    "㙟𠮷〇",
    "名" * 40,
    "{# 注 #}",
]


@pytest.fixture
def composer(tmp_path: Path) -> DocxComposer:
    """A composer over one small base document: a sentence, a figure and a table."""
    paper = BasePaper("试")
    paper.body("{{ text }}在前，{{ figure.a.b }}个在后。")
    paper.table((Column("甲", 30, "{{ row.text }}"), Column("乙", 30, "{{ loop.index }}")), "row", "rows")
    package = BytesIO()
    paper.document().save(package)
    (tmp_path / "urge.docx").write_bytes(normalised(package.getvalue()))
    return DocxComposer(tmp_path)


def content(text: str, rows: int = 1, **more: object) -> PaperContent:
    paper = PaperContent(
        kind=PaperKind.URGE,
        title=f"标题{text}",
        to=(),
        cc=(),
        as_of=at(date(2018, 8, 3), 17),
        fields={"text": text, "rows": [{"text": f"{text}{row}"} for row in range(rows)]},
        figures=(Figure("a.b", "12", "test"),),
        quoted=tuple(f"{text}{row}" for row in range(rows)),
    )
    return replace(paper, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_survive_literally_in_prose_and_table(composer: DocxComposer, text: str) -> None:
    """gb9704.md §6.1: without escaping docxtpl loses text and says nothing."""
    lines = lines_of(composer.compose(content(text, quoted=(text, f"{text}0"))))
    assert f"{text}在前，12个在后。" in lines
    assert f"{text}0" in lines


def test_hostile_titles_are_escaped_once_in_the_properties(composer: DocxComposer) -> None:
    """autoescape reaches core properties too, unless they are set afterwards."""
    with zipfile.ZipFile(BytesIO(composer.compose(content("甲<乙&丙")))) as docx:
        assert "标题甲&lt;乙&amp;丙" in docx.read("docProps/core.xml").decode()


def test_control_characters_and_line_breaks_do_not_reach_the_paper(composer: DocxComposer) -> None:
    """docxtpl would raise on the first and make breaks of the others."""
    assert "甲 乙丙在前，12个在后。" in lines_of(composer.compose(content("甲\n乙\x0b丙\x00")))


@pytest.mark.parametrize("rows", [0, 1, 300])
def test_a_table_has_a_row_for_each_item_and_says_so_when_there_is_none(composer: DocxComposer, rows: int) -> None:
    """An empty list leaves 无, not a head without rows."""
    lines = lines_of(composer.compose(content("行", rows)))
    assert [line for line in lines if line.startswith("行") and line[1:].isdigit()] == [f"行{n}" for n in range(rows)]
    assert ("无" in lines) is (rows == 0)


def test_the_same_content_gives_the_same_bytes(composer: DocxComposer, tmp_path: Path) -> None:
    """Also from another composer."""
    once = composer.compose(content("甲"))
    assert once == composer.compose(content("甲"))
    assert once == DocxComposer(tmp_path).compose(content("甲"))


def test_entries_of_a_paper_are_sorted_and_bear_no_date(composer: DocxComposer) -> None:
    """python-docx writes the time of day into every entry."""
    with zipfile.ZipFile(BytesIO(composer.compose(content("甲")))) as docx:
        assert docx.namelist() == sorted(docx.namelist())
        assert {entry.date_time for entry in docx.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_unknown_name_in_a_template_is_an_error(composer: DocxComposer) -> None:
    """Jinja would print nothing."""
    with pytest.raises(InternalError, match="rows"):
        composer.compose(content("甲", fields={"text": "甲"}))


@pytest.mark.parametrize("value", [None, 3.5, True])
def test_a_value_that_is_no_text_is_an_error(composer: DocxComposer, value: object) -> None:
    """Numbers are worded before they reach a paper."""
    with pytest.raises(InternalError, match="prints texts"):
        composer.compose(content("甲", fields={"text": value, "rows": []}))


@pytest.mark.parametrize("word", ["None", "nan"])
def test_none_and_nan_in_our_own_text_are_errors(composer: DocxComposer, word: str) -> None:
    """They mean that a value was missing."""
    with pytest.raises(InternalError, match=word):
        composer.compose(content(f"逾期{word}天"))


def test_none_in_a_text_from_outside_is_its_own_affair(composer: DocxComposer) -> None:
    """A clerk may write None into a cell, and the slip says what was found."""
    assert "None在前，12个在后。" in lines_of(composer.compose(content("None", quoted=("None", "None0"))))


def test_templates_run_in_a_sandbox(tmp_path: Path) -> None:
    """Staff may edit templates; they may not reach into the process."""
    paper = BasePaper("试")
    paper.body("{{ text.__class__.__mro__ }}")
    package = BytesIO()
    paper.document().save(package)
    (tmp_path / "urge.docx").write_bytes(package.getvalue())
    with pytest.raises(InternalError, match="unsafe"):
        DocxComposer(tmp_path).compose(content("甲", figures=()))


def test_every_kind_that_is_drafted_has_a_base_document(tmp_path: Path) -> None:
    """One template a paper."""
    assert {path.stem for path in build_templates(tmp_path)} == {kind.value for kind in PaperKind}
