"""封面: whose return it is, for which week, of what kind (returns.md, F04–F07); the rules are expectations/cover.json.

The cover's frame has one line: `office`, `week`, `kind` as they stand, `version` in half width; `office__code` the
plan's code for the office named, else what stands there; `office__folder` the code of the folder; `week__first` the
first day of the reporting week in which the date lies; `week__received` the day of receipt (days as day numbers).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from duban.core.cleaning import fold_choice, fold_width
from duban.core.findings import Finding
from duban.core.gate.executor import Gate, Parameters, Violation
from duban.core.gate.frame import Frame
from duban.core.gate.frame_values import Scalar, scalar, written
from duban.core.gate.structure import is_lone_csv
from duban.core.messages import (
    ADD_LABEL,
    BLANK,
    EXPECTED,
    FOUND,
    LIST,
    NO_LABEL,
    OFFICE_WORD,
    domain,
    expected_key,
    shorten,
)
from duban.core.plan import Plan
from duban.core.returns import Form, ReturnKind
from duban.core.rules import COVER, Rule
from duban.core.tables import CoverCell, ReadReturn
from duban.core.weeks import ZONE, ReportingWeek, Weeks

COVER_LINE = 1
TEXTS = frozenset({"office", "office__code", "office__folder", "kind", "version"})
NOT_THE_CUTOFF = "D04"
LAST_DAY = date(9999, 12, 24)  # a week later no week has an end that is a date


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says, with its findings; `frame` is None when there is no cover at all (F02)."""

    office: str | None
    week: ReportingWeek | None
    kind: ReturnKind | None
    findings: tuple[Finding, ...]
    frame: Frame | None = None
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class CoverJudge:
    """Judges covers for one plan."""

    plan: Plan
    form: Form
    weeks: Weeks
    gate: Gate
    parameters: Parameters

    def judge(self, read: ReadReturn, folder: str | None, received_at: datetime | None) -> Cover:
        """The cover of a return found in the folder of office `folder`; what is None is not checked against."""
        if read.cover_sheet is None:
            return Cover(None, None, None, (self._no_cover(read),))
        received = received_at.astimezone(ZONE).date() if received_at else None
        week = self._week(read.cover, received)
        frame = self._frame(read.cover, week, folder, received)
        violations = tuple(self.gate.violations(COVER, frame, self.parameters))
        findings = [self._finding(read, rule, folder) for rule in _told(violations)]
        faulty = {finding.column for finding in findings if finding.code != "F06"}
        office = None if "office" in faulty else _text(frame, "office__code")
        kept = None if "week" in faulty else week
        if kept:
            findings += _not_the_cutoff(read, kept)
        kind = None if "kind" in faulty else _kind(_text(frame, "kind"))
        return Cover(office, kept, kind, tuple(findings), frame, violations)

    def _no_cover(self, read: ReadReturn) -> Finding:
        week = next(column for column in self.form.cover if column.key == "week")
        wording = "F02.csv" if is_lone_csv(read) else "F02"
        found = FOUND[wording].format(header=self.form.cover_sheet)
        expected = EXPECTED[wording].format(header=self.form.cover_sheet, example=week.example)
        return Finding("F02", None, None, None, found, expected)

    def _week(self, cover: Mapping[str, CoverCell], received: date | None) -> ReportingWeek | None:
        day = cover["week"].cell.value if "week" in cover else None
        if not isinstance(day, date):
            return None
        return self.weeks.covering(min(day, LAST_DAY), received or day)

    def _frame(
        self, cover: Mapping[str, CoverCell], week: ReportingWeek | None, folder: str | None, received: date | None
    ) -> Frame:
        office = _cell(cover, "office")
        line: dict[str, Scalar] = {
            "office": office,
            "office__code": self._office_code(office),
            "office__folder": folder,
            "week": _typed(cover, "week"),
            "week__first": _day(week.first_day if week else None),
            "week__received": _day(received),
            "kind": _typed(cover, "kind") or _cell(cover, "kind"),
            "version": _in_half_width(_cell(cover, "version")),
        }
        return Frame((COVER_LINE,), {name: [value] for name, value in line.items()}, TEXTS)

    def _office_code(self, named: str | None) -> str | None:
        """The code of an office called by its name, its name without 办事处, or its code; else what stands there."""
        return self._codes.get(_folded(named or ""), named)

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """The offices' codes by whatever they may be called; of two with one name the plan's first."""
        codes: dict[str, str] = {}
        for office in self.plan.offices:
            for called in (office.name, office.name.removesuffix(OFFICE_WORD), office.code):
                codes.setdefault(_folded(called), office.code)
        return codes

    def _finding(self, read: ReadReturn, rule: Rule, folder: str | None) -> Finding:
        column = next(column for column in self.form.cover if column.key == rule.marked)
        there = read.cover.get(rule.marked)
        expected = EXPECTED[expected_key(rule.name) or rule.code].format(
            header=column.header,
            domain=domain(column) if column.choices else column.example,
            offices=LIST.join(office.name for office in self.plan.offices),
            first_day=self.plan.reporting.first_day.isoformat(),
            example=column.example,
            folder=folder,
        )
        if there is None:
            expected = ADD_LABEL.format(header=column.header) + expected
            return Finding(rule.code, read.cover_sheet, None, None, NO_LABEL, expected, rule.marked)
        found = shorten(written(there.cell) or BLANK)
        return Finding(rule.code, read.cover_sheet, there.address, None, found, expected, rule.marked)


def _folded(named: str) -> str:
    """What an office is called, as it is compared: width, case and spaces are none of it."""
    return fold_choice(named).upper()


def _in_half_width(text: str | None) -> str | None:
    return None if text is None else fold_width(text)


def _told(violations: Iterable[Violation]) -> list[Rule]:
    """One rule for each label: the first in the order of codes."""
    rules = sorted((violation.rule for violation in violations), key=lambda rule: (rule.marked, rule.code))
    firsts = [next(alike) for _, alike in groupby(rules, key=lambda rule: rule.marked)]
    return sorted(firsts, key=lambda rule: rule.code)


def _typed(cover: Mapping[str, CoverCell], key: str) -> Scalar:
    return scalar(cover[key].cell.value) if key in cover else None


def _day(day: date | None) -> Scalar:
    return None if day is None else day.toordinal()


def _cell(cover: Mapping[str, CoverCell], key: str) -> str | None:
    return written(cover[key].cell) if key in cover else None


def _text(frame: Frame, name: str) -> str | None:
    value = frame.columns[name][0]
    return value if isinstance(value, str) else None


def _kind(text: str | None) -> ReturnKind | None:
    return next((kind for kind in ReturnKind if kind == text), None)


def _not_the_cutoff(read: ReadReturn, week: ReportingWeek) -> list[Finding]:
    stated, cutoff = read.cover["week"], week.cutoff.date()
    if stated.cell.value == cutoff:
        return []
    expected = EXPECTED[NOT_THE_CUTOFF].format(cutoff=cutoff.isoformat())
    found = shorten(written(stated.cell) or BLANK)
    return [Finding(NOT_THE_CUTOFF, read.cover_sheet, stated.address, None, found, expected, "week")]
