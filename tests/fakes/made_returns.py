"""Returns made for tests: clean rows of every table, changed cell by cell, as a workbook that `lay_out` reads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from duban.adapters.expectations import load_suites
from duban.core.checked import Verdict
from duban.core.compound import Compound
from duban.core.errors import UnreadableReturnError
from duban.core.findings import Finding
from duban.core.gate.executor import Gate
from duban.core.plan import Aim, MemberUnit
from duban.core.returns import Kind, Table, declare_form
from duban.core.sheets import CellValue, RawBook, RawSheet
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.check import Checker, CheckResult
from fakes.plans import DECIDED, PLAN

ROOT = Path(__file__).resolve().parents[2]
SUITES = load_suites(ROOT / "expectations")
AIMS = tuple((f"aim_{n:02d}", f"目标{n}") for n in range(1, 12))
DEPARTMENTS = ("规划局", "住建局")
MADE_PLAN = replace(
    PLAN,
    aims=tuple(Aim(key, name, DECIDED) for key, name in AIMS),
    units=tuple(MemberUnit(name, True, (), DECIDED) for name in DEPARTMENTS),
)
FORM = declare_form(AIMS, DEPARTMENTS)
WEEKS = Weeks(MADE_PLAN.calendar, MADE_PLAN.reporting.first_day, MADE_PLAN.reporting.cutoff_time)
CHECKER = Checker(MADE_PLAN, FORM, WEEKS, Gate(SUITES))

OFFICE, WEEK, CUTOFF = "EA", "2018-W36", date(2018, 9, 7)
RECEIVED = datetime(2018, 9, 7, 10, tzinfo=ZONE)
ERROR = "#REF!"
HEADER_LINE = 1  # rows of data begin on line 2

CLEAN: Mapping[str, Mapping[str, CellValue]] = {
    "work": {
        "compound_id": "EA-001",
        "name": "紫荆小区",
        "community": "翠竹社区",
        "kind": "社区楼院",
        "built_year": 1998,
        "buildings": 10,
        "households": 300,
        "management": "无",
        "grid_officer": "王强",
        "extent": "东至前程路",
    },
    "project": {
        "compound_id": "EA-001",
        "name": "紫荆小区",
        "scheme": "已拟定",
        **{key: "未开始" for key, _ in AIMS},
        "committee_stage": "筹备组成立",
        "funds": 30,
    },
    "activities": {"held_on": "2018-09-03", "kind": "宣传发动", "subject": "动员会"},
    "reasons": {},
}
COVER: Mapping[str, CellValue] = {
    "office": "EA办事处",
    "week": "2018-09-07",
    "kind": "正常报送",
    "clerk": "张三",
    "version": "1",
}
ACCEPTED: Mapping[str, CellValue] = {
    **{key: "已完成" for key, _ in AIMS},
    "accepted_on": "2018-09-03",
    "accepted_by": "区住建局",
}
FILED: Mapping[str, CellValue] = {"committee_stage": "已备案", "filed_on": "2018-09-03"}
DELIBERATED: Mapping[str, CellValue] = {"scheme": "两委已议定", "deliberated_on": "2018-09-03"}

Row = Mapping[str, CellValue]


def keys_of(table: Table) -> list[str]:
    return [column.key for column in table.columns if column.kind is not Kind.IGNORED]


def sheet(table: Table, rows: Sequence[Row], without: Sequence[str] = ()) -> RawSheet:
    """A sheet with one header line and these rows over the clean one; `without` leaves out columns by key.

    A cell that holds `#REF!` is an error cell.
    """
    keys = [key for key in keys_of(table) if key not in without]
    header = tuple(table.column(key).header for key in keys)
    lines = [{**CLEAN[table.key], **row} for row in rows]
    cells = (header, *(tuple(line.get(key) for key in keys) for line in lines))
    errors = {(r, c): ERROR for r, line in enumerate(cells) for c, value in enumerate(line) if value == ERROR}
    return RawSheet(table.sheet, cells, faults=errors)


def book(
    work: Sequence[Row] | None = ({},),
    project: Sequence[Row] | None = ({},),
    activities: Sequence[Row] | None = ({},),
    reasons: Sequence[Row] | None = None,
    *,
    cover: Row | None = None,
    without: Sequence[str] = (),
) -> RawBook:
    """A workbook; a table that is None has no sheet. `without` names columns (`work.extent`), labels (`cover.week`)."""
    said = {**COVER, **(cover or {})}
    labels = [column for column in FORM.cover if column.key in said and f"cover.{column.key}" not in without]
    sheets = [RawSheet(FORM.cover_sheet, tuple((column.header, said[column.key]) for column in labels))]
    for table, rows in zip((*FORM.tables, FORM.reasons), (work, project, activities, reasons), strict=True):
        if rows is not None:
            left_out = [name.partition(".")[2] for name in without if name.startswith(f"{table.key}.")]
            sheets.append(sheet(table, rows, left_out))
    return RawBook("xlsx", tuple(sheets))


def known(compound_id: str = "EA-001", **changes: Any) -> Compound:
    """The last accepted state of the clean compound."""
    state = Compound(
        compound_id=compound_id,
        pending=False,
        name="紫荆小区",
        community="翠竹社区",
        kind="社区楼院",
        buildings=10,
        households=300,
        planned_year=None,
        scheme="已拟定",
        aims=tuple("未开始" for _ in AIMS),
        committee_stage="筹备组成立",
    )
    return replace(state, **changes)


def check(
    raw: RawBook | UnreadableReturnError,
    last: Mapping[str, Compound] | None = None,
    *,
    checker: Checker = CHECKER,
    folder: str | None = OFFICE,
    received_at: datetime | None = RECEIVED,
) -> CheckResult:
    """The verdict on a workbook received in time in the right folder; `last` None means that nothing stood before."""

    def state(_office: str, _week: str) -> Mapping[str, Compound]:
        return last or {}

    return checker.check(raw, folder=folder, received_at=received_at, last=state)


def told(result: CheckResult, classes: str = "ABC") -> list[Finding]:
    return [finding for finding in result.checked.findings if finding.cls in classes]


def codes(result: CheckResult, classes: str = "ABC") -> list[str]:
    return [finding.code for finding in told(result, classes)]


def rejected(result: CheckResult) -> list[tuple[str, int, str | None]]:
    """Table, line and reason of every rejected row."""
    rows = result.checked.rows
    return [(row.table, row.row, row.reason) for row in rows if row.verdict is Verdict.REJECTED]
