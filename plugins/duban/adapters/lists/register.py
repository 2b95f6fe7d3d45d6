"""The register of numbers as a workbook to print and bind: one sheet a series."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from duban.adapters.lists import sheet as sheets
from duban.adapters.lists.sheet import book_of
from duban.core.numbering import Series
from duban.core.papers import PaperState
from duban.core.plan import Plan
from duban.core.register_rows import EMPTY, HEADS, NumberLine, cells_of, conclusion_of, title_of

WIDTHS = (6, 26, 48, 26, 16, 12, 10)
LOOKS = {
    "title": sheets.TITLE,
    "head": {"bold": True, "border": 1, "align": "center"},
    "cell": sheets.CELL,
    "void": {**sheets.CELL, "font_strikeout": True},
}
VOID = (PaperState.VOID, PaperState.REVOKED)
NAME_LIMIT = 31  # Excel's, for the name of a sheet


class XlsxRegister:
    """Writes the register of a year; the same lines give the same bytes."""

    def write(self, plan: Plan, registers: Mapping[Series, Sequence[NumberLine]], created: datetime) -> bytes:
        """One sheet for each series, A4 across, its head on every page."""
        buffer = io.BytesIO()
        with book_of(buffer, created) as book:
            formats = {name: book.add_format(look) for name, look in LOOKS.items()}
            for series, lines in registers.items():
                _sheet(book, plan, series, lines, formats)
            if not registers:
                book.add_worksheet("登记簿").write_string(0, 0, EMPTY)
        return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    plan: Plan,
    series: Series,
    lines: Sequence[NumberLine],
    formats: Mapping[str, object],
) -> None:
    sheet = book.add_worksheet(f"{series.series}-{series.issuer}"[:NAME_LIMIT])
    columns = tuple(zip(HEADS, WIDTHS, strict=True))
    sheets.begin(sheet, title_of(plan, series), columns, (formats["title"], formats["head"]))
    for place, line in enumerate(lines, sheets.FIRST):
        void = line.paper is not None and line.paper.state in VOID
        sheets.line(sheet, place, cells_of(line), columns, formats["void" if void else "cell"])
    sheet.write_string(len(lines) + sheets.FIRST, 0, conclusion_of(lines))
    sheets.for_print(sheet)
