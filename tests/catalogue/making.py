"""The files of the catalogue, made by code: a good return of any office, and the ways to spoil it."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import xlsxwriter
import xlwt

from catalogue.case import Outcome, Send, Sent
from duban.core.sheets import CellValue, RawBook, RawSheet
from fakes.made_returns import book
from fakes.workbooks import ods_book, ods_cell, ods_gap, xlsb_book

WORK, PROJECT, ACTIVITIES, COVER = "工作台账", "项目台账", "工作动态", "封面"
NAMES = ("紫荆小区", "翠竹苑")
OFFICE = "OFFICE"
"""Stands for the code of the office that sends."""

WEEK, CUTOFF = "2018-09-07", date(2018, 9, 7)
Row = Mapping[str, CellValue]
Tweak = Callable[[Any, Mapping[str, Any]], None]
Edit = Callable[[dict[str, bytes]], None]


def made(
    code: str,
    work: Sequence[Row] = (),
    project: Sequence[Row] = (),
    activities: Sequence[Row] | None = ({},),
    cover: Row | None = None,
    reasons: Sequence[Row] | None = None,
    **more: Any,
) -> RawBook:
    """The return of an office with two compounds; `work` and `project` change its rows or add others.

    Two rows of 工作台账, two of 项目台账, one of 工作动态.
    """
    said = {"office": f"{code}办事处", **(cover or {})}
    given = [{key: _of(code, value) for key, value in row.items()} for row in reasons or ()]
    return book(_rows(code, work), _rows(code, project), activities, given or None, cover=said, **more)


def _rows(code: str, changes: Sequence[Row]) -> list[dict[str, CellValue]]:
    count = max(len(NAMES), len(changes))
    rows: list[dict[str, CellValue]] = [
        {"compound_id": f"{code}-{n + 1:03d}", "name": NAMES[n] if n < len(NAMES) else f"小区{n + 1}"}
        for n in range(count)
    ]
    return [
        {key: _of(code, value) for key, value in {**row, **change}.items()}
        for row, change in zip(rows, [*changes, {}, {}], strict=False)
    ]


def _of(code: str, value: CellValue) -> CellValue:
    return value.replace(OFFICE, code) if isinstance(value, str) else value


def on_sheet(raw: RawBook, name: str, change: Callable[[RawSheet], RawSheet]) -> RawBook:
    """The book with one sheet changed."""
    return replace(raw, sheets=tuple(change(sheet) if sheet.name == name else sheet for sheet in raw.sheets))


def with_rows(raw: RawBook, name: str, change: Callable[[tuple[Any, ...]], Sequence[Any]]) -> RawBook:
    """The book with the lines of one sheet changed."""
    return on_sheet(raw, name, lambda sheet: replace(sheet, rows=tuple(map(tuple, change(sheet.rows)))))


def column_of(raw: RawBook, sheet: str, header: str) -> int:
    """Where a header stands."""
    rows = next(one.rows for one in raw.sheets if one.name == sheet)
    return rows[0].index(header)


def names_of(*names: str) -> Callable[[Outcome], bool]:
    """Whether the office's compounds have these names, in the order of their numbers."""
    return lambda outcome: [outcome.compounds[key].name for key in sorted(outcome.compounds)] == list(names)


# ── containers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def xlsx(raw: RawBook, tweak: Tweak | None = None, **options: Any) -> bytes:
    """The book as an .xlsx by XlsxWriter; `tweak` gets the workbook and its sheets by name before it is closed."""
    written = io.BytesIO()
    file = xlsxwriter.Workbook(written, {"in_memory": True, **options})
    day = file.add_format({"num_format": "yyyy-mm-dd"})
    pages = {}
    for sheet in raw.sheets:
        page = pages[sheet.name] = file.add_worksheet(sheet.name)
        for line, row in enumerate(sheet.rows):
            for index, value in enumerate(row):
                _write(page, line, index, value, day)
    if tweak:
        tweak(file, pages)
    file.close()
    return written.getvalue()


