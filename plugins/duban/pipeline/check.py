"""The check: one workbook in, its verdict out (returns.md). Needs no database and no Great Expectations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from duban.core.checked import CheckedReturn, CheckedRow, Status, Verdict
from duban.core.compound import Compound
from duban.core.errors import RuleError, UnreadableReturnError
from duban.core.findings import Finding, FindingClass
from duban.core.gate.cover import CoverJudge
from duban.core.gate.executor import Gate, Parameters, Spot, spots
from duban.core.gate.findings import FindingWriter
from duban.core.gate.frame import Frame, Surroundings, build_frame
from duban.core.gate.hints import hints
from duban.core.gate.reasons import StandingReason
from duban.core.gate.structure import MOST_ROWS, structure_findings
from duban.core.gate.verdict import TableVerdict, judge_table, ledger_loss, values_of, waived_hint
from duban.core.gate.whole_return import WholeReturn, judge_return
from duban.core.layout import lay_out
from duban.core.messages import EXPECTED
from duban.core.plan import Evidence, Plan
from duban.core.returns import Form, ReturnKind
from duban.core.rules import COVER, unknown_columns
from duban.core.sheets import RawBook
from duban.core.tables import ReadReturn, ReadTable
from duban.core.waivers import Waiver
from duban.core.weeks import ReportingWeek, Weeks, monday_of
from duban.pipeline.opened import Book, Case, Known, Opened, case_of, subject_of

LastState = Callable[[str, str], Mapping[str, Compound] | None]
GivenReasons = Callable[[str, str], Sequence[StandingReason]]

RETURNED = "returned"
HEADER = "header"
# What cannot be checked when a thing was not given.
NEEDS_FOLDER = ("F06",)
NEEDS_TIME = ("F05", "F10")
NEEDS_LAST = ("C01", "C02", "C03", "C04", "C05", "C07")
CLASSES_OF_RETURNED = (FindingClass.A, FindingClass.B)


def _no_reasons(_office: str, _week: str) -> Sequence[StandingReason]:
    return ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled before a return came: `reasons` gives an office's reasons that stand in a week (both by key),
    `waivers` are the bureau's in force at its receipt.
    """

    reasons: GivenReasons = _no_reasons
    waivers: Sequence[Waiver] = ()


