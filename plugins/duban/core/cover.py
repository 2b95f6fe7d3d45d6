"""Reading 封面: each label wherever it stands, its value in the next cell to the right (returns.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from duban.core.cleaning import clean, fold_label
from duban.core.normalise import read_cell
from duban.core.returns import Column
from duban.core.sheets import CellValue, RawSheet, cell_name
from duban.core.tables import Cell, CoverCell

# A label's value may stand behind the rest of a merged cell, not on the other side of the sheet.
_WIDEST_GAP = 8
# Lines with content. Labels are found anywhere (returns.md), but a cover as long as a table must not hold up the check.
_LINES_SEARCHED = 1_000
_REMARK = re.compile(r"\([^()]*\)$")
_Text = tuple[int, int, str]
"""Line and index of a cell, from 0, and what stands in it."""


def read_cover(sheet: RawSheet, cover: tuple[Column, ...], *, epoch: date) -> dict[str, CoverCell]:
    """The cover's values by key; of a label that stands twice, the first with a value. Absent labels are absent.

    What stands beside a label comes before what stands in its cell: an instruction may begin with the label's words.
    """
    labels = {fold_label(column.header): column for column in cover}
    texts = list(_texts(sheet))
    found: dict[str, CoverCell] = {}
    for key, cell in chain(_beside_labels(sheet, texts, labels, epoch), _inside_cells(texts, labels, epoch)):
        if key not in found or (found[key].cell.blank and not cell.cell.blank):
            found[key] = cell
    return found


def _texts(sheet: RawSheet) -> Iterator[_Text]:
    """The texts of the lines searched, with their places."""
    filled = ((line, row) for line, row in enumerate(sheet.rows) if any(row))
    for line, row in islice(filled, _LINES_SEARCHED):
        yield from ((line, index, value) for index, value in enumerate(row) if isinstance(value, str))


def _beside_labels(
    sheet: RawSheet, texts: Iterable[_Text], labels: Mapping[str, Column], epoch: date
) -> Iterator[tuple[str, CoverCell]]:
    for line, index, value in texts:
        if column := labels.get(_label(value)):
            yield column.key, _beside(sheet, line, index, column, labels, epoch)


def _inside_cells(texts: Iterable[_Text], labels: Mapping[str, Column], epoch: date) -> Iterator[tuple[str, CoverCell]]:
    within = re.compile(f"({'|'.join(map(re.escape, labels))})" + r"(?:[（(][^（）()]*[）)])?[:：]")
    for line, index, value in texts:
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
