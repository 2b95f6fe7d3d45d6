"""Tables and page numbers: C41, C49."""

from collections.abc import Iterator, Sequence

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph, Table
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Subject, leading, nothing, one_decimal, trailing
from duban.adapters.gb9704.xml import child, millimetres, switched
from duban.core.conformance import Need, Where

BREAKING_ROWS = 10
"""Rows from which a table may well go on to the next page."""

LIST_COLUMNS = 3
"""Fewer columns make a form: what is to be filled in beside its label."""

WIDTH_TOLERANCE = 2.9
"""Points: 1 mm, the error of the type area that the standard allows (6.1)."""

GRID_TOLERANCE = 1.0
NUMBER_SIZE = 14.0
SIZE_TOLERANCE = 0.1
PLACE_TOLERANCE = 0.3


def tables(subject: Subject) -> Iterator[Outcome]:
    """C49: within the type area; widths that add up; heads repeated and rows kept whole."""
    colophon = subject.elements.colophon
    own = {line.table for line in colophon.paragraphs} if colophon else set()
    data = [table for table in subject.document.tables if table.ruled and not table.nested and table.index not in own]
    if not data:
        yield nothing(Name.TABLES)
    for table in data:
        yield from _table(subject, table)


def _table(subject: Subject, table: Table) -> Iterator[Outcome]:
    first = subject.document.paragraphs[table.first] if table.first < len(subject.document.paragraphs) else None
    where = first.where if first else NOWHERE
    room = subject.document.sections[first.section if first else 0].type_width
    wide = max(table.width or 0.0, sum(table.widths)) + max(0.0, table.indent)
    if wide > room + WIDTH_TOLERANCE:
        yield Hit("C49.wide", where, f"{one_decimal(millimetres(wide))} mm", f"{one_decimal(millimetres(room))} mm")
    if table.width is not None and abs(table.width - sum(table.widths)) > GRID_TOLERANCE:
        yield Hit("C49.grid", where, texts.GRID_WIDTHS.format(one_decimal(table.width), one_decimal(sum(table.widths))))
    if not table.fixed:
        yield Hit("C49.layout", where)
    if any(not row.kept for row in table.rows):
        yield Hit("C49.split", where)
    long = len(table.rows) >= BREAKING_ROWS and len(table.widths) >= LIST_COLUMNS
    if long and not table.rows[0].head:
        yield Hit("C49.head", where, texts.ROWS.format(len(table.rows)))


def page_numbers(subject: Subject) -> Iterator[Outcome]:
    """C41: — 1 —, 4号宋体, odd pages right and even pages left, one character in."""
    document, form = subject.document, subject.elements.form
    for at, section in enumerate(document.sections):
        odd = _numbered(document.margins_text.get(section.footers.get("default", ""), ()))
        even = _numbered(document.margins_text.get(section.footers.get("even", ""), ()))
        if odd is None:
            yield Hit("C41.missing", Where(excerpt=texts.NTH_SECTION.format(at + 1)))
            continue
        outer = odd.shape.frame.get("xAlign") == "outside"
        if not outer and not switched(child(document.settings, "w:evenAndOddHeaders")):
            yield Hit("C41.even_odd", odd.where)
        elif not outer and even is None:
            yield Hit("C41.even", Where(excerpt=texts.NTH_SECTION.format(at + 1)))
        for line, side in ((odd, "right"), (even, "left")):
            if line is not None:
                yield from _page_number(line, "outer" if outer else side)
        if section.title_page and form is not Form.LETTER and "first" not in section.footers and at == 0:
            yield Hit("C41.first", Where(excerpt=texts.NTH_SECTION.format(at + 1)))


def _numbered(lines: Sequence[Paragraph]) -> Paragraph | None:
    return next((line for line in lines if any("PAGE" in field.split() for field in line.fields)), None)


def _page_number(line: Paragraph, side: str) -> Iterator[Outcome]:
    look = next((run.look for run in line.runs if any(char.isdigit() for char in run.text)), line.look)
    found = words.PAGE_NUMBER.search(line.text)
    if not found or {found["left"], found["right"]} != {words.DASH}:
        yield Hit("C41.dashes", line.where, line.text or texts.ONLY_FIELD)
    if look.east not in words.SONGTI and look.latin not in words.SONGTI:
        yield Hit("C41.font", line.where, look.latin or look.east or texts.UNNAMED)
    if abs(look.size - NUMBER_SIZE) > SIZE_TOLERANCE:
        yield Hit("C41.size", line.where, texts.POINTS.format(f"{look.size:g}"))
    if side == "outer":
        return
    right = line.shape.align == "right"
    if right != (side == "right") or line.shape.align == "center":
        yield Hit(f"C41.{side}", line.where, line.shape.align)
        return
    gap = line.shape.right + trailing(line) if right else line.shape.left + line.shape.first + leading(line)
    if abs(gap / look.size - 1) > PLACE_TOLERANCE:
        yield Hit("C41.indent", line.where, texts.OUTER_GAP.format(gap / look.size))


ENTRIES: tuple[Entry, ...] = (
    ("C41", Need.XML, page_numbers),
    ("C49", Need.XML, tables),
)
