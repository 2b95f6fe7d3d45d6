"""A filled return without any comfort: what a program would write. The simulator roughens it up."""

from collections.abc import Mapping, Sequence
from datetime import date

from duban.adapters.workbook.blank_table import Row
from duban.adapters.workbook.styles import Styles, width
from duban.adapters.workbook.written import Target, open_book, write_value
from duban.core.returns import Form

_NO_DAY = date(2000, 1, 1)


def write_workbook(form: Form, cover: Mapping[str, str], tables: Mapping[str, Sequence[Row]], file: Target) -> None:
    """Write a return: `cover` and rows by column key, tables by their key; a table that is not named gets no sheet."""
    book = open_book(file, _NO_DAY)
    styles = Styles(book)
    sheet = book.add_worksheet(form.cover_sheet)
    sheet.set_column(0, 1, 24)
    for row, column in enumerate(form.cover):
        sheet.write_string(row, 0, column.header, styles.label())
        write_value(sheet, row, 1, cover.get(column.key), styles.cell(column))
    for table in (*form.tables, form.reasons):
        if table.key not in tables:
            continue
        sheet = book.add_worksheet(table.sheet)
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, width(column))
            sheet.write_string(0, index, column.header, styles.header(column))
            for line, row_values in enumerate(tables[table.key], 1):
                write_value(sheet, line, index, row_values.get(column.key), styles.cell(column))
    book.close()
