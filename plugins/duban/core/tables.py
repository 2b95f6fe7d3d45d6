"""A return laid out: the cover and the tables of the form, cell by cell, typed but not yet judged."""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.core.checked import Value
from duban.core.returns import Table


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a known column.

    `text` is what stands there, cleaned of white space and control characters ('' when blank); `value` its typed value,
    None when blank or unreadable; `note` what was normalised (`12栋 → 12`), None when nothing was; `fault` what the
    cell shows when it is an error or a formula without value; `dirty` whether a control character was dropped.
    """

    text: str
    value: Value
    note: str | None = None
    fault: str | None = None
    dirty: bool = False

    @property
    def blank(self) -> bool:
        return self.text == "" and self.fault is None

    @property
    def readable(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row; `row` counts the sheet's lines from 1; `cells` by column key, only columns that are there.

    `doubtful` are the keys of cells that may belong to another column: nothing is said of them.
    """

    row: int
    cells: Mapping[str, Cell]
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of the form as found. `columns` maps a column's key to its index from 0.

    `missing` and `twice` hold headers of the form, `unknown` headers that the form does not know, `ignored` the rows
    that are no data: line number from 1 and one of `title`, `header`, `blank`, `total`, `note`. Only blank rows between
    data rows are listed; the empty tail of a sheet is not. `copies` counts further visible sheets with the same table.
    """

    table: Table
    sheet: str
    columns: Mapping[str, int]
    rows: tuple[TableRow, ...]
    ignored: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    copies: int = 0


@dataclass(frozen=True, slots=True)
class CoverCell:
    """A value of the cover with its address (`B4`); the address is the label's where the value is missing."""

    cell: Cell
    address: str


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """A whole workbook laid out. A table that no sheet holds is missing from `tables` (F02, C09).

    `reasons` is 说明原因, `corrections` the 补正清单 of a marked workbook that came back; either may hold reasons.
    """

    cover_sheet: str | None
    cover: Mapping[str, CoverCell]
    tables: Mapping[str, ReadTable]
    reasons: ReadTable | None
    corrections: ReadTable | None = None
    container: str = ""
