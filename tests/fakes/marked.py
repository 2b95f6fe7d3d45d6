"""Returns marked in this process, for tests of what a marked workbook holds."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

from duban.adapters.markup.mark import Task, mark
from duban.adapters.workbook import write_blank, write_workbook
from duban.adapters.workbook.parse import read_workbook
from duban.core.findings import Finding
from duban.core.marking import Heading
from duban.core.plan import Office
from duban.pipeline.check import CheckResult
from fakes.made_returns import CLEAN, COVER, CUTOFF, FORM, RECEIVED, check
from fakes.plans import DECIDED

LIST, WORK, PROJECT = "补正清单", "工作台账", "项目台账"
HEADING = Heading("周报.xlsx", "EA办事处", CUTOFF, RECEIVED, 12, date(2018, 9, 12))
EA = Office("EA", "EA办事处", DECIDED)
Edits = Mapping[tuple[str, str], object]


def sent(edits: Edits | None = None, **tables: Sequence[Mapping[str, Any]]) -> bytes:
    """A plain return, its data from line 2 on, with what a clerk's hand changed in it: by sheet and cell."""
    target = io.BytesIO()
    cover = {key: str(value) for key, value in COVER.items()}
    write_workbook(FORM, cover, rows_over_clean(tables), target)
    return by_hand(target.getvalue(), edits) if edits else target.getvalue()


def sent_blank(edits: Edits, **tables: Sequence[Mapping[str, Any]]) -> bytes:
    """The bureau's own blank filled in, its data from line 3 on, with every comfort that it has."""
    target = io.BytesIO()
    write_blank(FORM, EA, CUTOFF, target, tables=rows_over_clean(tables))
    return by_hand(target.getvalue(), edits)


def rows_over_clean(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    rows = {"work": [{}], "project": [{}], "activities": [{}], **tables}
    return {key: [{**CLEAN[key], **row} for row in lines] for key, lines in rows.items()}


def by_hand(content: bytes, edits: Edits) -> bytes:
    workbook = load_workbook(io.BytesIO(content))
    for (sheet, cell), value in edits.items():
        workbook[sheet][cell] = value
    return packed(workbook)


def packed(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def checked(content: bytes) -> CheckResult:
    return check(read_workbook(content))


def marked(content: bytes, findings: Sequence[Finding] | None = None, *, heading: Heading = HEADING) -> bytes:
    """A return marked with these findings, else with its own."""
    book = read_workbook(content)
    found = check(book).checked.findings if findings is None else findings
    return mark(Task(content, book, tuple(found), heading, FORM))


def opened(content: bytes, **how: Any) -> Workbook:
    return load_workbook(io.BytesIO(content), **how)


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:]


def finding(
    code: str = "R04", cell: str | None = "G2", found: str = "0", sheet: str | None = WORK, row: int = 2
) -> Finding:
    return Finding(code, sheet, cell, "EA-001", found, "楼栋数应为1—2000 的整数", "buildings", row)


FAULTY: Edits = {
    (WORK, "G2"): 0,  # R04
    (WORK, "E3"): "别墅",  # R02
    (WORK, "H4"): 9000,  # B02: households of a building
    (WORK, "F5"): "不详",  # C11
    (WORK, "G6"): "10栋",  # D01
}
MANY = [{"compound_id": f"EA-00{n}", "name": f"小区{n}"} for n in range(1, 6)]


def line_of(content: bytes, code: str) -> int:
    """The line of the list in which the first finding of a code stands."""
    return next(row[0].row for row in opened(content)[LIST].iter_rows() if row[1].value == code)


def repacked(content: bytes, changes: Mapping[str, tuple[bytes, bytes]] | None = None, **added: bytes) -> bytes:
    """A zip with one replacement in each of some parts, and parts added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            old, new = (changes or {}).get(name, (b"", b""))
            assert old in source.read(name), name
            written.writestr(name, source.read(name).replace(old, new) if old else source.read(name))
        for name, body in added.items():
            written.writestr(name, body)
    return target.getvalue()
