"""What changed between two versions of an office's ledgers, row by row and cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from duban.core.checked import CheckedRow, Value, Verdict
from duban.core.returns import Column, Form, Kind, Table

COMPOUND_ID = "compound_id"
NAME = "name"


class ChangeKind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"  # carried forward as it was (returns.md, C03)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: `key` and `header` of its column, the value before and the one now (None: blank)."""

    key: str
    header: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the table called `sheet`. `row` is its line in the new version, None where it is gone.

    `cells` holds what differs, in the order of the form; of a row that is new or gone every cell that is not blank.
    """

    table: str
    sheet: str
    compound: str
    name: str | None
    kind: ChangeKind
    row: int | None
    cells: tuple[CellChange, ...]


def changes(form: Form, before: Iterable[CheckedRow], after: Iterable[CheckedRow]) -> tuple[RowChange, ...]:
    """What the accepted rows of `after` change in those of `before`, in the order of the form and of the new version.

    Rows are told apart by 小区编号, so 工作动态, whose lines have none, is left out. A rejected row changes nothing and
    is not gone; a table without any row says nothing (零报告). A column that is left out is blank, as for the ledger.
    """
    old, new = list(before), list(after)
    tables = [table for table in form.tables if any(column.key == COMPOUND_ID for column in table.columns)]
    return tuple(change for table in tables for change in _table_changes(table, old, new))


def _table_changes(table: Table, before: Iterable[CheckedRow], after: Iterable[CheckedRow]) -> list[RowChange]:
    old = _accepted(table, before)
    new = _accepted(table, after)
    told = [change for id_, row in new.items() if (change := _row_change(table, id_, old.get(id_), row))]
    present = _present(table, after)
    gone = [id_ for id_ in sorted(old) if present and id_ not in present]
    return told + [_gone(table, id_, old[id_]) for id_ in gone]


def _accepted(table: Table, rows: Iterable[CheckedRow]) -> dict[str, CheckedRow]:
    wanted = (row for row in rows if row.table == table.key and row.verdict is Verdict.ACCEPTED)
    return {row.compound: row for row in wanted if row.compound is not None}


def _present(table: Table, rows: Iterable[CheckedRow]) -> set[Value]:
    """Every 小区编号 of the version, rejected rows included, even where it is unusable."""
    judged = [row for row in rows if row.table == table.key and row.verdict is not Verdict.IGNORED]
    return {row.compound for row in judged} | {row.values.get(COMPOUND_ID) for row in judged}


def _row_change(table: Table, compound: str, old: CheckedRow | None, new: CheckedRow) -> RowChange | None:
    cells = _cells(table, old.values if old else {}, new.values)
    if old is not None and not cells:
        return None
    kind = ChangeKind.ADDED if old is None else ChangeKind.CHANGED
    return RowChange(table.key, table.sheet, compound, _name(new), kind, new.row, cells)


def _gone(table: Table, compound: str, old: CheckedRow) -> RowChange:
    cells = _cells(table, old.values, {})
    return RowChange(table.key, table.sheet, compound, _name(old), ChangeKind.GONE, None, cells)


def _cells(table: Table, old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[CellChange, ...]:
    pairs = ((column, old.get(column.key), new.get(column.key)) for column in table.columns if _compared(column))
    return tuple(CellChange(column.key, column.header, was, now) for column, was, now in pairs if was != now)


def _compared(column: Column) -> bool:
    return column.kind is not Kind.IGNORED and column.key != COMPOUND_ID


def _name(row: CheckedRow) -> str | None:
    name = row.values.get(NAME)
    return name if isinstance(name, str) else None
