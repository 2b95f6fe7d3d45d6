"""A list on paper: a title, heads, lines of texts, A4 across with its heads on every page."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import xlsxwriter

from duban.core.row_heights import row_height

TITLE = {"bold": True, "font_size": 16, "align": "center"}
HEAD = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
CELL = {"border": 1, "text_wrap": True, "valign": "top"}
FIRST = 2  # the line under the heads
A4 = 9  # Excel's number for the size
LEAST_HEIGHT = 15

Columns = Sequence[tuple[str, int]]
"""Pairs of head and width in characters."""


@contextmanager
def book_of(buffer: io.BytesIO, created: datetime, **options: bool) -> Iterator[xlsxwriter.Workbook]:
    """A workbook into `buffer`; the same texts and day give the same bytes. A text is never a formula."""
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, **options})
    book.set_properties({"created": created.replace(tzinfo=None)})
    yield book
    book.close()


def begin(sheet: Any, title: str, columns: Columns, formats: tuple[Any, Any]) -> None:
    """Title and heads; `formats` are those of title and heads."""
    sheet.merge_range(0, 0, 0, len(columns) - 1, title, formats[0])
    sheet.set_row(1, row_height(columns, LEAST_HEIGHT))
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, formats[1])


def line(sheet: Any, place: int, texts: Sequence[str], columns: Columns, style: Any, first: int = 0) -> None:
    """A line of texts from the column `first` on, as high as the longest of them."""
    widths = (width for _, width in columns[first:])
    sheet.set_row(place, row_height(zip(texts, widths, strict=False), LEAST_HEIGHT))
    for column, text in enumerate(texts, first):
        sheet.write_string(place, column, text, style)


def for_print(sheet: Any) -> None:
    """As wide as a page, as long as it takes."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
