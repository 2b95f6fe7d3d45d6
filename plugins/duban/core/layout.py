"""A workbook laid out by the form: which sheet, which line, which column is what (returns.md). Nothing is judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duban.core.cleaning import fold_label
from duban.core.cover import read_cover
from duban.core.headers import Header, count_headers, find_header
from duban.core.merged import shown_in
from duban.core.messages import FOUND
from duban.core.normalise import ColumnReader, as_merged, read_cell
from duban.core.returns import Form, Kind, Presence, Table
from duban.core.row_kinds import RowJudge, RowKind
from duban.core.sheets import CellValue, RawBook, RawSheet
from duban.core.shifted import surplus_fields
from duban.core.tables import Cell, ReadReturn, ReadTable, TableRow
from duban.core.written_dates import EPOCH_1900, EPOCH_1904

# A container whose sheets have no names of their own: their headers tell the tables.
_NAMELESS_CONTAINER = "csv"


def lay_out(book: RawBook, form: Form) -> ReadReturn:
    """The cover and the tables of `form` found in `book`, every cell typed. Never raises.

    Every line under a table's header that holds anything is in the table's `rows` or in its `ignored`.
    """
    epoch = EPOCH_1904 if book.epoch_1904 else EPOCH_1900
    cover = _sheet_named(book.sheets, form.cover_sheet)
    found = {table.key: _find_table(book, form, table, epoch) for table in form.tables}
    return ReadReturn(
        container=book.container,
        cover_sheet=cover.name if cover else None,
        cover=read_cover(cover, form.cover, epoch=epoch) if cover else {},
        tables={key: table for key, table in found.items() if table is not None},
        reasons=_find_table(book, form, form.reasons, epoch),
        corrections=_find_table(book, form, form.corrections, epoch),
    )


def _named(sheets: Iterable[RawSheet], name: str) -> list[RawSheet]:
    """Sheets of that name, visible ones first: a hidden sheet is often last month's."""
    wanted = fold_label(name)
    return sorted((sheet for sheet in sheets if fold_label(sheet.name) == wanted), key=lambda sheet: not sheet.visible)


def _sheet_named(sheets: Iterable[RawSheet], name: str) -> RawSheet | None:
    return next(iter(_named(sheets, name)), None)


def _find_table(book: RawBook, form: Form, table: Table, epoch: date) -> ReadTable | None:
    """The table in the first of its sheets that has its header, else in the first that holds lines of cells at all."""
    candidates = _named(book.sheets, table.sheet)
    if not candidates and book.container == _NAMELESS_CONTAINER:
        candidates = [sheet for sheet in book.sheets if told_by_header(sheet, form) is table]
    headed = [(sheet, header) for sheet in candidates if (header := find_header(sheet, table))]
    if headed:
        (sheet, header), *others = headed
        copies = sum(other.visible for other, _ in others) if sheet.visible else 0
        return replace(_TableReading(sheet, table, header, epoch).read(), copies=copies)
    return next((_without_header(sheet, table) for sheet in candidates if _looks_like_a_table(sheet)), None)


def told_by_header(sheet: RawSheet, form: Form) -> Table | None:
    """The table of `form` of whose headers the sheet shows most, whatever its name; None when it shows none."""
    tables = (*form.tables, form.reasons)
    counts = [count_headers(sheet, table) for table in tables]
    return tables[counts.index(max(counts))] if max(counts) else None


def _looks_like_a_table(sheet: RawSheet) -> bool:
    """Whether some line has two cells; a blank sheet, or one with only a title, holds no table."""
    return any(len(row) - row.count("") - row.count(None) > 1 for row in sheet.rows)


def _without_header(sheet: RawSheet, table: Table) -> ReadTable:
    """A sheet of the right name in which no header can be found: all of it stands above a header, none is read."""
    missing = tuple(column.header for column in table.columns if column.presence is not Presence.OPTIONAL)
    ignored = tuple((line + 1, RowKind.TITLE.value) for line, row in enumerate(sheet.rows) if not _is_empty(row))
    return ReadTable(table, sheet.name, {}, (), ignored, missing)


def _is_empty(row: Sequence[CellValue]) -> bool:
    """Whether no cell of a row was ever filled; asked of a million rows, so without looking at each cell."""
    return not any(row) and row.count(None) + row.count("") == len(row)