NOTHING_SETTLED = Settled()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one workbook.

    `not_checked` lists the codes whose input was not given (of F05 only "not begun" needs the time of receipt).
    `frames` and `spots` are what the gate looked at and found, by table: the record (Great Expectations) judges the
    same frames, and `duban.core.gate.disagreements` compares. Spots carry the return id 0.
    """

    checked: CheckedReturn
    not_checked: tuple[str, ...] = ()
    frames: Mapping[str, Frame] = field(default_factory=dict)
    spots: frozenset[Spot] = frozenset()


@dataclass(slots=True)
class _Tables:
    """The verdicts on the tables of one return, as they come."""

    verdicts: dict[str, TableVerdict] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)
    spots: set[Spot] = field(default_factory=set)

    def rows(self, table: str) -> tuple[CheckedRow, ...]:
        return self.verdicts[table].rows if table in self.verdicts else ()

    @property
    def findings(self) -> list[Finding]:
        return [finding for verdict in self.verdicts.values() for finding in verdict.findings]


class Checker:
    """Checks workbooks against one plan's form and rules. Raises RuleError for rules made for another form."""

    def __init__(self, plan: Plan, form: Form, weeks: Weeks, gate: Gate) -> None:
        if unknown := unknown_columns(gate.rules, form):
            raise RuleError(f"suites made for another form (duban.core.rules_form.fit): {unknown}")
        self._plan, self._form, self._weeks, self._gate = plan, form, weeks, gate
        self.parameters: Parameters = {
            "plan_start": plan.source.start.toordinal(),
            "first_reporting_day": monday_of(plan.reporting.first_day).toordinal(),
            "offices": [office.code for office in plan.offices],
            "departments": list(plan.departments),
        }
        self._covers = CoverJudge(plan, form, weeks, gate, self.parameters)

    @property
    def rules_version(self) -> str:
        """The version of the rules that verdicts carry."""
        return self._gate.version

    def check(
        self,
        book: RawBook | UnreadableReturnError,
        *,
        folder: str | None,
        received_at: datetime | None,
        last: LastState | None,
        settled: Settled = NOTHING_SETTLED,
    ) -> CheckResult:
        """The verdict on `book`, found in the folder of the office `folder` and received at `received_at`.

        `last` gives an office's folded state before a week (both by key). Whatever is None is not checked against.
        """
        opened = self.open(book, folder, received_at)
        known = Known()
        if subject := subject_of(opened):
            known = Known(last(*subject) if last else None, settled.reasons(*subject), settled.waivers)
        return replace(self.judge(opened, known), not_checked=_not_checked(folder, received_at, last))

    def open(self, book: RawBook | UnreadableReturnError, folder: str | None, received_at: datetime | None) -> Book:
        """The workbook laid out and judged as a file: all of `check` that needs no knowledge of its office."""
        return book if isinstance(book, UnreadableReturnError) else self._laid_out(book, folder, received_at)

    def _laid_out(self, book: RawBook, folder: str | None, received_at: datetime | None) -> Opened:
        read = lay_out(book, self._form)
        cover = self._covers.judge(read, folder, received_at)
        faults = structure_findings(read, self._form, cover.kind, project_due=self._owes_projects(cover.week))
        return Opened(read, cover, tuple(faults))

    def judge(self, opened: Book, known: Known) -> CheckResult:
        """The verdict on an opened workbook beside what was known of its office."""
        if isinstance(opened, UnreadableReturnError):
            return CheckResult(self._unreadable(opened))
        case = case_of(opened, known)
        tables = self._judge_tables(case)
        if case.cover.frame is not None:
            tables.frames[COVER] = case.cover.frame
            tables.spots |= spots(case.cover.violations, case.cover.frame, 0)
        return CheckResult(self._verdict(case, tables), (), tables.frames, frozenset(tables.spots))

    def lacks_sheets(self, book: RawBook, received_at: datetime) -> tuple[bool, ReportingWeek | None]:
        """Whether a sheet is missing that the week of `book` owes (F02), and that week, None where none is told."""
        opened = self._laid_out(book, None, received_at)
        return any(finding.code == "F02" for finding in opened.faults), opened.cover.week

    def _unreadable(self, error: UnreadableReturnError) -> CheckedReturn:
        expected = EXPECTED[error.code].format(limit=MOST_ROWS)
        finding = Finding(error.code, None, None, None, error.found, expected)
        return CheckedReturn(None, None, None, (), (finding,), self._gate.version)

    @property
    def _project_due(self) -> date | None:
        """The day from whose week on 项目台账 is owed: the due date of the plan's obligation for it."""
        rules = self._plan.obligations
        return next((rule.due for rule in rules if rule.evidence is Evidence.PROJECT_LEDGER), None)

    def _owes_projects(self, week: ReportingWeek | None) -> bool:
        due = self._project_due
        return week is not None and due is not None and week.cutoff.date() >= due

    def _judge_tables(self, case: Case) -> _Tables:
        """The verdicts on all tables; 工作台账 first, since what is rejected there takes its project row with it."""
        tables = _Tables()
        for key in (table.key for table in self._form.tables):
            if case.around is None or key not in case.read.tables:
                continue
            writer = self._writer(case.read.tables[key], case.around)
            violations = self._gate.violations(key, writer.frame, self.parameters)
            lost = ledger_loss(case.read.tables.get("work"), tables.verdicts.get("work")) if key == "project" else None
            tables.verdicts[key] = judge_table(writer, violations, case.reasons, lost, case.waived)
            tables.frames[key] = writer.frame
            tables.spots |= spots(violations, writer.frame, 0)
        return tables

    def _writer(self, table: ReadTable, around: Surroundings) -> FindingWriter:
        terms = {
            "office": around.office,
            "cutoff": around.cutoff.isoformat(),
            "cutoff_year": str(around.cutoff.year),
            "plan_start": self._plan.source.start.isoformat(),
        }
        frame = build_frame(table, self._gate.frame_columns(table.table.key), around)
        return FindingWriter(table, frame, around, terms)

    def _verdict(self, case: Case, tables: _Tables) -> CheckedReturn:
        """All findings, file first; of a file that goes back, what must be mended in its rows, and no row counts."""
        key = case.cover.week.key if case.cover.week else None
        told = [*case.cover.findings, *case.faults, *tables.findings]
        checked = CheckedReturn(case.cover.office, key, case.cover.kind, (), tuple(told), self._gate.version)
        ignored = _ignored(case.read)
        if checked.status is Status.RETURNED:
            kept = tuple(finding for finding in told if finding.cls in CLASSES_OF_RETURNED)
            return replace(checked, rows=(*_returned(case.read), *ignored), findings=kept)
        told += self._judge_whole(case, tables)
        told += [hint for table in case.read.tables.values() for hint in hints(table)]
        told += case.reasons.hints(told, zero=case.cover.kind is ReturnKind.ZERO)
        rows = [row for table in tables.verdicts for row in tables.rows(table)]
        return replace(checked, rows=(*rows, *ignored), findings=tuple(told))

    def _judge_whole(self, case: Case, tables: _Tables) -> list[Finding]:
        """The rules on the return as a whole; a zero report carries the state and compares nothing."""
        if case.around is None or case.cover.week is None or case.cover.kind is ReturnKind.ZERO:
            return []
        whole = WholeReturn(
            form=self._form,
            weeks=self._weeks,
            week=case.cover.week,
            work=case.read.tables.get("work"),
            project=case.read.tables.get("project"),
            work_rows=tables.rows("work"),
            project_rows=tables.rows("project"),
            last=case.around.last,
            project_due=self._project_due,
        )
        return [_settled(finding, case) for finding in judge_return(whole)]


def _settled(finding: Finding, case: Case) -> Finding:
    """A finding on the whole return: a hint where the bureau waived it, else with the office's reason if it has one."""
    if waiver := case.waived.get((finding.code, finding.compound or "")):
        return waived_hint(finding, waiver)
    return replace(finding, reason=case.reasons.answer(finding))


def _not_checked(folder: str | None, received_at: datetime | None, last: LastState | None) -> tuple[str, ...]:
    lacking = ((folder, NEEDS_FOLDER), (received_at, NEEDS_TIME), (last, NEEDS_LAST))
    return tuple(sorted(code for given, codes in lacking if given is None for code in codes))


def _ignored(read: ReadReturn) -> list[CheckedRow]:
    """The rows that are no data, but for the headers themselves."""
    return [
        CheckedRow(key, line, Verdict.IGNORED, None, {}, reason)
        for key, table in read.tables.items()
        for line, reason in table.ignored
        if reason != HEADER
    ]


def _returned(read: ReadReturn) -> list[CheckedRow]:
    """The data rows of a file that goes back: none counts, each is accounted for."""
    return [
        CheckedRow(key, row.row, Verdict.REJECTED, None, values_of(row), RETURNED)
        for key, table in read.tables.items()
        for row in table.rows
    ]
