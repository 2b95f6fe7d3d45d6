"""The blank workbook that an office gets for a week, from the form's declaration (returns.md)."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from duban.adapters.workbook import blank_texts as texts
from duban.adapters.workbook.blank_table import BlankTable, Row, identifier_span, print_setup
from duban.adapters.workbook.entry import Filing, example, too_long, validation
from duban.adapters.workbook.styles import INDENT, Styles
from duban.adapters.workbook.written import Target, open_book, write_value
from duban.core.checked import Value
from duban.core.returns import FORM_VERSION, Column, Form, ReturnKind, Table
from duban.core.row_heights import row_height
from duban.core.sheets import column_letter

if TYPE_CHECKING:
    # The reading child imports this package and must start quickly.
    from duban.core.prefill import Prefilled

_LABELS, _VALUES, _FIRST_LABEL = 0, 1, 2
_COVER_WIDTHS = (20, 46)
_GUIDE_WIDTHS = (12, 18, 11, 70, 26)
_NOTE_HEIGHT = 15  # points
_CENTRED = {"align": "center", "indent": 0}
_GUIDE_ALIGN = {0: _CENTRED, 2: _CENTRED}


class Sender(Protocol):
    """The office whose blank it is."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class BlankWorkbooks:
    """pipeline.blanks.BlankWriter."""

    def write(self, office: Sender, cutoff: date, filled: "Prefilled") -> bytes:
        """The blank as the bytes of an .xlsx."""
        file = io.BytesIO()
        write_blank(filled.form, office, cutoff, file, tables=filled.tables, marks=filled)
        return file.getvalue()


def write_blank(
    form: Form,
    office: Sender,
    cutoff: date,
    file: Target,
    *,
    tables: Mapping[str, Sequence[Row]] | None = None,
    marks: "Prefilled | None" = None,
) -> None:
    """Write the blank of `office` for the week that ends on `cutoff` to a path or binary stream.

    `tables` pre-fills: by the table's key (`work`, `project`, `reasons` …) rows of values by the column's key. The
    小区编号 of such a row is locked. `marks` says what was refused of them and what is overdue, to be seen until the
    cell is brought up to date. The same arguments give the same bytes.
    """
    rows = tables or {}
    filing = Filing(office.code, office.name, cutoff)
    book = open_book(file, cutoff)
    styles = Styles(book)
    _write_cover(book.add_worksheet(form.cover_sheet), styles, form, filing)
    known = _known_identifiers(form)
    written = (*form.tables, form.reasons)
    sheets = [book.add_worksheet(table.sheet) for table in written]
    guide = book.add_worksheet(texts.GUIDE_SHEET)
    lists = _write_lists(book, written)
    for sheet, table in zip(sheets, written, strict=True):
        page = BlankTable(sheet, styles, table, filing)
        page.write(rows.get(table.key, ()), lists, known)
        if marks:
            page.mark(rows.get(table.key, ()), marks)
    _write_guide(guide, styles, written, filing)
    book.close()


def _write_cover(sheet: Any, styles: Styles, form: Form, filing: Filing) -> None:
    """Labels in the first column, values in the second. What the system knows is filled in and locked."""
    known: Mapping[str, Value] = {"office": filing.name, "week": filing.cutoff, "version": FORM_VERSION}
    values = {"kind": ReturnKind.NORMAL.value, **known}
    for index, column_width in enumerate(_COVER_WIDTHS):
        sheet.set_column(index, index, column_width)
    sheet.merge_range(0, _LABELS, 0, _VALUES, texts.COVER_TITLE, styles.title())
    sheet.set_row(0, 40)
    for row, column in enumerate(form.cover, _FIRST_LABEL):
        sheet.set_row(row, 26)
        sheet.write_string(row, _LABELS, column.header, styles.label())
        write_value(sheet, row, _VALUES, values.get(column.key), styles.cell(column, locked=column.key in known))
        _guard_cover(sheet, row, column, filing)
    for row, note in enumerate(texts.COVER_NOTES, _FIRST_LABEL + len(form.cover) + 1):
        _write_note(sheet, row, note, _COVER_WIDTHS, styles)
    print_setup(sheet)
    sheet.protect()


def _write_note(sheet: Any, row: int, note: str, widths: Sequence[int], styles: Styles) -> None:
    """A note across the columns of these widths, its row as high as the note: that of merged cells never grows."""
    sheet.set_row(row, row_height([(note, sum(widths) - INDENT)], _NOTE_HEIGHT))
    sheet.merge_range(row, 0, row, len(widths) - 1, note, styles.note())


def _guard_cover(sheet: Any, row: int, column: Column, filing: Filing) -> None:
    rule = validation(column, filing, {})
    if rule:
        sheet.data_validation(row, _VALUES, row, _VALUES, rule)


def _known_identifiers(form: Form) -> tuple[str, Any] | None:
    """Sheet and cells of the table that every other 小区编号 must stand in: the first one."""
    span = identifier_span(form.tables[0])
    return (form.tables[0].sheet, span) if span else None


def _write_lists(book: Any, tables: Sequence[Table]) -> dict[str, str]:
    """Choices that are too long for a validation go into a hidden sheet; returns their ranges by column key."""
    long = [column for table in tables for column in table.columns if too_long(column)]
    if not long:
        return {}
    sheet = book.add_worksheet(texts.LISTS_SHEET)
    sheet.hide()
    ranges = {}
    for index, column in enumerate(long):
        letter = column_letter(index)
        sheet.write_column(0, index, column.choices)
        ranges[column.key] = f"='{texts.LISTS_SHEET}'!${letter}$1:${letter}${len(column.choices)}"
    return ranges


def _write_guide(sheet: Any, styles: Styles, tables: Sequence[Table], filing: Filing) -> None:
    """填表说明: how to fill in, and every column of every table with what may stand in it."""
    for index, column_width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(index, index, column_width)
    sheet.merge_range(0, 0, 0, len(_GUIDE_WIDTHS) - 1, texts.GUIDE_TITLE, styles.title())
    sheet.set_row(0, 34)
    for row, note in enumerate(texts.GUIDE_NOTES, 1):
        _write_note(sheet, row, note, _GUIDE_WIDTHS, styles)
    head = len(texts.GUIDE_NOTES) + 2
    for index, header in enumerate(texts.GUIDE_HEADERS):
        sheet.write_string(head, index, header, styles.header())
    rooms = [column_width - INDENT for column_width in _GUIDE_WIDTHS]
    for row, cells in enumerate(_guide_rows(tables, filing), head + 1):
        sheet.set_row(row, row_height(zip(cells, rooms, strict=True), _NOTE_HEIGHT))
        for index, text in enumerate(cells):
            sheet.write_string(row, index, text, styles.text(**_GUIDE_ALIGN.get(index, {})))
    sheet.freeze_panes(head + 1, 0)
    print_setup(sheet, repeat=head)
    sheet.protect()


def _guide_rows(tables: Sequence[Table], filing: Filing) -> list[tuple[str, ...]]:
    return [
        (table.sheet, column.header, texts.PRESENCE[column.presence], texts.domain(column), example(column, filing))
        for table in tables
        for column in table.columns
    ]
