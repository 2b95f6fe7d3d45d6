"""A fresh workbook with what was read of the office's: values in their places, nothing of its looks."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from duban.adapters.markup.cells import write_text
from duban.adapters.markup.titles import safe_title
from duban.core.layout import lay_out
from duban.core.returns import Form
from duban.core.sheets import CellValue, RawBook, RawSheet, column_letter

_NO_SHEET_NAMES = "csv"
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 32, 200
_FORMATS: tuple[tuple[type, str], ...] = (
    (datetime, "yyyy-mm-dd hh:mm:ss"),
    (date, "yyyy-mm-dd"),
    (time, "hh:mm:ss"),
    (timedelta, "[h]:mm:ss"),
)


def rebuild(book: RawBook, form: Form) -> tuple[Any, Mapping[str, Any]]:
    """A new workbook with the sheets of `book`, and its sheets by the names that they have there.

    The only sheet of a .csv, whose name is its file's, is named as the form names the table that it holds. Sheets that
    are called alike are numbered (by openpyxl).
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    titles = _table_names(book, form) if book.container == _NO_SHEET_NAMES else {}
    sheets: dict[str, Any] = {}
    for raw in book.sheets:
        sheet = workbook.create_sheet(safe_title(titles.get(raw.name, raw.name)))
        sheets.setdefault(raw.name, sheet)
        _fill(sheet, raw)
    return workbook, sheets


def _table_names(book: RawBook, form: Form) -> dict[str, str]:
    return {table.sheet: table.table.sheet for table in lay_out(book, form).tables.values()}


def _fill(sheet: Any, raw: RawSheet) -> None:
    for row, values in enumerate(raw.rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                _write(sheet.cell(row, column), value)
    for (row, column), shown in raw.faults.items():
        write_text(sheet.cell(row + 1, column + 1), shown)
    for index, width in enumerate(_widths(raw)):
        sheet.column_dimensions[column_letter(index)].width = width
    if not raw.visible:
        sheet.sheet_state = "hidden"


def _write(cell: Any, value: CellValue) -> None:
    if isinstance(value, str):
        write_text(cell, value)
        return
    cell.value = value
    number_format = next((shape for kind, shape in _FORMATS if isinstance(value, kind)), None)
    if number_format:
        cell.number_format = number_format


def _widths(raw: RawSheet) -> list[int]:
    """Wide enough for what stands in the first lines; Chinese characters count twice."""
    rows = raw.rows[:_LOOKED_AT]
    wanted = [_NARROWEST] * max(map(len, rows), default=0)
    for row in rows:
        for index, value in enumerate(row):
            text = "" if value is None else str(value)
            wanted[index] = max(wanted[index], len(text) + sum(not character.isascii() for character in text) + 2)
    return [min(width, _WIDEST) for width in wanted]
