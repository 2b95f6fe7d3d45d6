"""The page that 补正清单 is written on: one line after another, each in one of a few looks, made for A4."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal

from duban.adapters.markup import texts
from duban.adapters.markup.cells import write_text
from duban.adapters.markup.colours import BLANK, COLOURS, DARK, INK, LINE, LINK, PALE
from duban.core.findings import Finding, FindingClass
from duban.core.gate.reasons import SHORTEST
from duban.core.messages import WORDINGS

EXPLAINED = (FindingClass.B, FindingClass.C)
"""The classes that an office may answer with a reason."""

_FONT, _HEADING_FONT = "宋体", "黑体"
_WIDTHS = (6, 10, 20, 12, 26, 58, 30)
_LAST = len(_WIDTHS)
_NUMBER, _CODE, _PLACE, _COMPOUND, _FOUND, _PROBLEM, _REASON = range(1, _LAST + 1)
_CENTRED = frozenset({_NUMBER, _CODE, _COMPOUND})
_LINE_HEIGHT, _PADDING = 15, 8  # points
_TALLEST = 400  # Excel allows 409
_GAP = 6
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6, "header": 0.3, "footer": 0.3}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; colours as RGB in hex."""

    font: str = _FONT
    size: int = 11
    bold: bool = False
    ink: str = INK
    fill: str | None = None
    align: Literal["left", "center"] = "left"
    wrap: bool = False
    framed: bool = True
    linked: bool = False


_TITLE = Look(_HEADING_FONT, 20, bold=True, align="center", framed=False)
_BARE = Look(framed=False, wrap=True)
_HEADER = Look(_HEADING_FONT, bold=True, ink=BLANK, fill=DARK, align="center")
_TEXT = Look(wrap=True)
_MIDDLE = Look(wrap=True, align="center")
_LINKED = Look(wrap=True, ink=LINK, linked=True)
_CLOSED = Look(wrap=True, fill=PALE)
_COUNT = Look(bold=True, align="center")


