"""Writing values as what they are: whatever a text begins with, it stays a text."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from duban.core.checked import Value

Target = Path | str | BinaryIO


def open_book(file: Target, day: date) -> Any:
    """A new XlsxWriter workbook whose bytes depend on what is written into it and on nothing else."""
    import xlsxwriter  # noqa: PLC0415 - the reading child imports this package and must start quickly

    target = str(file) if isinstance(file, Path) else file
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime.combine(day, time()), "author": "", "comments": ""})
    return book


def write_value(sheet: Any, row: int, column: int, value: Value, style: Any = None) -> None:
    """Write one value; rows and columns from 0."""
    match value:
        case None | "":
            sheet.write_blank(row, column, None, style)
        case str():
            sheet.write_string(row, column, value, style)
        case date():
            sheet.write_datetime(row, column, value, style)
        case int() | Decimal():
            sheet.write_number(row, column, value, style)
