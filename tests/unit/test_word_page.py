"""The page, the styles and the settings of every base document, read from its XML."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from duban.adapters.word.base import base_document
from duban.adapters.word.build import BASE_PAPERS, CITY, CITY_PAPERS, build_templates
from duban.adapters.word.oxml import W
from duban.adapters.word.sheet import FONTS, PROFILES, STYLES, TWIPS_PER_MM

KINDS = [*map(str, BASE_PAPERS), *(f"{CITY}/{kind}" for kind in CITY_PAPERS)]
COMMITTED = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("templates")
    build_templates(directory)
    return directory


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as docx:
        return etree.fromstring(docx.read(name))


def value(element: etree._Element | None, name: str) -> str | None:
    assert element is not None
    return element.get(f"{W}{name}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_a4_with_margins_37_35_28_26(built: Path, kind: str) -> None:
    """GB/T 9704 5.1, 5.2.1; 22 lines of 28.95 pt (5.2.3)."""
    section = part(built / f"{kind}.docx", "word/document.xml").find(f".//{W}sectPr")
    assert section is not None
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
    sides = [value(margins, side) for side in ("top", "bottom", "left", "right")]
    assert sides == ["2098", "1984", "1587", "1474"]
    assert (value(grid, "type"), value(grid, "linePitch")) == ("lines", "579")


def test_profile_b_has_the_margins_and_the_pitch_of_gb_t_33476(tmp_path: Path) -> None:
    """34.58 and 32.58 mm, 29.6 pt; the mark stays 72 mm from the top of the paper."""
    build_templates(tmp_path, PROFILES["B"])
    document = part(tmp_path / "circular.docx", "word/document.xml")
    section = document.find(f".//{W}sectPr")
    assert section is not None
    margins = section.find(f"{W}pgMar")
    assert (value(margins, "top"), value(margins, "bottom")) == ("1960", "1847")
    assert value(section.find(f"{W}docGrid"), "linePitch") == "592"
    drop = document.find(f".//{W}spacing")
    assert drop is not None
    assert 1960 + int(value(drop, "line") or 0) == pytest.approx(72 * TWIPS_PER_MM, abs=2)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_numbered_outside_odd_right_even_left(built: Path, kind: str) -> None:
    """GB/T 9704 7.5: — 1 —, 4号宋体, a PAGE field, one character from the edge."""
    docx = built / f"{kind}.docx"
    assert part(docx, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    section = Document(str(docx)).sections[0]
    for footer, style in ((section.footer, "PageOdd"), (section.even_page_footer, "PageEven")):
        paragraph = footer.paragraphs[0]
        assert paragraph.style is not None
        assert paragraph.style.style_id == style
        assert "".join(paragraph.text.split()) == "—1—"
        assert "PAGE" in etree.tostring(paragraph._element).decode()


def style_elements() -> Iterator[etree._Element]:
    yield from base_document().styles.element.findall(f"{W}style")


def test_every_style_names_one_font_four_times_and_no_theme() -> None:
    """Theme fonts win over named ones; a missing attribute lets Word set quotes in another font."""
    for style in style_elements():
        fonts = style.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        names = {fonts.get(f"{W}{face}") for face in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1
        assert names <= set(FONTS)
        assert fonts.get(f"{W}hint") == "eastAsia"
        assert not [name for name in fonts.attrib if "Theme" in str(name)]


def test_body_lines_are_exact_and_ignore_the_grid() -> None:
    """Otherwise the grid inflates big type and a page has 21 lines."""
    for style in style_elements():
        if style.get(f"{W}styleId") in ("BodyText", "Heading1", "Heading2", "Addressee", "Title"):
            assert value(style.find(f"{W}pPr/{W}snapToGrid"), "val") == "0"
            spacing = style.find(f"{W}pPr/{W}spacing")
            assert (value(spacing, "line"), value(spacing, "lineRule")) == ("579", "exact")


def test_body_paragraphs_are_indented_by_two_characters() -> None:
    """GB/T 9704 7.3.3: 每个自然段左空二字."""
    body = next(style for style in style_elements() if style.get(f"{W}styleId") == "BodyText")
    assert value(body.find(f"{W}pPr/{W}ind"), "firstLineChars") == "200"


def test_nothing_is_bold_and_only_marks_and_their_rule_are_red() -> None:
    """GB/T 9704 5.2.4, 7.3.3."""
    red = {style.key for style in STYLES if style.colour != "000000"}
    ruled = {style.key for style in STYLES if style.border is not None}
    assert red == {"Mark"}
    assert ruled == {"RedRule"}
    assert not [bold for style in style_elements() for bold in style.iter(f"{W}b")]


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_fixed_as_wide_as_their_columns_and_within_the_type_area(built: Path, kind: str) -> None:
    """tblW = sum of gridCol ≤ 156 mm; rows are never split, heads repeated."""
    for table in part(built / f"{kind}.docx", "word/document.xml").iter(f"{W}tbl"):
        width = int(value(table.find(f"{W}tblPr/{W}tblW"), "w") or 0)
        grid = [int(value(column, "w") or 0) for column in table.iter(f"{W}gridCol")]
        assert width == sum(grid) <= 8844
        assert value(table.find(f"{W}tblPr/{W}tblLayout"), "type") == "fixed"
        for row in table.iter(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            spans = [int(value(span, "val") or 1) for span in row.iter(f"{W}gridSpan")]
            assert len(list(row.iter(f"{W}tc"))) - len(spans) + sum(spans) == len(grid)


@pytest.mark.parametrize("kind", ["weekly_report", "return_slip"])
def test_data_tables_repeat_their_heads(built: Path, kind: str) -> None:
    """The head rows are the first rows of the table."""
    for table in part(built / f"{kind}.docx", "word/document.xml").iter(f"{W}tbl"):
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)


@pytest.mark.parametrize("kind", KINDS)
def test_each_template_tag_stands_in_one_run(built: Path, kind: str) -> None:
    """A tag split over runs cannot be edited in Word without breaking it."""
    for text in part(built / f"{kind}.docx", "word/document.xml").iter(f"{W}t"):
        content = text.text or ""
        assert content.count("{{") == content.count("}}")
        assert content.count("{%") == content.count("%}")
        assert content.count("{") in (0, 1, 2)


def test_building_the_base_documents_again_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Whatever the clock says."""
    again = {path.relative_to(tmp_path): path.read_bytes() for path in build_templates(tmp_path)}
    assert again == {path.relative_to(built): path.read_bytes() for path in built.rglob("*.docx")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_templates_are_what_the_build_writes(built: Path, kind: str) -> None:
    """Entry by entry, because zlib may pack differently elsewhere."""

    def entries(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as docx:
            return {name: docx.read(name) for name in docx.namelist()}

    assert entries(COMMITTED / f"{kind}.docx") == entries(built / f"{kind}.docx")


def test_a_letter_has_no_number_on_its_first_page_and_no_rules_in_its_foot(built: Path) -> None:
    """GB/T 9704 10.1: 首页不显示页码; 版记不加印发机关和印发日期、分隔线."""
    letter = built / "criticism_proposal.docx"
    section = Document(str(letter)).sections[0]
    assert section.different_first_page_header_footer
    assert "".join(paragraph.text for paragraph in section.first_page_footer.paragraphs) == ""
    document = part(letter, "word/document.xml")
    styles = [value(style, "val") for style in document.iter(f"{W}pStyle")]
    shaded = [p for p in document.iter(f"{W}p") if p.find(f"{W}pPr/{W}shd") is not None]
    assert {value(p.find(f"{W}pPr/{W}pStyle"), "val") for p in shaded} == {"Mark"}
    assert {value(p.find(f"{W}pPr/{W}shd"), "fill") for p in shaded} == {"FF0000"}
    assert "LetterNumber" in styles
    assert "印发" not in "".join(document.itertext()).replace("印发经", "")


def test_nothing_of_python_docx_is_left_in_a_base_document(built: Path) -> None:
    """Its styles, its theme, its thumbnail, its author."""
    with zipfile.ZipFile(built / "urge.docx") as docx:
        names = docx.namelist()
        core = docx.read("docProps/core.xml").decode()
    assert not [name for name in names if "theme" in name or "numbering" in name or "thumbnail" in name]
    assert "python-docx" not in core
