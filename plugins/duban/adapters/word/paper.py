"""The parts of a paper, put together from top to bottom: what the base documents in templates/ are written with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.adapters.word import oxml
from duban.adapters.word.base import base_document, set_properties
from duban.adapters.word.fitting import deepen
from duban.adapters.word.sheet import FORM_ROW, MARGIN_TOP, PROFILE_A, TWIPS_PER_MM, TYPE_WIDTH, Millimetres, Profile

if TYPE_CHECKING:
    from docx.document import Document

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: head, width in millimetres, the cell's text with its tags, the cell's style.

    `group` stands over neighbouring columns that share it.
    """

    head: str
    width: float
    text: str
    style: str = "CellCentre"
    group: str = ""

    @property
    def twips(self) -> int:
        """Rounded down, so that columns of 156 mm together stay within the type area."""
        return int(self.width * TWIPS_PER_MM)


class BasePaper:
    """A base document under construction. Every method adds one part below the last; texts may hold template tags."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._parts: list[str] = []
        self._first_page_numbered = True

    def text(self, style: str, text: str) -> None:
        """A paragraph of a named style."""
        self._parts.append(oxml.paragraph(style, text))

    def body(self, text: str) -> None:
        self.text("BodyText", text)

    def heading(self, text: str) -> None:
        self.text("Heading1", text)

    def when(self, condition: str, *paragraphs: tuple[str, str]) -> None:
        """Paragraphs (style, text) that are there only if `condition` holds."""
        self._tag(f"if {condition}")
        for style, text in paragraphs:
            self.text(style, text)
        self._tag("endif")

    def each(self, item: str, of: str, *paragraphs: tuple[str, str]) -> None:
        """Paragraphs (style, text) repeated for each `item`."""
        self._tag(f"for {item} in {of}")
        for style, text in paragraphs:
            self.text(style, text)
        self._tag("endfor")

    def begin(self, statement: str) -> None:
        """Open a block that `end` closes; for blocks around tables."""
        self._tag(statement)

    def end(self, statement: str) -> None:
        self._tag(statement)

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.text("Normal", "")

    def unnumbered_first_page(self) -> None:
        """Leave the number off the first page."""
        self._first_page_numbered = False

    def part(self, xml: str) -> None:
        """A part of the body as WordprocessingML."""
        self._parts.append(xml)

    def drop(self, length: Millimetres) -> None:
        """White space above the mark, from the upper edge of the type area."""
        self._parts.append(oxml.spacer(length.value * POINTS_PER_MM, "Drop"))

    def table(self, columns: Sequence[Column], item: str, of: str) -> None:
        """A table with a row for each `item`, its heads repeated on every page; no rows: one cell that says 无."""
        widths = [column.twips for column in columns]
        whole = sum(widths)
        rows = heads(columns)
        rows += _tag_row(f"for {item} in {of}", whole, len(columns))
        rows += oxml.row("".join(oxml.cell(c.twips, oxml.paragraph(c.style, c.text)) for c in columns))
        rows += _tag_row("endfor", whole, len(columns)) + _tag_row(f"if not {of}", whole, len(columns))
        rows += oxml.row(oxml.cell(whole, oxml.paragraph("CellCentre", "无"), len(columns)))
        rows += _tag_row("endif", whole, len(columns))
        self._parts.append(oxml.table(widths, rows))

    def sheet(self, label: float, rows: Sequence[tuple[str, str]]) -> None:
        """A form of two columns: labels `label` millimetres wide, and what is said or to be filled in beside them."""
        left = Column("", label, "").twips
        widths = [left, TYPE_WIDTH.twips - left]
        cells = (
            oxml.cell(widths[0], oxml.paragraph("CellHead", name)) + oxml.cell(widths[1], oxml.paragraph("Cell", text))
            for name, text in rows
        )
        self._parts.append(oxml.table(widths, "".join(oxml.row(pair, height=FORM_ROW.twips) for pair in cells)))

    def colophon(self, *texts: tuple[str, str]) -> None:
        """The 版记 at the foot of the last page: pairs of text and condition, between thick, thin and thick rules."""
        self._parts.append(oxml.foot(texts))
        self._parts.append(oxml.paragraph("Hair"))

    def red_rule(self) -> None:
        """The red rule as wide as the type area (7.2.7)."""
        self.text("RedRule", "")

    def document(self, profile: Profile = PROFILE_A) -> "Document":
        """The finished base document on the page of `profile`."""
        from docx.oxml import parse_xml

        document = base_document(profile)
        created = document.core_properties.created
        if created is not None:
            set_properties(document, title=self._title, author="duban", created=created)
        body = document.element.body
        wrapper = parse_xml(f'<w:body xmlns:w="{oxml.NAMESPACE}">{"".join(self._parts)}</w:body>')
        for position, part in enumerate(list(wrapper)):
            body.insert(position, part)
        if not self._first_page_numbered:
            section = document.sections[0]
            section.different_first_page_header_footer = True
            section.first_page_footer.is_linked_to_previous = False
        deepen(body, MARGIN_TOP.twips - profile.top.twips)
        return document

    def _tag(self, statement: str) -> None:
        self._parts.append(oxml.paragraph("Normal", f"{{%p {statement} %}}"))


def heads(columns: Sequence[Column]) -> str:
    """One head row, or two where columns are grouped: ungrouped heads then reach over both."""
    if not any(column.group for column in columns):
        return oxml.row("".join(oxml.cell(c.twips, _head(c.head)) for c in columns), head=True)
    upper, lower = "", ""
    position = 0
    while position < len(columns):
        column = columns[position]
        members = [c for c in columns[position:] if c.group == column.group] if column.group else [column]
        width = sum(member.twips for member in members)
        merge = "" if column.group else "restart"
        upper += oxml.cell(width, _head(column.group or column.head), len(members), merge)
        for member in members:
            lower += oxml.cell(member.twips, _head(member.head if column.group else ""), 1, "continue" if merge else "")
        position += len(members)
    return oxml.row(upper, head=True) + oxml.row(lower, head=True)


def _head(text: str) -> str:
    return oxml.paragraph("CellHead", text)


def _tag_row(statement: str, width: int, columns: int) -> str:
    """A row that holds a row tag alone; it vanishes when the paper is filled in."""
    return oxml.row(oxml.cell(width, oxml.paragraph("Cell", f"{{%tr {statement} %}}"), columns))
