"""Rows of the ledger looked up in the archived files they came from: opened and laid out again, cell by cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from duban.core.checked import CheckedRow, Value
from duban.core.errors import UnreadableReturnError
from duban.core.gate.frame import AIMS
from duban.core.gate.frame_values import aim_keys
from duban.core.gate.verdict import values_of
from duban.core.layout import lay_out
from duban.core.returns import Form
from duban.core.sheets import column_letter
from duban.core.tables import ReadReturn, ReadTable
from duban.pipeline.ports import LastRow, Reader, ReturnRecord
from duban.pipeline.traced import CellTrace, RowTrace


class TraceArchive(Protocol):
    """The archive as tracing asks it."""

    def get(self, sha256: str) -> bytes: ...

    def path(self, sha256: str) -> Path: ...


class Records(Protocol):
    """Who knows the returns."""

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]: ...


class RowReader:
    """Finds rows in archived files. Each file is opened once, however many figures are traced to it."""

    def __init__(self, form: Form, ledger: Records, archive: TraceArchive, reader: Reader) -> None:
        self._form = form
        self._ledger = ledger
        self._archive = archive
        self._reader = reader
        self._opened: dict[int, ReadReturn | None] = {}

    def read(self, columns: Sequence[str], rows: Sequence[LastRow]) -> Mapping[str, RowTrace]:
        """The rows in their files, by 小区编号; of their cells those of `columns` (AIMS: of every aim)."""
        records = {record.return_id: record for record in self._ledger.return_records_of([r.return_id for r in rows])}
        return {
            last.row.compound: self._row(records[last.return_id], last.row, columns)
            for last in rows
            if last.row.compound is not None
        }

    def _row(self, record: ReturnRecord, row: CheckedRow, columns: Sequence[str]) -> RowTrace:
        read = self._open(record)
        table = None if read is None else read.tables.get(row.table)
        return RowTrace(
            return_id=record.return_id,
            path=record.path,
            received_at=record.received_at,
            sha256=record.sha256,
            archive=str(self._archive.path(record.sha256)),
            sheet=table.sheet if table else "",
            row=row.row,
            cells=() if table is None else _cells(table, row, columns),
        )

    def _open(self, record: ReturnRecord) -> ReadReturn | None:
        """The archived file laid out; None when it cannot be read."""
        if record.return_id not in self._opened:
            content = self._archive.get(record.sha256)
            [(_, book)] = self._reader.read_all([(record.path, content)])
            read = None if isinstance(book, UnreadableReturnError) else lay_out(book, self._form)
            self._opened[record.return_id] = read
        return self._opened[record.return_id]


def _cells(table: ReadTable, row: CheckedRow, columns: Sequence[str]) -> tuple[CellTrace, ...]:
    """The cells of `columns` in the sheet's line, where it still stands there."""
    line = next((line for line in table.rows if line.row == row.row), None)
    if line is None:
        return ()
    keys = [key for name in columns for key in (aim_keys(table.table) if name == AIMS else (name,))]
    values = values_of(line)
    return tuple(
        CellTrace(
            address=f"{column_letter(table.columns[key])}{row.row}",
            header=table.table.column(key).header,
            read=_written(values.get(key)),
            registered=_written(row.values.get(key)),
        )
        for key in keys
        if key in table.columns
    )


def _written(value: Value) -> str:
    """A typed value as a text; empty for none."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
