"""Marking itself. Runs in the child (child.py), never in the caller's process: it opens a stranger's workbook."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from duban.adapters.markup import texts
from duban.adapters.markup.cells import clear_marks, keep_texts, mark_cells
from duban.adapters.markup.listing import Listed, write_list
from duban.adapters.markup.passing_on import Groups, is_ours, passed_on, write_communities
from duban.adapters.markup.rebuild import rebuild
from duban.adapters.markup.values import with_values
from duban.core.cleaning import fold_label
from duban.core.communities import by_community
from duban.core.findings import Finding
from duban.core.layout import lay_out
from duban.core.marking import Heading, example_finder
from duban.core.returns import CORRECTIONS_SHEET, Form
from duban.core.sheets import RawBook
from duban.core.zips import normalised

OWN, REBUILT = b"O", b"R"
"""The first byte of the child's answer: the office's own workbook was marked, or a fresh one."""

MOST_LISTED = 5_000
"""Findings that are marked; whoever has more does not mend them cell by cell."""

_PROPERTIES = "docProps/core.xml"
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_MACROS = ("vbaProject.bin",)
_PICTURES = ("xl/media/", "xl/ctrlProps/", "xl/activeX/", "xl/cellimages.xml")


@dataclass(frozen=True, slots=True)
class Task:
    """One workbook to mark. `content` None: on a fresh workbook built from `book`.

    `communities` gives 社区 by 小区编号 for compounds that `book` may not name.
    """

    content: bytes | None
    book: RawBook
    findings: tuple[Finding, ...]
    heading: Heading
    form: Form
    communities: Mapping[str, str] = field(default_factory=dict)


def mark(task: Task) -> bytes:
    """The marked workbook as an .xlsx; the same task gives the same bytes. Raises whatever openpyxl raises."""
    workbook, sheets, remarks = _rebuilt(task) if task.content is None else _opened(task.content)
    sheets = _without_old_sheets(workbook, sheets)
    example = example_finder(task.form)
    told = sorted(task.findings, key=lambda finding: finding.cls)[:MOST_LISTED]
    if len(told) < len(task.findings):
        remarks = [*remarks, texts.TOO_MANY.format(count=len(task.findings), listed=len(told))]
    for name, sheet in sheets.items():
        clear_marks(sheet)
        keep_texts(sheet)
        mark_cells(sheet, (finding for finding in told if finding.sheet == name and finding.cell), example)
    groups = by_community(told, lay_out(task.book, task.form), task.communities)
    shown = passed_on(groups, len(sheets))
    listing = workbook.create_sheet(CORRECTIONS_SHEET, 0)
    write_communities(workbook, shown, task.heading, task.form, sheets)
    write_list(listing, told, Listed(task.heading, [*_about_communities(groups, shown), *remarks]), sheets)
    _show_only(workbook, listing)
    return _saved(workbook, task)


def _about_communities(groups: Groups, shown: Groups) -> list[str]:
    if not shown:
        return []
    said = [texts.COMMUNITIES.format(count=len(shown))]
    left = len(groups) - len(shown)
    return [*said, texts.COMMUNITIES_LEFT_OUT.format(count=left)] if left else said


Opened = tuple[Any, Mapping[str, Any], Sequence[str]]


def _opened(content: bytes) -> Opened:
    """The office's own workbook, its sheets by name, and what could not be kept of it."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), rich_text=True)
    workbook.template = False
    names = _names(content)
    remarks = [texts.MACROS] if any(name.endswith(_MACROS) for name in names) else []
    if any(name.startswith(_PICTURES) for name in names):
        remarks.append(texts.PICTURES)
    return workbook, {sheet.title: sheet for sheet in workbook.worksheets}, remarks


def _rebuilt(task: Task) -> Opened:
    return (*rebuild(task.book, task.form), [texts.REBUILT])


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()


def _without_old_sheets(workbook: Any, sheets: Mapping[str, Any]) -> dict[str, Any]:
    """The other sheets, once those of an earlier marking are gone."""
    kept = {}
    for name, sheet in sheets.items():
        if fold_label(name) == CORRECTIONS_SHEET or is_ours(sheet):
            workbook.remove(sheet)
        else:
            kept[name] = sheet
    return kept


def _show_only(workbook: Any, first: Any) -> None:
    """Open at the list; were other sheets selected with it, what is typed into one would be typed into all."""
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
    if workbook.calculation:
        workbook.calculation.fullCalcOnLoad = True


def _saved(workbook: Any, task: Task) -> bytes:
    """The bytes, without a trace of clock or machine, and with what formulas showed."""
    from openpyxl.xml.functions import tostring

    packed = io.BytesIO()
    workbook.save(packed)
    properties, moment = workbook.properties, (task.heading.received_at or _NO_TIME).astimezone(UTC)
    properties.modified, properties.lastModifiedBy = moment.replace(tzinfo=None), texts.AUTHOR
    if task.content is None or not _tells_creation(task.content):
        properties.created, properties.creator = properties.modified, texts.AUTHOR
    replaced = dict(_sheet_parts(packed.getvalue(), workbook, task.book))
    return normalised(packed.getvalue(), {_PROPERTIES: tostring(properties.to_tree()), **replaced})


def _tells_creation(content: bytes) -> bool:
    """Whether the workbook says when it was made; openpyxl puts the present moment where it does not."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return _PROPERTIES in package.namelist() and b":created" in package.read(_PROPERTIES)


def _sheet_parts(package: bytes, workbook: Any, book: RawBook) -> Iterator[tuple[str, bytes]]:
    known = {raw.name: raw for raw in book.sheets}
    with zipfile.ZipFile(io.BytesIO(package)) as saved:
        for sheet in workbook.worksheets:
            raw = known.get(sheet.title)
            part = sheet.path.removeprefix("/")
            content = saved.read(part)
            if raw and b"<f" in content:
                yield part, with_values(content, raw, epoch=workbook.epoch)
