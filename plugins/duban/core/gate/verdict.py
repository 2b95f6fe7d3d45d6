"""The verdict on the rows of one table: which violations are findings, which rows are accepted (returns.md).

One root cause gives one finding. Rules are taken in the order PRECEDENCE; a finding of class A or C11 spoils its cell,
and a rule that a spoiled cell of that row could make hold says nothing. So a blank suppresses what follows from it, an
unreadable date suppresses R10 and R11, a malformed 小区编号 suppresses R06, R07 and every comparison with last week.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby

from duban.core.checked import CheckedRow, Value, Verdict
from duban.core.cleaning import fold_identifier
from duban.core.findings import Finding, FindingClass, class_of
from duban.core.gate.executor import Violation
from duban.core.gate.findings import COMPOUND_ID, FindingWriter, compound_of
from duban.core.gate.frame_values import folded
from duban.core.gate.reasons import Reasons
from duban.core.messages import EXPECTED, FOUND, WORDINGS
from duban.core.rules import Rule
from duban.core.tables import ReadTable, TableRow
from duban.core.waivers import Lifted, Waiver

PRECEDENCE = ("R01", "R03", "R02", "R05", "R04", "R12", "R08", "C11", "R06", "R07", "R10", "R11", "R09")
NAME = "name"
WAIVED = "D07"
NOTHING_WAIVED: Lifted = {}
# What makes a 小区编号 unusable; a project row whose compound is unknown (R07) still names it rightly.
UNUSABLE_ID = frozenset({"R01", "R03", "R05", "R06", "R12"})

Groups = list[list[Rule]]
Loss = Callable[[TableRow, Sequence[Rule]], str | None]


@dataclass(frozen=True, slots=True)
class TableVerdict:
    """The verdict on one table: its data rows in their order, and the findings in theirs."""

    rows: tuple[CheckedRow, ...]
    findings: tuple[Finding, ...]


def judge_table(
    writer: FindingWriter,
    violations: Iterable[Violation],
    reasons: Reasons,
    lost: Loss | None = None,
    waived: Lifted = NOTHING_WAIVED,
) -> TableVerdict:
    """The verdict on one table. `lost` says of a row whether it is lost with another, and by which code."""
    broken: defaultdict[int, list[Rule]] = defaultdict(list)
    for violation in violations:
        broken[violation.index].append(violation.rule)
    spoiled = _unusable_columns(writer.table)
    rows: list[CheckedRow] = []
    findings: list[Finding] = []
    for index, row in enumerate(writer.table.rows):
        rules = broken.get(index, [])
        cause = lost(row, rules) if lost else None
        lifted = {rule.code for rule in rules if (rule.code, compound_of(row)) in waived}
        groups = _surviving(writer, rules, index, spoiled | row.doubtful, lifted) if rules else []
        told = [
            _answered(writer, group, index, reasons, waived) for group in groups if not (cause and _is_about_id(group))
        ]
        findings += told
        rows.append(_checked(writer.table.table.key, row, groups, told, cause))
    return TableVerdict(tuple(rows), tuple(findings))


def ledger_loss(work: ReadTable | None, verdict: TableVerdict | None) -> Loss:
    """Which project rows go with a rejected row of 工作台账, silently: one root cause, one finding.

    A project row belongs to the ledger row of its 小区编号; where there is none (R07), to a row of its 小区名称 that
    was rejected for its 小区编号.
    """
    by_id: dict[Value, str] = {}
    by_name: dict[str | None, str] = {}
    pairs = zip(work.rows, verdict.rows, strict=True) if work and verdict else ()
    for row, checked in pairs:
        if checked.verdict is Verdict.REJECTED and checked.reason:
            by_id.setdefault(_stated_id(row), checked.reason)
            if checked.compound is None:
                by_name.setdefault(folded(_value(row, NAME)), checked.reason)

    def lost(row: TableRow, rules: Sequence[Rule]) -> str | None:
        compound = _value(row, COMPOUND_ID)
        if compound is not None and compound in by_id:
            return by_id[compound]
        unknown = any(rule.code == "R07" for rule in rules)
        return by_name.get(folded(_value(row, NAME)) or "") if unknown else None

    return lost


def _stated_id(row: TableRow) -> str | None:
    """The 小区编号 as it stands in a row, readable or not."""
    cell = row.cells.get(COMPOUND_ID)
    return fold_identifier(cell.text) or None if cell else None


def _value(row: TableRow, key: str) -> Value:
    cell = row.cells.get(key)
    return None if cell is None else cell.value


def _unusable_columns(table: ReadTable) -> frozenset[str]:
    """Columns that are missing or stand twice (F03): nothing is said of their cells."""
    unusable = {*table.missing, *table.twice}
    return frozenset(column.key for column in table.table.columns if column.header in unusable)


def _surviving(
    writer: FindingWriter, rules: list[Rule], index: int, unusable: frozenset[str], lifted: Set[str]
) -> Groups:
    """The rules that are told, grouped by code and marked column; one that the bureau has lifted spoils no cell."""
    spoiled, groups = set(unusable), []
    for (code, marked), alike in groupby(sorted(rules, key=_rank), key=lambda rule: (rule.code, rule.marked)):
        told = [rule for rule in alike if writer.stands(rule, index, spoiled)]
        if told:
            groups.append(told)
            if (class_of(code) is FindingClass.A or code == "C11") and code not in lifted:
                spoiled.add(marked)
    return groups


def _rank(rule: Rule) -> tuple[int, str, int, str]:
    place = PRECEDENCE.index(rule.code) if rule.code in PRECEDENCE else len(PRECEDENCE)
    return place, rule.code, len(rule.columns) if rule.code == "C11" else 0, rule.marked


def _is_about_id(group: list[Rule]) -> bool:
    return group[0].marked == COMPOUND_ID and class_of(group[0].code) is FindingClass.A


def _answered(writer: FindingWriter, group: list[Rule], index: int, reasons: Reasons, waived: Lifted) -> Finding:
    """The finding of a group of rules: a hint where the bureau waived it, else with the reason if there is one."""
    finding = writer.write(group, index)
    if waiver := waived.get((finding.code, finding.compound or "")):
        return waived_hint(finding, waiver)
    now = _readable(writer.table.rows[index], writer.columns(group))
    reason = reasons.answer(finding, writer.table.table.key, now)
    return replace(finding, reason=reason) if reason else finding


def waived_hint(finding: Finding, waiver: Waiver) -> Finding:
    """What is left of a finding whose rule the bureau waived: a hint that says so."""
    title = WORDINGS[finding.code].title
    found = FOUND[WAIVED].format(code=finding.code, title=title, found=finding.found)
    expected = EXPECTED[WAIVED].format(until=waiver.until.isoformat(), reason=waiver.reason)
    return replace(finding, code=WAIVED, found=found, expected=expected)


def _readable(row: TableRow, columns: Iterable[str]) -> Mapping[str, Value] | None:
    """The values of these columns; None when what stands in one of them cannot be read."""
    cells = {key: row.cells[key] for key in columns if key in row.cells}
    if any(cell.value is None and not cell.blank for cell in cells.values()):
        return None
    return {key: cell.value for key, cell in cells.items()}


def _checked(table: str, row: TableRow, groups: Groups, findings: list[Finding], cause: str | None) -> CheckedRow:
    codes = [finding.code for finding in findings if _rejects(finding)]
    reason = cause or next(iter(codes), None)
    return CheckedRow(
        table=table,
        row=row.row,
        verdict=Verdict.REJECTED if reason else Verdict.ACCEPTED,
        compound=None if _has_unusable_id(groups) else _text(_value(row, COMPOUND_ID)),
        values=values_of(row, {key for group in groups for rule in group for key in rule.drops}),
        reason=reason,
    )


def _rejects(finding: Finding) -> bool:
    return finding.cls is FindingClass.A or (finding.cls is FindingClass.B and finding.reason is None)


def _has_unusable_id(groups: Groups) -> bool:
    return any(group[0].marked == COMPOUND_ID and group[0].code in UNUSABLE_ID for group in groups)


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def values_of(row: TableRow, dropped: set[str] | None = None) -> Mapping[str, Value]:
    """The typed values of a row, those of dropped cells as None."""
    if not dropped:
        return {key: cell.value for key, cell in row.cells.items()}
    return {key: None if key in dropped else cell.value for key, cell in row.cells.items()}
