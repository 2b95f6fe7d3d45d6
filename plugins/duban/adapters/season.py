"""Writing a simulated season to a folder, each file with its time of receipt (duban simulate).

The truth about what was written stands beside it in `.season.json`, outside of the offices' folders.
"""

import io
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from duban.core.errors import UsageError
from duban.core.plan import Plan
from duban.core.returns import Form, declare_form
from duban.core.simulation.draft import DraftSheet, draft
from duban.core.simulation.files import Season, SentFile
from duban.core.simulation.season import simulate
from duban.core.simulation.truth import counts_at, first_meeting, first_survey
from duban.core.weeks import ZONE, Weeks

MANIFEST = ".season.json"
_COLUMN_WIDTH = 14
_DATE_FORMAT = "yyyy-mm-dd"


Told = Callable[[int, int, str], None]


def _told_nobody(_done: int, _total: int, _path: str) -> None:
    """Nobody waits for it."""


@dataclass(frozen=True, slots=True)
class SeasonReport:
    """What was written now (`files`), and how many reporting weeks the whole season has."""

    files: int
    weeks: int


def write_season(  # noqa: PLR0913 - what tells a season apart, each given by its name
    plan: Plan,
    weeks: Weeks,
    directory: Path,
    *,
    seed: int,
    until: date,
    mess: float,
    continue_: bool = False,
    told: Told = _told_nobody,
) -> SeasonReport:
    """Write the season of `plan` up to the end of `until` as `directory`/<office>/<name>.xlsx.

    With `continue_` the season that stands there goes on with its own seed and mess; only what is new is written.
    Without it, what an earlier season wrote is replaced, and no other file is touched. Raises UsageError when there
    is nothing to continue, or it belongs to another plan. `told` hears (done, total, path) of every file.
    """
    before = _manifest(directory)
    written: frozenset[str] = frozenset()
    if continue_:
        earlier = _continued(before, plan, directory)
        seed, mess = earlier["seed"], earlier["mess"]
        until = max(until, date.fromisoformat(earlier["until"]))
        written = frozenset(entry["file"] for entry in earlier["returns"])
    elif before is not None:
        _remove(directory, before)
    season = simulate(plan, weeks, seed, until, mess)
    form = declare_form(tuple((aim.key, aim.name) for aim in plan.aims), plan.departments)
    new = [file for file in season.files if file.path not in written]
    for done, file in enumerate(new, 1):
        told(done, len(new), file.path)
        _write(directory, file, form, plan, mess)
    directory.mkdir(parents=True, exist_ok=True)
    text = json.dumps(season_document(season, plan, until), ensure_ascii=False, indent=1)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return SeasonReport(files=len(new), weeks=len(season.weeks))


def _manifest(directory: Path) -> dict[str, Any] | None:
    file = directory / MANIFEST
    if not file.exists():
        return None
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return document


def _continued(manifest: dict[str, Any] | None, plan: Plan, directory: Path) -> dict[str, Any]:
    if manifest is None:
        raise UsageError(f"{directory} 中没有可以续写的一季（缺少 {MANIFEST}）；请先不带 --continue 运行一次。")
    if manifest["plan"] != plan.key:
        raise UsageError(f"{directory} 中的一季属于方案“{manifest['plan']}”，不是“{plan.key}”；请换一个文件夹或方案。")
    return manifest


def _remove(directory: Path, manifest: Mapping[str, Any]) -> None:
    for entry in manifest["returns"]:
        (directory / entry["file"]).unlink(missing_ok=True)


def _write(directory: Path, file: SentFile, form: Form, plan: Plan, mess: float) -> None:
    target = directory / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    content = _workbook(draft(file, form, plan, mess), file.received_at)
    target.write_bytes(content[: len(content) // 2] if file.truncated else content)
    stamp = file.received_at.timestamp()
    os.utime(target, (stamp, stamp))


def _workbook(sheets: Iterable[DraftSheet], created: datetime) -> bytes:
    """An .xlsx whose bytes depend on nothing but what is in it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime.combine(created.date(), time()), "author": "", "comments": ""})
    styles = {
        "cell": book.add_format({"border": 1}),
        "day": book.add_format({"border": 1, "num_format": _DATE_FORMAT}),
        "header": book.add_format({"border": 1, "bold": True, "align": "center", "text_wrap": True}),
        "title": book.add_format({"bold": True, "align": "center", "font_size": 16}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    book.close()
    return buffer.getvalue()


def _write_sheet(page: Any, sheet: DraftSheet, styles: Mapping[str, Any]) -> None:
    page.set_column(0, max(map(len, sheet.rows), default=1), _COLUMN_WIDTH)
    for line, row in enumerate(sheet.rows):
        style = styles["header" if line in sheet.header else "cell"]
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(line, column, value, style) if value else page.write_blank(line, column, None, style)
            elif isinstance(value, date):
                page.write_datetime(line, column, value, styles["day"])
            else:
                page.write(line, column, value, style)
    for line, first, last in sheet.merges:
        if last > first:
            page.merge_range(line, first, line, last, sheet.rows[line][first], styles["title"])
    for line in sheet.hidden_rows:
        page.set_row(line, None, None, {"hidden": True})


def season_document(season: Season, plan: Plan, until: date) -> dict[str, Any]:
    """The truth about a season: every file with its findings, and every figure at every cut-off up to `until`."""
    end = datetime.combine(until, time.max, ZONE)
    closed = [week for week in season.weeks if week.cutoff <= end]
    return {
        "seed": season.seed,
        "mess": season.mess,
        "plan": plan.key,
        "until": until.isoformat(),
        "weeks": [week.cutoff.date().isoformat() for week in closed],
        "offices": {office.code: office.name for office in plan.offices},
        "late_survey": list(season.late_survey),
        "no_meeting": list(season.no_meeting),
        "returns": [_file_document(file) for file in season.files],
        "at_cutoff": {
            week.cutoff.date().isoformat(): counts_at(season, plan, week.cutoff, week.key) for week in closed
        },
        "s1_met_at": _instants(first_survey(season.files)),
        "s2_met_at": _instants(first_meeting(season.files, plan)),
    }


def _file_document(file: SentFile) -> dict[str, Any]:
    return {
        "file": file.path,
        "office": file.office,
        "week": file.week.cutoff.date().isoformat(),
        "received": file.received_at.isoformat(),
        "fate": file.fate.value,
        "file_finding": file.file_finding,
        "row_findings": [
            {"code": fault.code, "sheet": fault.sheet, "compound": fault.compound, "column": fault.column}
            for fault in file.planted
        ],
    }


def _instants(moments: Mapping[str, datetime]) -> dict[str, str]:
    return {office: moment.isoformat() for office, moment in moments.items()}
