"""Merged cells: what a range shows counts for the cells that it hides, where that can mean nothing else."""

from collections.abc import Iterable, Mapping, Sequence

from duban.core.returns import Column, Kind
from duban.core.sheets import Area

_WIDEST = 200
# A number over several rows may be their sum; a 小区编号 is one row's own.
_SHARED = frozenset({Kind.TEXT, Kind.CHOICE, Kind.DATE})
_IDENTIFIER = "compound_id"


def shown_in(column: Column, index: int, lines: Sequence[int], merged: Iterable[Area]) -> Mapping[int, int]:
    """For each line whose cell in `column` is hidden by a merged range: the line of the cell that shows.

    Only between `lines`, those of the data: a header or a remark says nothing about the rows that it is merged with.
    """
    if column.kind not in _SHARED or column.key == _IDENTIFIER:
        return {}
    data = frozenset(lines)
    return {
        line: area.first_row
        for area in merged
        if area.first_column == index and area.first_row in data
        for line in range(area.first_row + 1, area.last_row + 1)
        if line in data
    }


def spread(lines: Sequence[Sequence[str]], merged: Iterable[Area]) -> list[list[str]]:
    """The labels of `lines`, those of merged ranges repeated over every column of the range."""
    spread_lines = [list(line) for line in lines]
    for area in merged:
        if area.first_row >= len(lines) or area.first_column >= len(lines[area.first_row]):
            continue
        line, last = spread_lines[area.first_row], min(area.last_column, _WIDEST)
        line += [""] * (last + 1 - len(line))
        for index in range(area.first_column + 1, last + 1):
            line[index] = line[area.first_column]
    return spread_lines
