"""A workbook as read, before anybody says what it means: the reader's output and the checker's input."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

CellValue = str | int | float | bool | date | datetime | time | timedelta | None


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The address of a cell, both counted from 0: (11, 5) is F12."""
    return f"{column_letter(column)}{row + 1}"


class Area(NamedTuple):
    """A range of merged cells: rows and columns from 0, both ends included. Its first cell shows, the others hide."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet from A1 on: `rows[r][c]` is the cell in row r and column c, both from 0; rows may differ in length.

    `faults` says of a cell that is an error or an uncalculated formula what it shows (`#REF!`, `=SUM(A1)`); `merged`
    are its merged ranges, in containers whose parser tells them; `fields` counts each line's
    fields, blank ones too, in a text.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    fields: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RawBook:
    """A readable workbook of any container; sheets stand in their order.

    `epoch_1904` says that plain numbers in date columns count from 1904-01-01 (old Macintosh workbooks) and not 1900.
    """

    container: str
    sheets: tuple[RawSheet, ...]
    epoch_1904: bool = False
