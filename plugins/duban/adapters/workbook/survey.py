"""What the parser does not tell of an .xlsx: seen in the XML of its sheets before it is parsed.

Cell references are counted from the cells themselves, never from `<dimension>`, which may lie (B-15 … B-20). A plain
sheet passes with a few searches at the speed of C; only what they find is looked at cell by cell.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.marks import Marks
from duban.adapters.workbook.texts import too_large, unreadable
from duban.core.sheets import cell_name

_TAG = rb"<(?:\w+:)?"
_REFERENCE = rb'(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*'
_PERHAPS_FAR = re.compile(rb' r="(?:[A-Z]{3}|(?:G[S-Z]|[H-Z][A-Z])\d|[A-Z]{1,2}(?:[5-9]\d{4}|\d{6}))')
# Half the cost; most sheets have neither a cell beyond column Z nor one from line 10000 on, so nothing else is asked.
_PERHAPS_BEYOND = re.compile(rb' r="[A-Z](?:[A-Z]|\d{5})')
_CONTENT = re.compile(_TAG + rb"c\s" + _REFERENCE + rb"(?<!/)>\s*" + _TAG + rb"(?:v|is|f)\b")
_ERROR = re.compile(
    _TAG + rb'c\s(?=[^>]*\bt="e")' + _REFERENCE + rb">(?:\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</[^>]*>))?\s*"
    rb"<(?:\w+:)?v>([^<]*)<"
)
_UNCALCULATED = re.compile(
    _TAG + rb'c\s(?![^>]*\bt="str")' + _REFERENCE + rb">\s*<(?:\w+:)?f\b[^>]*(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_NEGATIVE_STRING = re.compile(_TAG + rb'c\s[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>\s*-')
_HIDDEN = rb'(?=[^>]*\shidden="(?:1|true)")'
_HIDDEN_ROW = re.compile(_TAG + rb"row\b" + _HIDDEN + rb'[^>]*?\sr="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(_TAG + rb"col\b" + _HIDDEN + rb'(?=[^>]*\smin="(\d{1,5})")(?=[^>]*\smax="(\d{1,5})")')


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Marks):
    """One sheet's XML surveyed; rows and columns from 0.

    `faults` has also, of a formula without value, its text; `shared` are those of the latter whose text stands at
    another cell. `part` is the sheet's XML without its `strays`.
    """

    part: bytes
    strays: frozenset[tuple[int, int]]
    shared: frozenset[tuple[int, int]]


def survey(sheet: str, part: bytes) -> Survey:
    """Survey the XML of one sheet; raises UnreadableReturnError (F08) when its cells lie too wide or are too many."""
    if b"v>-" in part and _NEGATIVE_STRING.search(part):
        raise unreadable(texts.DAMAGED)
    strays = find_strays(sheet, _content_cells(part)) if _needs_counting(part) else frozenset()
    part = _without(part, strays)
    uncalculated = dict(_faults(_UNCALCULATED, part)) if b"<f" in part or b":f" in part else {}
    errors = dict(_faults(_ERROR, part)) if b't="e"' in part else {}
    hides = b" hidden=" in part
    return Survey(
        part=part,
        strays=strays,
        faults={**{address: f"={text}" for address, text in uncalculated.items()}, **errors},
        shared=frozenset(address for address, text in uncalculated.items() if not text),
        hidden_rows=frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(part)) if hides else frozenset(),
        hidden_columns=frozenset(_hidden_columns(part)) if hides else frozenset(),
    )


def find_strays(sheet: str, cells: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Lone values far from any table, to be left out: clerks and add-ins leave them at the edge of the sheet.

    Raises UnreadableReturnError (F08) for more than MOST_LINES lines with content, and for far cells that stand
    together in a line, which might be data.
    """
    rows: set[int] = set()
    far: dict[int, int] = {}
    for row, column in cells:
        if row not in rows:
            rows.add(row)
            if len(rows) > limits.MOST_LINES:
                raise too_large(texts.TOO_MANY_ROWS.format(sheet=sheet, limit=limits.MOST_LINES))
        if row >= limits.LAST_ROW or column >= limits.LAST_COLUMN:
            if row in far or len(far) == limits.MOST_STRAYS:
                raise too_large(texts.TOO_WIDE.format(sheet=sheet, cell=cell_name(row, column)))
            far[row] = column
    return frozenset(far.items())


def _needs_counting(part: bytes) -> bool:
    if part.count(b"row ") > limits.MOST_LINES:
        return True
    return _PERHAPS_BEYOND.search(part) is not None and _PERHAPS_FAR.search(part) is not None


def _address(letters: bytes, digits: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(digits) - 1, column - 1


def _content_cells(part: bytes) -> Iterator[tuple[int, int]]:
    return (_address(*found.groups()) for found in _CONTENT.finditer(part))


def _faults(pattern: re.Pattern[bytes], part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for letters, digits, text in pattern.findall(part):
        yield _address(letters, digits), html.unescape(text.decode("utf-8", "replace"))


def _hidden_columns(part: bytes) -> Iterator[int]:
    for first, last in _HIDDEN_COLUMNS.findall(part):
        yield from range(int(first) - 1, min(int(last), limits.LAST_COLUMN))


def _without(part: bytes, strays: frozenset[tuple[int, int]]) -> bytes:
    if not strays:
        return part
    names = "|".join(cell_name(row, column) for row, column in strays).encode()
    cell = _TAG + rb'c\s(?:[^>]*?\s)?r="(?:' + names + rb')"[^>]*>.*?</(?:\w+:)?c>'
    return re.sub(cell, b"", part, flags=re.DOTALL)