@dataclass(frozen=True, slots=True)
class _TableReading:
    """The reading of one table under its header."""

    sheet: RawSheet
    table: Table
    header: Header
    epoch: date

    def read(self) -> ReadTable:
        columns = {key: i for key, i in self.header.columns.items() if self.table.column(key).kind is not Kind.IGNORED}
        kinds = self._kinds()
        lines = [line for line, kind in kinds if kind is RowKind.DATA]
        surplus = surplus_fields(self.sheet, self.header, lines)
        rows = tuple(self._if_in_place(row, surplus.get(row.row - 1)) for row in self._rows(lines, columns))
        hidden = {self.table.column(key).header: i in self.sheet.hidden_columns for key, i in columns.items()}
        return ReadTable(
            table=self.table,
            sheet=self.sheet.name,
            columns=columns,
            rows=rows,
            ignored=tuple((line + 1, kind.value) for line, kind in kinds if kind is not RowKind.DATA),
            missing=self.header.missing,
            twice=self.header.twice,
            unknown=self.header.unknown,
            hidden_rows=tuple(row.row for row in rows if row.row - 1 in self.sheet.hidden_rows),
            hidden_columns=tuple(name for name, is_hidden in hidden.items() if is_hidden),
        )

    def _kinds(self) -> list[tuple[int, RowKind]]:
        """Each line to account for with its kind: all with content, and blank ones between data."""
        lines = self.sheet.rows
        kinds = [(line, RowKind.TITLE) for line in range(self.header.first) if not _is_empty(lines[line])]
        judge = RowJudge(self.table, self.header)
        faults = self._faults()
        empty: list[int] = []
        begun = False
        for line in range(self.header.last + 1, self._end(faults)):
            if _is_empty(lines[line]) and line not in faults:
                empty.append(line)
                continue
            kind = judge.kind(lines[line], faults.get(line, {}), first=line == self.header.last + 1)
            if kind is RowKind.DATA:
                kinds += [(line, RowKind.BLANK) for line in empty if begun]
                empty, begun = [], True
            kinds.append((line, kind))
        return sorted(kinds)

    def _faults(self) -> Mapping[int, Mapping[int, str]]:
        by_line: dict[int, dict[int, str]] = defaultdict(dict)
        for (line, index), shown in self.sheet.faults.items():
            by_line[line][index] = shown
        return by_line

    def _end(self, faults: Mapping[int, object]) -> int:
        """One more than the last line with anything in it: sheets may claim 1 048 576 blank ones."""
        end = len(self.sheet.rows)
        while end and _is_empty(self.sheet.rows[end - 1]) and end - 1 not in faults:
            end -= 1
        return end

    def _rows(self, lines: Sequence[int], columns: Mapping[str, int]) -> tuple[TableRow, ...]:
        read = [self._column(key, index, lines) for key, index in columns.items()]
        keys = tuple(columns)
        return tuple(
            TableRow(line + 1, dict(zip(keys, cells, strict=True)))
            for line, cells in zip(lines, zip(*read, strict=True), strict=True)
        )

    def _column(self, key: str, index: int, lines: Sequence[int]) -> list[Cell]:
        column, rows, faults = self.table.column(key), self.sheet.rows, self.sheet.faults
        values = [rows[line][index] if index < len(rows[line]) else None for line in lines]
        cells = ColumnReader(column, epoch=self.epoch).read(values)
        shown = shown_in(column, index, lines, self.sheet.merged) if self.sheet.merged else {}
        places = {line: place for place, line in enumerate(lines)} if shown else {}
        for place, line in enumerate(lines if faults or shown else ()):
            if (line, index) in faults:
                cells[place] = read_cell(values[place], column, faults[line, index])
            elif line in shown and cells[place].blank:
                cells[place] = as_merged(cells[places[shown[line]]])
        return cells

    def _if_in_place(self, row: TableRow, surplus: int | None) -> TableRow:
        """The row; with fields too many its first required cell is unreadable, and all others are in doubt."""
        required = (column.key for column in self.table.columns if column.presence is Presence.REQUIRED)
        key = next((key for key in required if key in row.cells), None)
        if surplus is None or key is None:
            return row
        cell = Cell(row.cells[key].text, None, fault=FOUND["R03.surplus"].format(count=surplus))
        return TableRow(row.row, {**row.cells, key: cell}, doubtful=frozenset(row.cells) - {key})
