"""How duban's workbooks look: one set of formats a workbook."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from duban.core import row_heights
from duban.core.checked import Value
from duban.core.returns import Column, Kind, Presence

FONT = "宋体"
HEADING_FONT = "黑体"
DARK, PALE, GREY, ALARM, LATE, LINE = "#1F4E78", "#DDEBF7", "#F2F2F2", "#FFC7CE", "#FFD966", "#BFBFBF"
NUMBER_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.INTEGER: "0", Kind.TEXT: "@", Kind.CHOICE: "@", Kind.IGNORED: "0"}
_WIDTHS = {Kind.DATE: 12, Kind.INTEGER: 10, Kind.DECIMAL: 9, Kind.IGNORED: 6}
_TEXT_WIDTHS = ((5, 12), (20, 13), (40, 18), (100, 24), (sys.maxsize, 30))
_LEFT = frozenset({Kind.TEXT})
INDENT = 2  # characters

Properties = Mapping[str, Any]


class Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def title(self) -> Any:
        return self._of(bold=True, font_name=HEADING_FONT, font_size=16, align="center", border=0)

    def header(self, column: Column | None = None) -> Any:
        """Dark for columns that must be filled, pale for the others."""
        required = column is None or column.presence is Presence.REQUIRED
        colours = {"bg_color": DARK, "font_color": "white"} if required else {"bg_color": PALE, "font_color": DARK}
        return self._of(bold=True, align="center", text_wrap=True, **colours)

    def cell(self, column: Column, *, locked: bool = False) -> Any:
        """A data cell of a column; locked ones are grey."""
        shade = {"bg_color": GREY} if locked else {}
        place = {"align": "left", "indent": 1} if column.kind in _LEFT else {"align": "center"}
        return self._of(num_format=number_format(column), locked=locked, text_wrap=True, **place, **shade)

    def open_column(self, column: Column) -> Any:
        """What a column's cells are below the lines drawn: the same kind, without a frame."""
        return self._of(num_format=number_format(column), locked=False, border=0)

    def label(self) -> Any:
        return self._of(bold=True, bg_color=PALE, font_color=DARK, align="center")

    def text(self, **more: Any) -> Any:
        return self._of(**{"text_wrap": True, "align": "left", "indent": 1, **more})

    def note(self) -> Any:
        return self._of(text_wrap=True, border=0, font_color="#595959", font_size=10)

    def alarm(self) -> Any:
        return self._once(bg_color=ALARM)

    def late(self) -> Any:
        """What is overdue."""
        return self._once(bg_color=LATE, bold=True)

    def _of(self, **properties: Any) -> Any:
        properties = {
            "font_name": FONT, "font_size": 11, "valign": "vcenter", "border": 1, "border_color": LINE, **properties,
        }  # fmt: skip
        return self._once(**properties)

    def _once(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def number_format(column: Column) -> str:
    """Texts and choices are formatted as text, so that 001 stays 001 and a typed = is no formula."""
    if column.kind is Kind.DECIMAL:
        return "0." + "0" * column.places if column.places else "0"
    return NUMBER_FORMATS[column.kind]


def row_height(columns: Sequence[Column], values: Mapping[str, Value], least: float) -> float:
    """The height in points at which every text of a row can be read in its column, at least `least`."""
    texts = ((values.get(column.key), width(column) - INDENT) for column in columns)
    return row_heights.row_height(((text, room) for text, room in texts if isinstance(text, str)), least)


def width(column: Column) -> float:
    """A column's width in characters: Chinese ones count twice; long texts wrap."""
    if column.kind in _WIDTHS:
        return _WIDTHS[column.kind]
    if column.choices:
        return min(max(2 * max(map(len, column.choices)) + 3, 9), 17)
    return next(wide for longest, wide in _TEXT_WIDTHS if (column.longest or 20) <= longest)
