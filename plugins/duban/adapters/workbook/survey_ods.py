"""What the parser does not tell of an .ods: seen in its content.xml."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, iterparse

from duban.adapters.workbook import limits
from duban.adapters.workbook.marks import Marks, Noted

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_TYPES = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type",
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SHOWN_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|Err:\d+")
_PERHAPS = (b'"error"', b"#", b"Err:", b"visibility=")


def survey_ods(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet by its name; of what cannot be parsed none, for the parser will say so."""
    if not any(sign in content for sign in _PERHAPS):
        return {}
    try:
        return {sheet.name: sheet.marks() for sheet in _sheets(content)}
    except ParseError:
        return {}


@dataclass(slots=True, kw_only=True)
class _Sheet(Noted):
    """A sheet as far as it has been read."""

    name: str
    row: int = 0
    column: int = 0

    def take_column(self, columns: Element) -> None:
        last = self.column + _repeated(columns, "columns")
        if _is_hidden(columns):
            self.hidden_columns.update(range(self.column, min(last, limits.LAST_COLUMN)))
        self.column = last

    def take_row(self, line: Element) -> None:
        rows = range(self.row, min(self.row + (count := _repeated(line, "rows")), limits.LAST_ROW))
        if _is_hidden(line):
            self.hidden_rows.update(rows)
        for columns, shown in _errors(line):
            self.faults |= {(row, column): shown for row in rows for column in columns}
        self.row += count


def _sheets(content: bytes) -> Iterator[_Sheet]:
    sheet = _Sheet(name="")
    for event, element in iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - unpack refused entities
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet = _Sheet(name=element.get(f"{_TABLE}name", ""))
        elif event == "end" and element.tag == f"{_TABLE}table-column":
            sheet.take_column(element)
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            sheet.take_row(element)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield sheet


def _errors(line: Element) -> Iterator[tuple[range, str]]:
    """The columns of each error cell of a line, and what it shows."""
    column = 0
    for cell in (cell for cell in line if cell.tag in _CELLS):
        last = column + _repeated(cell, "columns")
        shown = "".join(text for paragraph in cell.iter(_TEXT) for text in paragraph.itertext())
        if _is_error(cell, shown):
            yield range(column, min(last, limits.LAST_COLUMN)), shown
        column = last


def _is_error(cell: Element, shown: str) -> bool:
    if "error" in (cell.get(kind) for kind in _TYPES):
        return True
    return cell.get(f"{_TABLE}formula") is not None and _SHOWN_ERROR.fullmatch(shown) is not None


def _is_hidden(line: Element) -> bool:
    return line.get(f"{_TABLE}visibility", "visible") != "visible"


def _repeated(element: Element, what: str) -> int:
    count = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(count) if count.isdecimal() else 1
