"""The marks in the office's own sheets: each offending cell in the colour of its class, with a comment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from duban.adapters.markup import texts
from duban.adapters.markup.colours import COLOURS
from duban.core.findings import Finding, FindingClass
from duban.core.messages import WORDINGS
from duban.core.wording import plain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LEAST_WIDTH, _MOST_WIDTH, _PADDING, _LINE = 240, 420, 24, 19  # pixels
_PIXELS_A_CHARACTER = 13


def clear_marks(sheet: Any) -> None:
    """Take away what an earlier marking left; comments of the office itself stay, in a size that shows them whole."""
    from openpyxl.styles import PatternFill

    for cell in _cells(sheet):
        if cell.comment is None:
            continue
        own, mark, _ = cell.comment.text.partition(texts.MARK)
        cell.comment = _comment(own.rstrip(), cell.comment.author) if own.strip() else None
        if mark and cell.fill.fill_type == "solid" and str(cell.fill.fgColor.rgb)[-6:] in _OUR_FILLS:
            cell.fill = PatternFill()


_OUR_FILLS = frozenset(colour.fill for colour in COLOURS.values())


def keep_texts(sheet: Any) -> None:
    """Make sure that a text which looks like a formula stays a text, even when it is edited (faults B-79)."""
    for cell in _cells(sheet):
        if cell.data_type == "s" and str(cell.value).startswith(FORMULA_STARTS):
            cell.quotePrefix = True


def mark_cells(sheet: Any, findings: Iterable[Finding], example: Callable[[Finding], str]) -> None:
    """Mark every cell that a finding names; several findings of a cell share its comment and the gravest its colour."""
    from openpyxl.styles import PatternFill, Protection

    fills = {cls: PatternFill("solid", fgColor=colour.fill) for cls, colour in COLOURS.items()}
    for cell, alike in _by_cell(sheet, findings).items():
        gravest = min(finding.cls for finding in alike)
        cell.fill = fills[gravest]
        own = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = _comment(own + "\n".join(_told(finding, example) for finding in alike), texts.AUTHOR)
        if gravest is FindingClass.D:
            continue
        _uncover(sheet, cell)
        if sheet.protection.sheet:
            cell.protection = Protection(locked=False)


def write_text(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it looks like: a formula, an error, a number."""
    cell.value = plain(text)
    cell.data_type = "s"
    cell.quotePrefix = cell.value.startswith(FORMULA_STARTS)


def _cells(sheet: Any) -> Iterable[Any]:
    """Every cell that is there; the hidden ones of merged ranges hold nothing."""
    from openpyxl.cell import MergedCell

    return (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell))


def _by_cell(sheet: Any, findings: Iterable[Finding]) -> Mapping[Any, Sequence[Finding]]:
    """The findings by the cell that is seen where they stand: of a merged range its first."""
    from openpyxl.cell import MergedCell

    by_cell: dict[Any, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: (finding.cls, finding.code)):
        cell = sheet[finding.cell]
        if isinstance(cell, MergedCell):
            merged = next(area for area in sheet.merged_cells.ranges if finding.cell in area)
            cell = sheet.cell(merged.min_row, merged.min_col)
        by_cell[cell].append(finding)
    return by_cell


def _uncover(sheet: Any, cell: Any) -> None:
    """What must be mended must be seen: a hidden row or column with such a cell is shown."""
    sheet.row_dimensions[cell.row].hidden = False
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min <= cell.column <= column.max:
            column.hidden = False


def _told(finding: Finding, example: Callable[[Finding], str]) -> str:
    wording, name = WORDINGS[finding.code], texts.NAMES[finding.cls]
    said: dict[str, dict[str, str | None]] = {
        texts.COMMENT_HEAD: {"code": finding.code, "name": name, "title": wording.title},
        texts.COMMENT_FOUND: {"found": finding.found},
        texts.COMMENT_EXPECTED: {"expected": finding.expected},
        texts.COMMENT_EXAMPLE: {"example": example(finding)},
        texts.COMMENT_REASON: {"reason": finding.reason},
    }
    return "\n".join(plain(line.format(**fields)) for line, fields in said.items() if all(fields.values()))


def _comment(text: str, author: str) -> Any:
    """A comment as large as its text."""
    from openpyxl.comments import Comment

    lines = text.split("\n")
    longest = max(map(len, lines)) * _PIXELS_A_CHARACTER + _PADDING
    width = min(max(longest, _LEAST_WIDTH), _MOST_WIDTH)
    in_a_line = (width - _PADDING) // _PIXELS_A_CHARACTER
    height = sum(-(-max(len(line), 1) // in_a_line) for line in lines) * _LINE + _PADDING
    return Comment(text, author, height=height, width=width)
