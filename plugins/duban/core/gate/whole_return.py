"""Rules on a return as a whole, which are no property of a column, a row or a pair: C03, C04, C05, C09.

They stand here, each under its code in RETURN_RULES, because Great Expectations has no natural words for them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duban.core.checked import CheckedRow, Verdict
from duban.core.compound import Compound
from duban.core.findings import Finding
from duban.core.gate.findings import address
from duban.core.gate.frame_values import folded
from duban.core.messages import EXPECTED, FOUND
from duban.core.returns import Form
from duban.core.state import digest
from duban.core.tables import ReadTable
from duban.core.weeks import ReportingWeek, Weeks, monday_of

# returns.md, C04: at least so many compounds, and at least so large a share of the office's, within one week.
FEWEST_AT_ONCE = 3
SMALLEST_SHARE_AT_ONCE = Fraction(30, 100)


@dataclass(frozen=True, slots=True)
class WholeReturn:
    """A return whose rows are judged. `last` is the office's state before this week, None when it was not given.

    `work_rows` and `project_rows` are the checked data rows; `project_due` the day from whose week on 项目台账 is owed.
    """

    form: Form
    weeks: Weeks
    week: ReportingWeek
    work: ReadTable | None
    project: ReadTable | None
    work_rows: Sequence[CheckedRow]
    project_rows: Sequence[CheckedRow]
    last: Mapping[str, Compound] | None
    project_due: date | None

    @property
    def accepted_projects(self) -> list[CheckedRow]:
        return [row for row in self.project_rows if row.verdict is Verdict.ACCEPTED and row.compound]


def missing_compounds(whole: WholeReturn) -> Iterator[Finding]:
    """C03: a compound of the last accepted state is missing from 工作台账; not when only its 小区编号 was broken."""
    if whole.work is None or whole.last is None:
        return
    stated = {row.values.get("compound_id") for row in whole.work_rows}
    nameless = {folded(row.values.get("name")) for row in whole.work_rows if row.compound is None}
    for compound_id, compound in sorted(whole.last.items()):
        if compound_id not in stated and (compound.name is None or folded(compound.name) not in nameless):
            found = f"{compound_id} {compound.name or ''}".strip()
            yield Finding("C03", whole.work.sheet, None, compound_id, found, EXPECTED["C03"], "compound_id")


def accepted_at_once(whole: WholeReturn) -> Iterator[Finding]:
    """C04: many compounds accepted within one week, one of them newly; one finding a compound."""
    if whole.project is None or whole.last is None:
        return
    known = len({row.compound for row in whole.work_rows if row.compound} | set(whole.last))
    for (_, week), rows in sorted(_by_week(whole).items()):
        share = Fraction(len(rows), known)
        if len(rows) < FEWEST_AT_ONCE or share < SMALLEST_SHARE_AT_ONCE or not any(_is_new(whole, row) for row in rows):
            continue
        found = FOUND["C04"].format(week=week, count=len(rows), known=known, percent=int(share * 100))
        for row in rows:
            cell = address(whole.project, row.row, ["accepted_on"])
            yield Finding(
                "C04", whole.project.sheet, cell, row.compound, found, EXPECTED["C04"], "accepted_on", row.row
            )


def _by_week(whole: WholeReturn) -> dict[tuple[date, str], list[CheckedRow]]:
    """The accepted rows with a 验收日期 by the first day of its week, and what that week is called."""
    weeks: defaultdict[tuple[date, str], list[CheckedRow]] = defaultdict(list)
    for row in whole.accepted_projects:
        day = row.values.get("accepted_on")
        if isinstance(day, date):
            weeks[_week_of(whole, day)].append(row)
    return weeks


def _week_of(whole: WholeReturn, day: date) -> tuple[date, str]:
    week = whole.weeks.covering(day, whole.week.cutoff.date())
    if week is None:
        monday = monday_of(day)
        return monday, FOUND["C04.earlier"].format(monday=monday.isoformat())
    return week.first_day, FOUND["C04.week"].format(cutoff=week.cutoff.date().isoformat())


def _is_new(whole: WholeReturn, row: CheckedRow) -> bool:
    before = (whole.last or {}).get(row.compound or "")
    return before is None or before.accepted_on != row.values.get("accepted_on")


def identical_projects(whole: WholeReturn) -> Iterator[Finding]:
    """C05: every row of 项目台账 is what it was in the last accepted state, and none came or went."""
    if whole.project is None or not whole.last or not whole.project_rows:
        return
    now = {row.compound: digest(row.values) for row in whole.accepted_projects}
    before = {key: compound.project_digest for key, compound in whole.last.items() if compound.project_digest}
    if len(now) == len(whole.project_rows) and now == before:
        sheet = whole.project.sheet
        found = FOUND["C05"].format(header=sheet, count=len(now))
        yield Finding("C05", sheet, None, None, found, EXPECTED["C05"])


def no_project_yet(whole: WholeReturn) -> Iterator[Finding]:
    """C09: no 项目台账 although it will be owed."""
    if whole.project is None and whole.project_due is not None:
        sheet = whole.form.table("project").sheet
        expected = EXPECTED["C09"].format(project_due=whole.project_due.isoformat(), header=sheet)
        yield Finding("C09", sheet, None, None, FOUND["C09"].format(header=sheet), expected)


RETURN_RULES: Mapping[str, Callable[[WholeReturn], Iterator[Finding]]] = {
    "C03": missing_compounds,
    "C04": accepted_at_once,
    "C05": identical_projects,
    "C09": no_project_yet,
}


def judge_return(whole: WholeReturn) -> list[Finding]:
    """The findings of every rule on the whole return."""
    return [finding for rule in RETURN_RULES.values() for finding in rule(whole)]