def _write(page: Any, line: int, index: int, value: CellValue, day: Any) -> None:
    if isinstance(value, str):
        page.write_string(line, index, value)
    elif isinstance(value, date):
        page.write_datetime(line, index, datetime.combine(value, datetime.min.time()), day)
    elif value is not None:
        page.write(line, index, value)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as a zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def edited(content: bytes, edit: Edit) -> bytes:
    """An .xlsx with its parts edited in place."""
    parts = parts_of(content)
    edit(parts)
    return packed(parts)


def replaced(part: str, old: str, new: str) -> Edit:
    """The edit that replaces a text of a part, which must be there, once."""

    def edit(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], (part, old)
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return edit


WORK_PART, STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"


def xls(raw: RawBook) -> bytes:
    """The book as a real BIFF8 .xls."""
    file = xlwt.Workbook(encoding="utf-8")
    for sheet in raw.sheets:
        page = file.add_sheet(sheet.name)
        for line, row in enumerate(sheet.rows):
            for index, value in enumerate(row):
                if value is not None:
                    page.write(line, index, value)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def ods(raw: RawBook) -> bytes:
    """The book as an .ods."""
    return ods_book({sheet.name: "".join(map(_ods_row, sheet.rows)) for sheet in raw.sheets})


def _ods_row(row: Sequence[CellValue]) -> str:
    cells = "".join(ods_gap(columns=1) if value is None else _ods_cell(value) for value in row)
    return f"<table:table-row>{cells}</table:table-row>"


def _ods_cell(value: CellValue) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return ods_cell(str(value))


def xlsb(raw: RawBook) -> bytes:
    """The book as an .xlsb."""
    return xlsb_book({
        sheet.name: {
            (line, index): value if isinstance(value, int | float) else str(value)
            for line, row in enumerate(sheet.rows)
            for index, value in enumerate(row)
            if value is not None
        }
        for sheet in raw.sheets
    })


def csvs(raw: RawBook, encoding: str = "utf-8", separator: str = ",") -> dict[str, bytes]:
    """The book as Excel saves it sheet by sheet, by file name, without its cover."""
    return {
        f"{sheet.name}.csv": separated(sheet.rows, separator).encode(encoding)
        for sheet in raw.sheets
        if sheet.name != COVER
    }


def separated(rows: Sequence[Sequence[CellValue]], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return text.getvalue()


# ── what is sent ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sends(make: Callable[[str], bytes], name: str | bytes = "周报.xlsx", time: str = "09-07 10:00") -> Send:
    """One file, made for the office."""
    return lambda code: (Sent(name, make(code), time),)


def sends_book(
    raw: Callable[[str], RawBook], write: Callable[[RawBook], bytes] = xlsx, name: str | bytes = "周报.xlsx"
) -> Send:
    """One workbook, made for the office."""
    return sends(lambda code: write(raw(code)), name)


def good(name: str | bytes = "周报.xlsx") -> Send:
    """A return with nothing wrong in it."""
    return sends_book(made, name=name)


def work(*rows: Row, **more: Any) -> Send:
    """A return with other rows in 工作台账."""
    return sends_book(partial(made, work=rows, **more))


def project(*rows: Row, **more: Any) -> Send:
    """A return with other rows in 项目台账."""
    return sends_book(partial(made, project=rows, **more))


def spoiled(edit: Edit, raw: Callable[[str], RawBook] = made) -> Send:
    """A good .xlsx with its parts edited."""
    return sends(lambda code: edited(xlsx(raw(code)), edit))


def tweaked(tweak: Tweak, raw: Callable[[str], RawBook] = made, **options: Any) -> Send:
    """A good .xlsx with something done to it before it is saved."""
    return sends(lambda code: xlsx(raw(code), tweak, **options))


def lines(name: str, change: Callable[[tuple[Any, ...]], Sequence[Any]]) -> Send:
    """A good .xlsx with the lines of one sheet changed."""
    return sends_book(lambda code: with_rows(made(code), name, change))


def folder(files: Callable[[str], Mapping[str, bytes]]) -> Send:
    """A folder of .csv files of the week."""
    return lambda code: [Sent(f"{WEEK}/{name}", content) for name, content in files(code).items()]
