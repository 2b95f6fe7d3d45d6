"""Filling prepared documents: docxtpl itself is the reference, byte for byte and piece by piece."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from duban.adapters.word.filled import PROPERTIES, Filled, Properties, described, parts_of
from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.reference import DocxtplFilling
from duban.core.figures import FigureText, phrase
from duban.core.papers import PaperKind
from fakes.every_paper import contents

TEMPLATES = Path(__file__).parents[2] / "templates"
CREATED = datetime(2018, 8, 1, tzinfo=UTC)


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
    return {**content.fields, "figure": figures}


def result(filled: Filled) -> tuple[str, tuple[object, ...], str]:
    """The main text, what the paper says piece by piece, and the digest of its package."""
    package = filled.package(title="题 & <目>", author="署名", created=CREATED)
    return filled.body.decode(), filled.says().pieces, sha256(package).hexdigest()


def emptied(value: Any) -> Any:
    """The same fields with nothing in them: no text, no row."""
    if isinstance(value, Mapping):
        return {key: emptied(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return FigureText.of("", value.key) if isinstance(value, FigureText) else ""
    return [] if isinstance(value, list | tuple) else value


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
    prepared = PreparedFilling(path)

    expected = result(DocxtplFilling(path).fill(fields(kind)))

    assert prepared.possible
    assert result(prepared.fill(fields(kind))) == expected
    assert result(prepared.fill(fields(kind))) == expected


@pytest.mark.parametrize("kind", sorted(set(contents()) - {PaperKind("reporting_notice")}))
def test_every_base_document_is_filled_with_nothing_as_docxtpl_fills_it(kind: PaperKind) -> None:
    """Elements that are left empty are written as a tree writes them."""
    path, nothing = TEMPLATES / f"{kind}.docx", emptied(fields(kind))

    assert result(PreparedFilling(path).fill(nothing)) == result(DocxtplFilling(path).fill(nothing))


@pytest.mark.parametrize(
    "value",
    [
        "甲\n乙",
        "甲\t乙\x00\ufdd0",
        "甲 & <乙> \"丙\" '丁'",
        "{{ 甲 }}",
        "{%p if %}",
        "{_{ 甲 }_}",
        "",
        "　全角",
        3,
        FigureText.of("3 < 4", "key"),
        phrase("共", FigureText.of("3", "key"), "处 & 余"),
    ],
)
def test_values_come_out_as_docxtpl_writes_them(tmp_path: Path, value: object) -> None:
    """Breaks within a value, what looks like a tag or like XML, counters, figures, phrases."""
    path = made(
        tmp_path / "made.docx", "一 {{ value }} 二", "{{ value }}", "{%p if value %}", "有 {{ value }}", "{%p endif %}"
    )
    prepared = PreparedFilling(path)

    assert prepared.possible
    assert result(prepared.fill({"value": value})) == result(DocxtplFilling(path).fill({"value": value}))


@pytest.mark.parametrize("title", ["", "题", "A & B <\"'>", "题" * 255])
def test_properties_are_those_that_python_docx_writes(title: str) -> None:
    """Of a part that holds properties of its own."""
    part = parts_of(Document(str(TEMPLATES / "urge.docx")))[PROPERTIES]

    assert Properties(part).written(title=title, author=title, created=CREATED) == described(
        part, title=title, author=title, created=CREATED
    )


def test_a_document_whose_properties_hold_tags_is_left_to_docxtpl(tmp_path: Path) -> None:
    """docxtpl fills those in as well; we do not, so we must not try."""
    assert PreparedFilling(made(tmp_path / "plain.docx", "一")).possible
    assert not PreparedFilling(made(tmp_path / "tags.docx", "一", comments="{{ value }}")).possible


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{_{ 甲 }_}",),
        ("{% macro m() %}甲{% endmacro %}{{ m() }}",),
        ("{% set x %}甲{% endset %}{{ x }}",),
        ("{% filter upper %}a{% endfilter %}",),
        ("{{r value }}",),
        ("{% if value %}一{% endfor %}",),
    ],
    ids=["braces", "macro", "block set", "filter", "rich text", "broken"],
)
def test_what_is_not_plainly_text_is_left_to_docxtpl(tmp_path: Path, paragraphs: tuple[str, ...]) -> None:
    """Whatever a tree would write otherwise, and whatever hands over several texts as one."""
    assert not PreparedFilling(made(tmp_path / "made.docx", *paragraphs)).possible


@pytest.mark.parametrize("character", ["\n", "\t"], ids=repr)
def test_a_break_in_the_base_documents_own_text_is_left_to_docxtpl(tmp_path: Path, character: str) -> None:
    """It makes an element of it."""
    path = made(tmp_path / "made.docx", "一")
    document = Document(str(path))
    document.paragraphs[0].runs[0]._r.t_lst[0].text = f"一{character}二"
    document.save(str(path))

    assert not PreparedFilling(path).possible


def test_a_document_with_a_drawing_is_left_to_docxtpl(tmp_path: Path) -> None:
    """It numbers drawings anew."""
    path = made(tmp_path / "drawing.docx", "一")
    document = Document(str(path))
    element = document.paragraphs[0]._p
    element.append(element.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}docPr"))
    document.save(str(path))

    assert not PreparedFilling(path).possible


def test_a_document_with_a_tag_in_an_attribute_is_left_to_docxtpl(tmp_path: Path) -> None:
    """Attributes are escaped otherwise than texts."""
    path = made(tmp_path / "attribute.docx", "一")
    document = Document(str(path))
    document.paragraphs[0]._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "{{ value }}")
    document.save(str(path))

    assert not PreparedFilling(path).possible


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


LOOP = [("{%tr for n in found %}",), ("{{ n }}", "二", "三"), ("{%tr endfor %}",)]


@pytest.mark.parametrize("found", [[], ["甲"], ["甲", "乙", "丙", "丁"]], ids=len)
def test_a_table_that_always_fits_its_grid_is_filled_as_docxtpl_fills_it(tmp_path: Path, found: list[str]) -> None:
    """docxtpl would find nothing to mend."""
    path = with_table(tmp_path / "made.docx", ("一", "二", "三"), *LOOP)
    prepared = PreparedFilling(path)

    assert prepared.possible
    assert result(prepared.fill({"found": found})) == result(DocxtplFilling(path).fill({"found": found}))


@pytest.mark.parametrize(
    "rows",
    [
        [("一", "二"), *LOOP],
        [("{%tr if found %}",), ("一", "二", "三"), ("{%tr endif %}",), ("一", "二")],
        [("{%tc for n in found %}", "{{ n }}", "{%tc endfor %}")],
    ],
    ids=["a narrow head", "the wide row may go", "cells made by tags"],
)
def test_a_table_that_may_no_longer_fit_its_grid_is_left_to_docxtpl(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    """It mends the grid once it is filled in."""
    assert not PreparedFilling(with_table(tmp_path / "made.docx", *rows)).possible