class Page:
    """Writes one line after another, each in one of a few looks."""

    def __init__(
        self,
        sheet: Any,
        *,
        headers: Sequence[str] = texts.HEADERS,
        explained: Sequence[FindingClass] = EXPLAINED,
        prompt: str | None = texts.PROMPT.format(shortest=SHORTEST),
    ) -> None:
        """`explained` are the classes whose last cell is for an answer; `prompt` is shown beside such a cell."""
        from openpyxl.worksheet.datavalidation import DataValidation

        self._sheet = sheet
        self._headers = headers
        self._explained = explained
        self._row = 0
        self._header_row = 0
        self._looks: dict[Look, Any] = {}
        self._prompt = DataValidation(allow_blank=True, promptTitle=texts.PROMPT_TITLE, prompt=prompt)
        self._prompt.showInputMessage = prompt is not None

    def write_title(self, text: str) -> None:
        self._across(text, 38, _TITLE)

    def write_line(self, text: str) -> None:
        if text:
            self._across(text, 19, _BARE)

    def write_note(self, text: str) -> None:
        self._across(text, _height(text, sum(_WIDTHS)), _BARE)

    def leave_gap(self) -> None:
        self._next(_GAP)

    def write_legend(self, cls: FindingClass, count: int) -> None:
        """A chip in the colour of a class, how many findings it has, and what it means."""
        self._next(20)
        chip = _chip(cls, align="center")
        self._write(1, texts.CHIP.format(letter=cls, name=texts.NAMES[cls]), chip)
        self._write(2, None, chip)
        self._write(3, texts.COUNT.format(count=count), _COUNT)
        for column in range(4, _LAST + 1):
            self._write(column, texts.MEANINGS[cls] if column == 4 else None, Look())
        self._merge(1, 2)
        self._merge(4, _LAST)

    def write_header(self) -> None:
        self._next(26)
        self._header_row = self._row
        for column, header in enumerate(self._headers, 1):
            self._write(column, header, _HEADER)

    def write_section(self, cls: FindingClass, text: str) -> None:
        self._across(text, 22, _chip(cls, align="left"))

    def write_finding(self, number: int, finding: Finding, target: Any) -> None:
        """One line; `target` is the sheet that the finding stands in, None when there is none."""
        problem = texts.PROBLEM.format(title=WORDINGS[finding.code].title, expected=finding.expected)
        explained = finding.cls in self._explained
        cells = {
            _NUMBER: None,
            _CODE: finding.code,
            _PLACE: _place(finding),
            _COMPOUND: finding.compound or "",
            _FOUND: finding.found,
            _PROBLEM: problem,
            _REASON: (finding.reason or "") if explained else "",
        }
        looks = dict.fromkeys(_CENTRED, _MIDDLE)
        looks |= {} if explained else {_REASON: _CLOSED}
        looks |= {} if target is None else {_PLACE: _LINKED}
        self._next(max(_height(text or "", _WIDTHS[column - 1]) for column, text in cells.items()))
        for column, text in cells.items():
            self._write(column, text, looks.get(column, _TEXT))
        self._sheet.cell(self._row, _NUMBER).value = number
        if target is not None:
            self._link(self._sheet.cell(self._row, _PLACE), target, finding.cell)
        if explained and self._prompt.showInputMessage:
            self._prompt.add(self._sheet.cell(self._row, _REASON).coordinate)

    def set_up(self) -> None:
        """Widths, and A4 landscape as wide as the page, its header on each, pages numbered."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.page import PageMargins

        sheet = self._sheet
        for column, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        if self._prompt.sqref.ranges:
            sheet.add_data_validation(self._prompt)
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = COLOURS[FindingClass.A].ink
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins = PageMargins(**_MARGINS)
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = texts.FOOTER
        sheet.print_title_rows = f"{self._header_row}:{self._header_row}"
        sheet.print_area = f"A1:{get_column_letter(_LAST)}{self._row}"

    def _next(self, height: float) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height

    def _across(self, text: str, height: float, look: Look) -> None:
        """A line over all columns."""
        self._next(height)
        for column in range(1, _LAST + 1):
            self._write(column, text if column == 1 else None, look)
        self._merge(1, _LAST)

    def _merge(self, first: int, last: int) -> None:
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=first, end_column=last)

    def _write(self, column: int, text: str | None, look: Look) -> None:
        cell = self._sheet.cell(self._row, column)
        self._dress(cell, look)
        if text:
            write_text(cell, text)

    def _dress(self, cell: Any, look: Look) -> None:
        """Give a cell its look, each worked out once: a long list has a hundred thousand cells."""
        if look in self._looks:
            cell._style = copy(self._looks[look])  # noqa: SLF001  # the public way searches all styles for each cell
            return
        _dress(cell, look)
        self._looks[look] = copy(cell._style)  # noqa: SLF001  # as above

    def _link(self, cell: Any, target: Any, address: str | None) -> None:
        from openpyxl.utils import quote_sheetname
        from openpyxl.worksheet.hyperlink import Hyperlink

        location = f"{quote_sheetname(target.title)}!{address or 'A1'}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=cell.value)


def _chip(cls: FindingClass, *, align: Literal["left", "center"]) -> Look:
    colour = COLOURS[cls]
    return Look(_HEADING_FONT, bold=True, ink=colour.ink, fill=colour.fill, align=align)


def _dress(cell: Any, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    underline: Any = "single" if look.linked else None
    cell.font = Font(name=look.font, size=look.size, bold=look.bold, color=look.ink, underline=underline)
    indent = 1 if look.align == "left" else 0
    cell.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=look.wrap, indent=indent)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.framed:
        line = Side("thin", color=LINE)
        cell.border = Border(line, line, line, line)


def _place(finding: Finding) -> str:
    if finding.sheet is None:
        return texts.WHOLE_FILE
    return texts.PLACE.format(sheet=finding.sheet, cell=finding.cell or "")


def _height(text: str, width: float) -> float:
    """Points for a wrapped text; Chinese characters are two wide."""
    wide = len(text) + sum(not character.isascii() for character in text)
    lines = -(-wide // int(width - 2)) or 1
    return min(lines * _LINE_HEIGHT + _PADDING, _TALLEST)
