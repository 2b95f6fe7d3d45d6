"""What a row under a header is: data, or one of the things clerks write around it (returns.md).

The rule is structure first: what could be a compound's row is one. A word such as 合计 or 备注 only decides about rows
that hold no 小区编号 and no choice of the form, and a lone text only where its column could not hold it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from duban.core.cleaning import clean, fold_label, fold_width
from duban.core.headers import Header
from duban.core.normalise import is_placeholder, read_cell
from duban.core.returns import Column, Kind, Table
from duban.core.sheets import CellValue


class RowKind(StrEnum):
    """Data, or the reason why a row is ignored."""

    DATA = "data"
    BLANK = "blank"
    TITLE = "title"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"


_IDENTIFIER = "compound_id"
_REASON = "reason"
_TOTAL_ALONE = re.compile(r"(本页|本表)?(合计|小计|总计|共计)[::]?")
_TOTAL = re.compile(r"(合计|小计|总计|共计).{0,12}|.{0,8}(合计|小计|总计|共计)[::]?")
_NOTE = re.compile(r"(填表|填报|报表|编制)?(说明|须知|要求|备注|附注|注释|注)\d*([::].*)?|(说明|备注|注)\d*[.、,,].*")
_SIGNATURE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|经办|负责|联系|分管)(人|领导|单位|日期|时间|电话)?(签字|签名)?(\([^)]*\))?([::].*)?"
    r"|(单位)?负责人.{0,6}[::].*|(单位|办事处|社区)?\(?(盖章|公章|签章)\)?[::]?.*|(电话|日期|联系电话)[::].*"
)
_NOTHING = re.compile(
    r"(本周|本期|本月)?(暂无|无)(新增|变化|工作)?(动态|内容|情况|活动)?[。.]?|本(周|期)(工作)?无.{0,10}"
)
_LIST_ITEM = re.compile(r"\(?[\d一二三四五六七八九十]{1,2}[)、.,]\D.*")
_SENTENCE = re.compile("[。；！？：，;!?:]")
# A lone text longer than this is no name of a compound, person or place but a remark.
_LONGEST_LONE_TEXT = 20
_MOST_CELLS_OF_A_NOTE = 3
_LEAST_REPEATED = 2
_LEAST_NUMBERED = 3
_ORDINALS = frozenset(map(str, range(1, 100)))
_STEMS = frozenset("甲乙丙丁戊己庚辛壬癸")
_BEGINS_LIKE_AN_IDENTIFIER = re.compile(r"[A-Za-z]+\W?\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A filled cell. `column` is None outside of the table, `text` is '' of a number or error, `ordinal` a mere number
    in 序号.
    """

    column: Column | None
    value: CellValue
    text: str
    ordinal: bool = False

    @property
    def label(self) -> str:
        return fold_label(self.text)


class RowJudge:
    """Says of each row under one header what it is."""

    def __init__(self, table: Table, header: Header) -> None:
        self._columns: Mapping[int, Column] = {i: table.column(key) for key, i in header.columns.items()}
        self._identifier = header.columns.get(_IDENTIFIER)
        self._header_labels = header.labels

    def kind(self, row: Sequence[CellValue], faults: Mapping[int, str], *, first: bool = False) -> RowKind:
        """The kind of a row; `faults` by index holds what its error cells show, `first` is the row after the header."""
        if self._is_plainly_data(row):
            return RowKind.DATA
        cells = self._filled(row, faults)
        filled = [cell for cell in cells if not cell.ordinal]
        if not filled:
            return RowKind.BLANK
        if self._repeats_header(filled) or (first and _numbers_columns(filled)):
            return RowKind.HEADER
        if any(map(_can_only_be_data, filled)):
            return RowKind.DATA
        if _is_total(filled):
            return RowKind.TOTAL
        return RowKind.NOTE if _is_note(filled, numbered=len(filled) < len(cells)) else RowKind.DATA

    def _is_plainly_data(self, row: Sequence[CellValue]) -> bool:
        """The common case without a closer look: an identifier such as MH-001 and other values beside it."""
        if self._identifier is None or self._identifier >= len(row):
            return False
        value = row[self._identifier]
        if not isinstance(value, str) or not value.isascii() or not value[-1:].isdigit() or not value[:1].isalpha():
            return False
        return len(row) - row.count("") - row.count(None) > _MOST_CELLS_OF_A_NOTE

    def _filled(self, row: Sequence[CellValue], faults: Mapping[int, str]) -> list[_Filled]:
        """Every filled cell, in the row's order."""
        filled = []
        for index in range(max(len(row), max(faults, default=-1) + 1)):
            value = faults.get(index, row[index] if index < len(row) else None)
            text = clean(value)[0] if isinstance(value, str) and index not in faults else ""
            column = self._columns.get(index)
            blank = index not in faults and (value is None or (isinstance(value, str) and not text))
            ordinal = column is not None and column.kind is Kind.IGNORED and (index in faults or _is_ordinal(text))
            if not blank:
                filled.append(_Filled(column, value, text, ordinal))
        return filled

    def _repeats_header(self, filled: Sequence[_Filled]) -> bool:
        repeated = sum(cell.label in self._header_labels for cell in filled if cell.text)
        return repeated >= _LEAST_REPEATED and 2 * repeated > len(filled)


