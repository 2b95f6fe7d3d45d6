"""One table of the blank: title, header, known rows, room for more, and everything that keeps typing honest."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from duban.adapters.workbook import blank_texts as texts
from duban.adapters.workbook.entry import (
    IDENTIFIER,
    Filing,
    Span,
    Validation,
    empty_formula,
    identifier_validation,
    known_identifier_validation,
    missing_formula,
    unmet_formula,
    validation,
)
from duban.adapters.workbook.styles import Styles, row_height, width
from duban.adapters.workbook.written import write_value
from duban.core.checked import Value
from duban.core.returns import Kind, Presence, Table

if TYPE_CHECKING:
    # The reading child imports this package and must start quickly.
    from duban.core.prefill import Prefilled

TITLE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2
SPARE_ROWS = 30
"""Blank lines drawn below the known ones."""

ROOM = 2000
"""Lines below the header that are checked while typing."""

_NAME = "name"
_A4 = 9
_TITLE_HEIGHT, _HEADER_HEIGHT, _ROW_HEIGHT = 36, 38, 24
_LANDSCAPE_WIDTH = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}

Row = Mapping[str, Value]


def print_setup(sheet: Any, *, repeat: int | None = None) -> None:
    """A4 landscape, as wide as the page, header lines repeated (rows up to `repeat`), pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(**_LANDSCAPE_WIDTH)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer(texts.FOOTER)
    if repeat is not None:
        sheet.repeat_rows(0, repeat)


def identifier_span(table: Table) -> Span | None:
    """Where a table's 小区编号 stand; None where it has none."""
    index = next((i for i, column in enumerate(table.columns) if column.key == IDENTIFIER), None)
    return None if index is None else Span(FIRST_ROW, FIRST_ROW + ROOM - 1, index)


class BlankTable:
    """Writes one table of the form into one sheet."""

    def __init__(self, sheet: Any, styles: Styles, table: Table, filing: Filing) -> None:
        self._sheet = sheet
        self._styles = styles
        self._table = table
        self._filing = filing

    def write(self, rows: Sequence[Row], lists: Mapping[str, str], known: tuple[str, Span] | None) -> None:
        """Write everything; `lists` as in entry.validation, `known` the sheet and cells of all 小区编号."""
        self._write_head()
        self._write_rows(rows)
        self._guard(lists, known)
        last = FIRST_ROW + len(rows) + SPARE_ROWS - 1
        self._sheet.freeze_panes(FIRST_ROW, self._frozen_columns())
        self._sheet.autofilter(HEADER_ROW, 0, last, len(self._table.columns) - 1)
        self._sheet.print_area(0, 0, last, len(self._table.columns) - 1)
        print_setup(self._sheet, repeat=HEADER_ROW)
        self._sheet.protect("", _ALLOWED)

    def mark(self, rows: Sequence[Row], filled: "Prefilled") -> None:
        """Colour what was refused of `rows` until it is filled, what is overdue until it holds what is due."""
        for line, row in enumerate(rows, FIRST_ROW):
            compound = str(row.get(IDENTIFIER))
            for key in sorted(filled.refused.get((self._table.key, compound), ())):
                self._colour(line, key, empty_formula, self._styles.alarm())
            for due in filled.overdue:
                if due.table == self._table.key and compound in due.compounds:
                    self._colour(line, due.column, partial(unmet_formula, met_by=due.met_by), self._styles.late())

    def _colour(self, line: int, key: str, formula: Callable[[Span], str], style: Any) -> None:
        """Give one cell a style while a formula holds; a column that the blank does not offer has no cell."""
        index = next((i for i, column in enumerate(self._table.columns) if column.key == key), None)
        if index is not None:
            condition = {"type": "formula", "criteria": formula(Span(line, line, index)), "format": style}
            self._sheet.conditional_format(line, index, line, index, condition)

    def _write_head(self) -> None:
        cutoff = texts.DAY.format(day=self._filing.cutoff)
        title = texts.TABLE_TITLE.format(sheet=self._table.sheet, office=self._filing.name, cutoff=cutoff)
        self._sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, len(self._table.columns) - 1, title, self._styles.title())
        self._sheet.set_row(TITLE_ROW, _TITLE_HEIGHT)
        self._sheet.set_row(HEADER_ROW, _HEADER_HEIGHT)
        for index, column in enumerate(self._table.columns):
            self._sheet.set_column(index, index, width(column), self._styles.open_column(column))
            self._sheet.write_string(HEADER_ROW, index, column.header, self._styles.header(column))

    def _write_rows(self, rows: Sequence[Row]) -> None:
        """Known rows, their 小区编号 locked, then blank ones."""
        for place in range(len(rows) + SPARE_ROWS):
            row = rows[place] if place < len(rows) else None
            self._sheet.set_row(FIRST_ROW + place, row_height(self._table.columns, row or {}, _ROW_HEIGHT))
            for index, column in enumerate(self._table.columns):
                value = None if row is None else row.get(column.key)
                if row is not None and column.kind is Kind.IGNORED:
                    value = place + 1
                style = self._styles.cell(column, locked=row is not None and column.key == IDENTIFIER)
                write_value(self._sheet, FIRST_ROW + place, index, value, style)

    def _guard(self, lists: Mapping[str, str], known: tuple[str, Span] | None) -> None:
        alarm = self._styles.alarm()
        for index, column in enumerate(self._table.columns):
            span = Span(FIRST_ROW, FIRST_ROW + ROOM - 1, index)
            rule = validation(column, self._filing, lists)
            if column.key == IDENTIFIER:
                rule = self._identifier_rule(span, known)
            if rule:
                self._sheet.data_validation(span.first, index, span.last, index, rule)
            formula = missing_formula(self._table, column, span)
            if formula:
                condition = {"type": "formula", "criteria": formula, "format": alarm}
                self._sheet.conditional_format(span.first, index, span.last, index, condition)

    def _identifier_rule(self, span: Span, known: tuple[str, Span] | None) -> Validation | None:
        if self._table.column(IDENTIFIER).presence is not Presence.REQUIRED:
            return None
        if known is None or known[0] == self._table.sheet:
            return identifier_validation(span, self._filing.code)
        return known_identifier_validation(span, *known)

    def _frozen_columns(self) -> int:
        """Up to the compound's name, so that a line can be told however far one scrolls."""
        keys = [column.key for column in self._table.columns]
        return keys.index(_NAME) + 1 if _NAME in keys else 0
