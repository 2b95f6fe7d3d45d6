"""Reading 封面: each label wherever it stands, its value in the next cell to the right (returns.md)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from duban.core.cleaning import clean, fold_label
from duban.core.normalise import read_cell
from duban.core.returns import Column
from duban.core.sheets import CellValue, RawSheet, cell_name
from duban.core.tables import Cell, CoverCell

# A label's value may stand behind the rest of a merged cell, not on the other side of the sheet.
_WIDEST_GAP = 8
# A cover is a page; what lies further down is none of it.
_LINES_SEARCHED = 200
_REMARK = re.compile(r"\([^()]*\)$")


def read_cover(sheet: RawSheet, cover: tuple[Column, ...], *, epoch: date) -> dict[str, CoverCell]:
    """The cover's values by key; of a label that stands twice, the first with a value. Absent labels are absent."""
    found: dict[str, CoverCell] = {}
    for key, cell in _every_value(sheet, cover, epoch):
        if key not in found or (found[key].cell.blank and not cell.cell.blank):
            found[key] = cell
    return found


def _every_value(sheet: RawSheet, cover: tuple[Column, ...], epoch: date) -> Iterator[tuple[str, CoverCell]]:
    labels = {fold_label(column.header): column for column in cover}
    within = re.compile(f"({'|'.join(map(re.escape, labels))})" + r"(?:[（(][^（）()]*[）)])?[:：]")
    for line, row in enumerate(sheet.rows[:_LINES_SEARCHED]):
        for index, value in enumerate(row):
            if not isinstance(value, str):
                continue
            column = labels.get(_label(value))
            if column is not None:
                yield column.key, _beside(sheet, line, index, column, labels, epoch)
            else:
                yield from _inside(value, within, labels, cell_name(line, index), epoch)


def _label(value: CellValue) -> str:
    """A label as it is looked up: without its colon, and without a remark such as （盖章）."""
    return _REMARK.sub("", fold_label(value).rstrip(":")) if isinstance(value, str) else ""


def _beside(
    sheet: RawSheet, line: int, index: int, column: Column, labels: Mapping[str, Column], epoch: date
) -> CoverCell:
    row = sheet.rows[line]
    for right in range(index + 1, min(max(len(row), index + 2), index + 1 + _WIDEST_GAP)):
        value = row[right] if right < len(row) else None
        if _label(value) in labels:
            break
        cell = read_cell(value, column, sheet.faults.get((line, right)), epoch=epoch)
        if not cell.blank:
            return CoverCell(cell, cell_name(line, right))
    return CoverCell(Cell("", None), cell_name(line, index))


def _inside(
    value: str, within: re.Pattern[str], labels: Mapping[str, Column], address: str, epoch: date
) -> Iterator[tuple[str, CoverCell]]:
    """Labels and values in one cell: 填报人：王强　审核人：李敏."""
    text = clean(value)[0]
    matches = list(within.finditer(text))
    if not matches or matches[0].start() > 0:
        return
    for position, match in enumerate(matches):
        end = matches[position + 1].start() if position + 1 < len(matches) else len(text)
        column = labels[match[1]]
        cell = read_cell(text[match.end() : end], column, epoch=epoch)
        if not cell.blank:
            cell = replace(cell, note=f"{text[match.start() : end].strip()} → {cell.text}")
        yield column.key, CoverCell(cell, address)