def _is_ordinal(text: str) -> bool:
    """Whether what stands in 序号 is a number, in whatever script; a cell without text holds one."""
    return not text or text.strip(".、()（）").isnumeric()


def _numbers_columns(filled: Sequence[_Filled]) -> bool:
    """Whether this is a line such as 甲 乙 1 2 3, which statistical forms print under their header."""
    shown = [cell.text or str(cell.value).removesuffix(".0") for cell in filled if cell.text not in _STEMS]
    numbers = [int(text) for text in shown if text in _ORDINALS]
    if len(filled) < _LEAST_NUMBERED or len(numbers) != len(shown):
        return False
    return all(after == before + 1 for before, after in pairwise(numbers))


def _can_only_be_data(cell: _Filled) -> bool:
    """Whether the cell begins like a 小区编号, or is one of the form's choices, in its own column."""
    if cell.column is None:
        return False
    if cell.column.key == _IDENTIFIER:
        return _BEGINS_LIKE_AN_IDENTIFIER.match(fold_width(cell.text)) is not None
    if cell.column.kind is not Kind.CHOICE or is_placeholder(cell.text):
        return False
    return read_cell(cell.value, cell.column).readable


def _is_total(filled: Sequence[_Filled]) -> bool:
    return _TOTAL.fullmatch(filled[0].label) is not None or any(_TOTAL_ALONE.fullmatch(cell.label) for cell in filled)


def _is_note(filled: Sequence[_Filled], *, numbered: bool) -> bool:
    """Whether a row that holds these cells, beside a number in 序号 or not, says something about the table."""
    first, *others = filled
    if not others and first.column is not None and first.column.key == _REASON:
        return is_placeholder(first.text)
    if all(cell.column is None for cell in filled) or _SIGNATURE.fullmatch(first.label):
        return True
    if len(filled) <= _MOST_CELLS_OF_A_NOTE and _NOTE.fullmatch(first.label):
        return True
    return not others and first.text != "" and _is_lone_note(first, numbered=numbered)


def _is_lone_note(cell: _Filled, *, numbered: bool) -> bool:
    """Whether the only text of a row is none that its column could hold; who numbers a row means a row."""
    if cell.column is None or cell.column.kind is Kind.IGNORED or _NOTHING.fullmatch(cell.label):
        return True
    if not numbered and _reads_like_a_remark(cell):
        return True
    needs_digit = cell.column.key == _IDENTIFIER or cell.column.kind in (Kind.DATE, Kind.INTEGER, Kind.DECIMAL)
    return needs_digit and not any(character.isdigit() for character in cell.text)


def _reads_like_a_remark(cell: _Filled) -> bool:
    if len(cell.text) > _LONGEST_LONE_TEXT or _SENTENCE.search(cell.text):
        return True
    return _LIST_ITEM.fullmatch(cell.label) is not None
