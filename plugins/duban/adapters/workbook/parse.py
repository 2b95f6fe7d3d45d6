"""A workbook of any container into a RawBook. Runs in the child (child.py), never in the caller's process."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.formulas import shared_formulas
from duban.adapters.workbook.marks import Marks
from duban.adapters.workbook.outline import read_outline
from duban.adapters.workbook.parts import repack, unpack
from duban.adapters.workbook.separated import read_separated
from duban.adapters.workbook.sniff import Wrapping, wrapping
from duban.adapters.workbook.survey import find_strays, survey
from duban.adapters.workbook.survey_ods import survey_ods
from duban.adapters.workbook.survey_xls import survey_xls
from duban.adapters.workbook.texts import too_large, unreadable
from duban.core.errors import UnreadableReturnError
from duban.core.sheets import Area, CellValue, RawBook, RawSheet, cell_name

Rows = list[tuple[CellValue, ...]]
Faults = Mapping[tuple[int, int], str]
ODS = "content.xml"
NO_FORMULAS: Mapping[str, Faults] = MappingProxyType({})


def read_workbook(content: bytes) -> RawBook:
    """Read a workbook by its content; raises UnreadableReturnError (F01, F08). A .csv's one sheet has no name."""
    match wrapping(content):
        case Wrapping.TEXT:
            return read_separated(content)
        case Wrapping.OLE2:
            return RawBook(
                "xls", tuple(_sheets(content, lambda: survey_xls(content))), epoch_1904=_counts_from_1904(content)
            )
        case Wrapping.ZIP:
            return _read_zip(content)


def _read_zip(content: bytes) -> RawBook:
    parts = unpack(content)
    if parts.container not in {"xlsx", "xlsm"}:
        return RawBook(parts.container, tuple(_sheets(content, lambda: survey_ods(parts.contents.get(ODS, b"")))))
    outline = read_outline(parts.contents)
    _check_count(len(outline.parts))
    surveys = {
        sheet: survey(sheet, parts.contents[part]) for sheet, part in outline.parts.items() if part in parts.contents
    }
    if any(seen.strays for seen in surveys.values()):
        content = repack({**parts.contents, **{outline.parts[sheet]: seen.part for sheet, seen in surveys.items()}})
    shared = {sheet: seen.shared for sheet, seen in surveys.items() if seen.shared}
    formulas = shared_formulas(content, shared) if shared else {}
    return RawBook(parts.container, tuple(_sheets(content, lambda: surveys, formulas)), epoch_1904=outline.epoch_1904)


def _sheets(
    content: bytes, look: Callable[[], Mapping[str, Marks]], formulas: Mapping[str, Faults] = NO_FORMULAS
) -> Iterator[RawSheet]:
    """Every worksheet; `look` tells the marks of each once the parser has found the file sound."""
    with _telling_damage():
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    _check_count(len(book.sheets_metadata))
    marks = look()
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        read, merged = _read(book, sheet.name)
        raw = _sheet(sheet, read, marks.get(sheet.name), formulas.get(sheet.name, {}))
        yield replace(raw, merged=merged)


def _sheet(metadata: SheetMetadata, rows: Rows, seen: Marks | None, formulas: Faults) -> RawSheet:
    visible = metadata.visible is SheetVisibleEnum.Visible
    if seen is None:
        return RawSheet(metadata.name, tuple(rows), visible)
    faults = {**seen.faults, **formulas}
    last = max((row for row, _ in faults), default=-1)
    rows += [()] * (last + 1 - len(rows))
    hidden_rows = frozenset(row for row in seen.hidden_rows if row < len(rows))
    return RawSheet(metadata.name, tuple(rows), visible, hidden_rows, seen.hidden_columns, faults)


def _check_count(sheets: int) -> None:
    if sheets > limits.MOST_SHEETS:
        raise too_large(texts.TOO_MANY_SHEETS.format(count=sheets, limit=limits.MOST_SHEETS))


def _read(book: CalamineWorkbook, name: str) -> tuple[Rows, tuple[Area, ...]]:
    """Every line from the first of the sheet on, so that positions are true (B-73), without the blank tail; merges."""
    with _telling_damage():
        sheet = book.get_sheet_by_name(name)
        _check_area(name, sheet)
        rows = [_row(line) for line in sheet.to_python(skip_empty_area=False)]
        merged = [Area(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    if len(rows) > limits.MOST_LINES or any(len(row) > limits.LAST_COLUMN for row in rows):
        for row, column in find_strays(name, _filled(rows)):
            rows[row] = _row(rows[row][:column])
    while rows and not rows[-1]:
        rows.pop()
    return rows, _within(rows, merged)


def _within(rows: Rows, merged: Iterable[Area]) -> tuple[Area, ...]:
    """The merged ranges over these rows; none at all of a sheet that has absurdly many."""
    clipped = [area._replace(last_row=min(area.last_row, len(rows) - 1)) for area in merged]
    hidden = sum(max(area.last_row - area.first_row, 0) + 1 for area in clipped)
    return tuple(clipped) if hidden <= limits.MOST_MERGED else ()


def _row(line: Sequence[CellValue]) -> tuple[CellValue, ...]:
    """One line without its blank tail; the parser writes blanks as ''."""
    end = len(line)
    while end and line[end - 1] in {"", None}:
        end -= 1
    return tuple([value or (None if value == "" else value) for value in line[:end]])  # most are neither blank nor 0


def _filled(rows: Rows) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                yield row, column


def _check_area(name: str, sheet: CalamineSheet) -> None:
    row, column = sheet.end or (0, 0)
    if (row + 1) * (column + 1) > limits.MOST_CELLS:
        raise too_large(texts.TOO_WIDE.format(sheet=name, cell=cell_name(row, column)))


def _counts_from_1904(content: bytes) -> bool:
    """Every .xls has one DATEMODE record (type 0x22, two bytes): 0 is 1900, 1 is 1904. The parser does not tell."""
    return b"\x22\0\2\0\1\0" in content and b"\x22\0\2\0\0\0" not in content


@contextmanager
def _telling_damage() -> Iterator[None]:
    """Turn whatever the parser throws at a broken file into F01. Its panics are no Exceptions and have no name."""
    try:
        yield
    except PasswordError as error:
        raise unreadable(texts.PASSWORD) from error
    except (UnreadableReturnError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise unreadable(texts.DAMAGED) from error
