"""Finding a table's header by its names and not by its place (returns.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duban.core.cleaning import fold_label
from duban.core.merged import spread
from duban.core.returns import Kind, Presence, Table
from duban.core.sheets import CellValue, RawSheet

# Two names of a table do not stand in one line by chance.
_LEAST_NAMES = 2
# Of lines with so many cells: blank ones, titles and instructions have fewer, and there may be many of them. A text
# may have millions, and every table is looked for in it.
_LINES_SEARCHED = 100
_LAST_LINE = 10_000
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands.

    `first` and `last` are its lines from 0 (two in a header of two levels), `columns` maps a column's key to its index
    from 0, `labels` holds every text of the header, folded.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    unknown: tuple[str, ...]
    labels: frozenset[str]


def find_header(sheet: RawSheet, table: Table) -> Header | None:
    """The first line of `sheet` that holds enough of the table's headers, and a second level where it adds some."""
    names = {fold_label(column.header): column.key for column in table.columns}
    lines, found = _search(sheet, names, sum(column.presence is not Presence.OPTIONAL for column in table.columns))
    most = max(found, default=0)
    if most < _LEAST_NAMES:
        return None
    over = spread(lines, sheet.merged)
    first = last = next(line for line, count in enumerate(found) if 2 * count >= most and count >= _LEAST_NAMES)
    labels = lines[first]
    for above, below in ((first - 1, first), (first, first + 1)):
        if above < 0 or below >= len(lines):
            continue
        joined = _joined(lines[above], lines[below], over[above], names)
        if _known(joined, names) > _known(labels, names):
            first, last, labels = above, below, joined
    written = frozenset(label for line in lines[first : last + 1] for label in line if label)
    return _resolve(labels, table, names, (first, last), written)


def _search(sheet: RawSheet, names: Mapping[str, str], enough: int) -> tuple[list[list[str]], list[int]]:
    """The labels of the first lines and how many names each holds, up to the line after one that holds `enough`."""
    lines: list[list[str]] = []
    found: list[int] = []
    searched = 0
    for row in sheet.rows[:_LAST_LINE]:
        complete = bool(found) and found[-1] >= enough
        lines.append(_labels(row))
        found.append(_known(lines[-1], names))
        searched += len(row) - row.count("") - row.count(None) >= _LEAST_NAMES
        if complete or searched == _LINES_SEARCHED:
            break
    return lines, found


def count_headers(sheet: RawSheet, table: Table) -> int:
    """How many of the table's headers the sheet's header shows; 0 without one."""
    header = find_header(sheet, table)
    return len(header.columns) if header else 0


def _labels(row: Sequence[CellValue]) -> list[str]:
    return [fold_label(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_NAME else "" for cell in row]


def _known(labels: Sequence[str], names: Mapping[str, str]) -> int:
    return len({names[label] for label in labels if label in names})


def _joined(above: Sequence[str], below: Sequence[str], over: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Two levels made one: the lower name where it is known, else the upper, else both together (小区 over 编号).

    `over` is the upper level with merged cells repeated, for a lower name of its own.
    """
    joined = []
    for index in range(max(len(above), len(below))):
        upper = above[index] if index < len(above) else ""
        lower = below[index] if index < len(below) else ""
        group = over[index] if lower and index < len(over) else ""
        known = (label for label in (lower, upper, upper + lower, group + lower) if label in names)
        joined.append(next(known, upper + lower))
    return joined


def _resolve(
    labels: Sequence[str], table: Table, names: Mapping[str, str], lines: tuple[int, int], written: frozenset[str]
) -> Header:
    columns: dict[str, int] = {}
    twice, unknown = [], []
    for index, label in enumerate(labels):
        key = names.get(label)
        if key is None:
            unknown += [label] if label else []
        elif key not in columns:
            columns[key] = index
        elif table.column(key).kind is not Kind.IGNORED:
            twice.append(table.column(key).header)
    missing = tuple(c.header for c in table.columns if c.presence is not Presence.OPTIONAL and c.key not in columns)
    return Header(*lines, columns, missing, tuple(dict.fromkeys(twice)), tuple(unknown), written)
