"""One raw cell made a typed value (returns.md, "What is normalised silently or with a hint (class D)").

A note is made where something had to be understood: a unit, a separator, a full-width digit, a date in words, a tick.
No note for what nobody sees or nobody typed: white space, and the type a program stored a plain value in.
What would have to be guessed stays unreadable: `value` is None and the gate says R02, R03 or C11.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from duban.core.cleaning import clean, fold_choice, fold_identifier, fold_ideographs, fold_width
from duban.core.returns import AIM_STATES, Column, Kind, Presence
from duban.core.sheets import CellValue
from duban.core.tables import Cell
from duban.core.written_dates import EPOCH_1900, date_of_cell, date_of_number, date_of_text

BLANK = Cell("", None)
BLANK_MARK = "空白"
MERGED_MARK = "合并单元格"
TICKS = frozenset("√✓✔☑✅")
TICKED = "已完成"
PLACEHOLDERS = frozenset({"无", "暂无", "空", "—", "——", "–", "-", "--", "/", "\\", "N/A"})
# Words that mean a column's own unit and nothing else; 元 is not 万元.
SAME_UNIT = {"栋": ("栋", "幢"), "万元": ("万元", "万"), "人": ("人", "名")}
# Excel keeps 15 digits; a longer number has lost its tail, or was never a quantity.
_MOST_DIGITS = 15
# Where a column has an upper bound, such a number is beyond it whatever its tail was; some length ends every text.
_MOST_DIGITS_OUT_OF_RANGE = 30
_VARIATION_SELECTOR = "\ufe0f"
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?: ?(\D+))?", re.ASCII)
_LONGEST_IN_NOTE = 40


def read_cell(raw: CellValue, column: Column, fault: str | None = None, *, epoch: date = EPOCH_1900) -> Cell:
    """The typed cell of `raw` in `column`. Never raises.

    `fault` is what an error cell or uncalculated formula shows; `epoch` the day 0 of the workbook's serials.
    """
    if fault is not None:
        return Cell(_shown(raw), None, fault=fault)
    if raw is None or raw == "":
        return BLANK
    if not isinstance(raw, str):
        return _FROM_OTHER[column.kind](raw, column, epoch)
    text, dirty = clean(raw)
    if not text:
        return Cell("", None, dirty=dirty)
    cell = _FROM_TEXT[column.kind](text, column, epoch)
    return Cell(cell.text, cell.value, cell.note, dirty=True) if dirty else cell


class ColumnReader(dict[tuple[type, CellValue], Cell]):
    """The cells of one column by type and raw value; what repeats is read once.

    The type is in the key because 1, 1.0 and True are equal and mean different things.
    """

    __slots__ = ("_column", "_epoch")

    def __init__(self, column: Column, *, epoch: date) -> None:
        super().__init__()
        self._column = column
        self._epoch = epoch

    def __missing__(self, key: tuple[type, CellValue]) -> Cell:
        cell = self[key] = read_cell(key[1], self._column, epoch=self._epoch)
        return cell

    def read(self, values: Sequence[CellValue]) -> list[Cell]:
        """The cells of a whole column; without a step of Python for a value that was seen before."""
        return list(map(self.__getitem__, zip(map(type, values), values, strict=True)))


def as_merged(cell: Cell) -> Cell:
    """The cell that a merged range hides, told by the one that it shows."""
    return cell if cell.value is None else replace(cell, note=_note(MERGED_MARK, cell.value))


def is_placeholder(text: str) -> bool:
    """Whether a cleaned text only says that there is nothing (无, —, /, N/A)."""
    return fold_width(text).upper() in PLACEHOLDERS


def _note(text: str, becomes: object) -> str:
    return f"{_short(text)} → {_short(str(becomes))}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_IN_NOTE else text[: _LONGEST_IN_NOTE - 1] + "…"


def _shown(raw: CellValue) -> str:
    """What a cell that holds no text shows: 12.0 as 12, a day as 2018-08-03."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, int | float):
        return _shown_number(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    return clean("" if raw is None else str(raw))[0]


def _exact(number: float) -> Decimal:
    """A number as Excel shows it, to 15 digits: 0.1 + 0.2 is 0.3. NaN and infinity stay what they are."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{_MOST_DIGITS}g}")


def _shown_number(number: float) -> str:
    exact = _exact(number)
    if not exact.is_finite():
        return str(exact)
    return f"{exact.to_integral_value():f}" if exact == exact.to_integral_value() else f"{exact:f}"


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(text: str, column: Column, _epoch: object = None) -> Cell:
    value = fold_identifier(text) if column.key == "compound_id" else text
    value = fold_ideographs(value)
    return Cell(text, value, None if value == text else _note(text, value))


def _text_from_other(raw: CellValue, column: Column, _epoch: object) -> Cell:
    return _text(_shown(raw), column)


# ── choices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _choice(text: str, column: Column, _epoch: object = None) -> Cell:
    if text in column.choices:
        return Cell(text, text)
    if column.choices == AIM_STATES and text.rstrip(_VARIATION_SELECTOR) in TICKS:
        return Cell(text, TICKED, _note(text, TICKED))
    value = _choices_by_fold(column.choices).get(fold_choice(text))
    return Cell(text, value, None if value is None else _note(text, value))


@lru_cache(maxsize=64)
def _choices_by_fold(choices: tuple[str, ...]) -> dict[str, str]:
    return {fold_choice(choice): str(choice) for choice in choices}


def _choice_from_other(raw: CellValue, column: Column, _epoch: object) -> Cell:
    return _choice(_shown(raw), column)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _number(text: str, column: Column, _epoch: object) -> Cell:
    if column.presence is not Presence.REQUIRED and is_placeholder(text):
        return Cell("", None, _note(text, BLANK_MARK))
    match = _NUMBER.fullmatch(fold_width(text))
    if match is None or not _is_unit(match[2], column):
        return Cell(text, None)
    written = Decimal(match[1].replace(",", ""))
    value = _typed(written, column)
    plain = text == match[1] and "," not in text and value == written
    return Cell(text, value, None if plain or value is None else _note(text, value))


def _is_unit(word: str | None, column: Column) -> bool:
    return word is None or (column.unit is not None and word in SAME_UNIT.get(column.unit, (column.unit,)))


def _number_from_other(raw: CellValue, column: Column, _epoch: object) -> Cell:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**_MOST_DIGITS:
        whole = int(raw)
        return Cell(str(whole), whole if column.kind is Kind.INTEGER else Decimal(whole))
    text = _shown(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return Cell(text, None)
    value = _typed(_exact(raw), column)
    return Cell(text, value, None if value is None or value == _exact(raw) else _note(text, value))


def _typed(number: Decimal, column: Column) -> int | Decimal | None:
    """A whole number for an integer column, else a decimal with the column's places; None where it is neither."""
    digits = _MOST_DIGITS if column.high is None else _MOST_DIGITS_OUT_OF_RANGE
    if not number.is_finite() or number.adjusted() >= digits:
        return None
    if column.kind is Kind.DECIMAL:
        number = number.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
    if number == number.to_integral_value():
        return int(number) if column.kind is Kind.INTEGER else Decimal(int(number))
    return None if column.kind is Kind.INTEGER else number.normalize()


# ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _date(text: str, column: Column, epoch: date) -> Cell:
    if column.presence is not Presence.REQUIRED and is_placeholder(text):
        return Cell("", None, _note(text, BLANK_MARK))
    day = date_of_text(text, epoch=epoch)
    return Cell(text, day, None if day is None or text == day.isoformat() else _note(text, day))


def _date_from_other(raw: CellValue, _column: Column, epoch: date) -> Cell:
    text = _shown(raw)
    if isinstance(raw, date):
        day = date_of_cell(raw)
        return Cell(text, day, None if day is None or text == day.isoformat() else _note(text, day))
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return Cell(text, None)
    day = date_of_number(raw, epoch=epoch)
    return Cell(text, day, None if day is None else _note(text, day))


_FROM_TEXT: dict[Kind, Callable[[str, Column, date], Cell]] = {
    Kind.IGNORED: _text,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.DATE: _date,
}
_FROM_OTHER: dict[Kind, Callable[[CellValue, Column, date], Cell]] = {
    Kind.IGNORED: _text_from_other,
    Kind.TEXT: _text_from_other,
    Kind.CHOICE: _choice_from_other,
    Kind.INTEGER: _number_from_other,
    Kind.DECIMAL: _number_from_other,
    Kind.DATE: _date_from_other,
}
