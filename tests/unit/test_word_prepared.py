"""Filling prepared documents: docxtpl itself is the reference, byte for byte."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from duban.adapters.word.compose import MARKS, environment
from duban.adapters.word.filled import Filled
from duban.adapters.word.marks import Marks
from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.reference import DocxtplFilling
from duban.core.figures import FigureText
from duban.core.papers import PaperKind
from fakes.every_paper import contents

TEMPLATES = Path(__file__).parents[2] / "templates"


def fields(kind: PaperKind) -> Mapping[str, Any]:
    """What a paper of this kind is filled in with."""
    content = contents()[kind]
    figures: dict[str, Any] = {}
    for figure in content.figures:
        *path, name = figure.key.split(".")
        branch = figures
        for part in path:
            branch = branch.setdefault(part, {})
        branch[name] = FigureText.of(figure.text, figure.key)
    return {**content.fields, "figure": figures, MARKS: Marks()}


def package(filled: Filled) -> bytes:
    return filled.package(title="题", author="署名", created=datetime(2018, 8, 1, tzinfo=UTC))


def made(path: Path, *paragraphs: str, comments: str = "") -> Path:
    """A base document with these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.comments = comments
    document.save(str(path))
    return path


@pytest.mark.parametrize("kind", sorted(contents()))
def test_every_base_document_is_filled_as_docxtpl_fills_it(kind: PaperKind) -> None:
    """Twice from one preparation: a filling leaves nothing behind for the next."""
    path = TEMPLATES / f"{kind}.docx"
    prepared = PreparedFilling(path, environment())

    expected = package(DocxtplFilling(path, environment()).fill(fields(kind)))

    assert prepared.possible
    assert package(prepared.fill(fields(kind))) == expected
    assert package(prepared.fill(fields(kind))) == expected


@pytest.mark.parametrize("value", ["甲\n乙", "甲\t乙", "甲 & <乙>", "{{ 甲 }}", "{%p if %}", "{_{ 甲 }_}"])
def test_values_come_out_as_docxtpl_writes_them(tmp_path: Path, value: str) -> None:
    """Breaks within a value, and what looks like a tag."""
    path = made(tmp_path / "made.docx", "一 {{ value }} 二", "{%p if value %}", "有 {{ value }}", "{%p endif %}")
    given = {"value": value, MARKS: Marks()}

    expected = package(DocxtplFilling(path, environment()).fill(given))

    assert package(PreparedFilling(path, environment()).fill({**given, MARKS: Marks()})) == expected


def test_a_document_whose_properties_hold_tags_is_left_to_docxtpl(tmp_path: Path) -> None:
    """docxtpl fills those in as well; we do not, so we must not try."""
    assert PreparedFilling(made(tmp_path / "plain.docx", "一"), environment()).possible
    assert not PreparedFilling(made(tmp_path / "tags.docx", "一", comments="{{ value }}"), environment()).possible


def test_a_document_with_a_drawing_is_left_to_docxtpl(tmp_path: Path) -> None:
    """It numbers drawings anew."""
    path = made(tmp_path / "drawing.docx", "一")
    document = Document(str(path))
    element = document.paragraphs[0]._p
    element.append(element.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}docPr"))
    document.save(str(path))

    assert not PreparedFilling(path, environment()).possible


def with_table(path: Path, *rows: tuple[str, ...]) -> Path:
    """A base document with a table of three columns, and rows of up to so many cells."""
    document = Document()
    table = document.add_table(len(rows), 3)
    for line, texts in zip(table.rows, rows, strict=True):
        for cell in list(line._tr.tc_lst)[len(texts) :]:
            line._tr.remove(cell)
        for cell, text in zip(line._tr.tc_lst, texts, strict=True):
            cell.p_lst[0].add_r().text = text
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [("一", "二", "三"), ("{%tr for n in found %}",), ("{{ n }}", "二", "三"), ("{%tr endfor %}",)],
        [("一", "二"), ("{%tr for n in found %}",), ("{{ n }}", "二", "三"), ("{%tr endfor %}",)],
        [("{%tr if found %}",), ("一", "二", "三"), ("{%tr endif %}",), ("一", "二")],
        [("{%tc for n in found %}", "{{ n }}", "{%tc endfor %}")],
    ],
    ids=["every row as wide", "a narrow head", "the wide row may go", "cells made by tags"],
)
@pytest.mark.parametrize("found", [[], ["甲"], ["甲", "乙", "丙", "丁"]], ids=len)
def test_grids_are_mended_as_docxtpl_mends_them(tmp_path: Path, rows: list[tuple[str, ...]], found: list[str]) -> None:
    """Where a table may no longer fit its grid once it is filled in, and where it always does."""
    path = with_table(tmp_path / "made.docx", *rows)

    expected = package(DocxtplFilling(path, environment()).fill({"found": found, MARKS: Marks()}))

    assert package(PreparedFilling(path, environment()).fill({"found": found, MARKS: Marks()})) == expected


def test_a_break_in_the_base_documents_own_text_comes_out_as_docxtpl_writes_it(tmp_path: Path) -> None:
    """It makes a line break of a line's end that stands in a text."""
    path = made(tmp_path / "made.docx", "一")
    document = Document(str(path))
    document.paragraphs[0].runs[0]._r.t_lst[0].text = "一\n二"
    document.save(str(path))

    expected = package(DocxtplFilling(path, environment()).fill({MARKS: Marks()}))

    assert package(PreparedFilling(path, environment()).fill({MARKS: Marks()})) == expected
