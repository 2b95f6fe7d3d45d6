"""Reading a return: ours in its warm child against the usual ways, on the same bytes."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from python_calamine import CalamineWorkbook

from bench.rounds import BOUND, OURS, PEER, Contender, children_of, measured, node, table, timed
from duban.adapters.workbook import WorkbookReader
from fakes.house import workbook
from fakes.made_returns import book

SIZES = {50: 9, 300: 9, 3000: 3}
SHEETJS = (
    "const x = require('xlsx'), bytes = require('fs').readFileSync(process.argv[1]);"
    "function run() { const b = x.read(bytes, {dense: true, cellDates: true});"
    "for (const n of b.SheetNames) x.utils.sheet_to_json(b.Sheets[n], {header: 1}) }"
)


def return_of(rows: int) -> bytes:
    """A return with so many rows in 工作台账."""
    work = [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}", "extent": f"东至前程路{n}号"} for n in range(rows)]
    return workbook(book(work=work, project=()))


def sections() -> Iterator[str]:
    with TemporaryDirectory() as folder, WorkbookReader() as reader:
        reader.read("warm.xlsx", return_of(1))
        [child] = children_of_us()
        for rows, times in SIZES.items():
            content = return_of(rows)
            path = Path(folder) / f"{rows}.xlsx"
            path.write_bytes(content)
            yield table(f"Reading a return of {rows} rows", measured(contenders(reader, child, path), times))


def children_of_us() -> list[int]:
    return children_of(os.getpid())


def contenders(reader: WorkbookReader, child: int, path: Path) -> list[Contender | None]:
    content = path.read_bytes()
    return [
        timed("ours: warm child, its CPU included", OURS, lambda: reader.read("a.xlsx", content), [child]),
        timed("pandas + openpyxl", PEER, lambda: frames(content, "openpyxl")),
        timed("pandas + calamine", PEER, lambda: frames(content, "calamine")),
        node("SheetJS (npm)", SHEETJS, str(path)),
        timed("python-calamine alone", BOUND, lambda: rows_of(content)),
    ]


def frames(content: bytes, engine: str) -> object:
    return pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine=engine)


def rows_of(content: bytes) -> object:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names]
