"""The register of numbers as a workbook to print and bind: one sheet a series."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from duban.core.numbering import Series
from duban.core.papers import PaperState
from duban.core.plan import Plan
from duban.core.register_rows import EMPTY, HEADS, NumberLine, cells_of, conclusion_of, title_of

WIDTHS = (6, 26, 48, 26, 16, 12, 10)
VOID = (PaperState.VOID, PaperState.REVOKED)
NAME_LIMIT = 31  # Excel's, for the name of a sheet


class XlsxRegister:
    """Writes the register of a year; the same lines give the same bytes."""

    def write(self, plan: Plan, registers: Mapping[Series, Sequence[NumberLine]], created: datetime) -> bytes:
        """One sheet for each series, A4 across, its head on every page."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        book.set_properties({"created": created.replace(tzinfo=None)})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "head": book.add_format({"bold": True, "border": 1, "align": "center"}),
            "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "void": book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_strikeout": True}),
        }
        for series, lines in registers.items():
            _sheet(book, plan, series, lines, formats)
        if not registers:
            book.add_worksheet("登记簿").write_string(0, 0, EMPTY)
        book.close()
        return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    plan: Plan,
    series: Series,
    lines: Sequence[NumberLine],
    formats: Mapping[str, object],
) -> None:
    sheet = book.add_worksheet(f"{series.series}-{series.issuer}"[:NAME_LIMIT])
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, title_of(plan, series), formats["title"])
    for column, (name, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, formats["head"])
    for place, line in enumerate(lines, 2):
        void = line.paper is not None and line.paper.state in VOID
        for column, text in enumerate(cells_of(line)):
            sheet.write_string(place, column, text, formats["void" if void else "cell"])
    sheet.write_string(len(lines) + 2, 0, conclusion_of(lines))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
