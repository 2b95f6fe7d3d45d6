"""Class D: what was normalised or left out, so that the clerk can see that it was read rightly (returns.md)."""

from collections.abc import Iterator, Sequence

from duban.core.findings import Finding
from duban.core.gate.findings import address, compound_of
from duban.core.messages import EXPECTED, FOUND, LIST, domain
from duban.core.returns import Column
from duban.core.tables import ReadTable, TableRow

# Up to so many cells of a column are told one by one; more are one habit, told once.
MOST_SINGLE = 5
MOST_LINES = 10
IGNORED = ("total", "note")


def hints(table: ReadTable) -> Iterator[Finding]:
    """Every hint of one table."""
    for column in table.table.columns:
        yield from _normalised(table, column)
    for header in table.unknown:
        yield Finding("D02", table.sheet, None, None, header, EXPECTED["D02"])
    yield from _hidden(table)
    yield from _ignored(table)


def _normalised(table: ReadTable, column: Column) -> Iterator[Finding]:
    rows = [row for row in table.rows if (cell := row.cells.get(column.key)) and cell.note]
    if len(rows) > MOST_SINGLE:
        first = rows[0]
        place = address(table, first.row, [column.key])
        found = FOUND["D01.many"].format(cell=place, note=first.cells[column.key].note, count=len(rows))
        yield _note(table, column, first, found, compound=None)
        return
    for row in rows:
        yield _note(table, column, row, row.cells[column.key].note or "", compound=compound_of(row))


def _note(table: ReadTable, column: Column, row: TableRow, found: str, *, compound: str | None) -> Finding:
    cell, expected = address(table, row.row, [column.key]), EXPECTED["D01"].format(domain=domain(column))
    return Finding("D01", table.sheet, cell, compound, found, expected, column.key, row.row)


def _hidden(table: ReadTable) -> Iterator[Finding]:
    hidden = [FOUND["D03.rows"].format(rows=_lines(table.hidden_rows))] if table.hidden_rows else []
    hidden += [FOUND["D03.columns"].format(header=header) for header in table.hidden_columns]
    for found in hidden:
        yield Finding("D03", table.sheet, None, None, found, EXPECTED["D03"])


def _ignored(table: ReadTable) -> Iterator[Finding]:
    """Totals and remarks among the data: the usual ones under it need no word."""
    last = table.rows[-1].row if table.rows else 0
    for kind in IGNORED:
        lines = [line for line, reason in table.ignored if reason == kind and line < last]
        if lines:
            found = FOUND[f"D05.{kind}"].format(rows=_lines(lines))
            yield Finding("D05", table.sheet, None, None, found, EXPECTED["D05"])


def _lines(lines: Sequence[int]) -> str:
    return LIST.join(map(str, lines[:MOST_LINES]))
