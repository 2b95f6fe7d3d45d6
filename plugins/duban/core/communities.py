"""Findings by 社区, so that an office can pass them on: each to the community of the compound it speaks of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from duban.core.findings import Finding, FindingClass
from duban.core.returns import WORK
from duban.core.tables import ReadReturn, TableRow

COMPOUND_ID, COMMUNITY = "compound_id", "community"
PASSED_ON = (FindingClass.A, FindingClass.B, FindingClass.C)
"""Hints (D) ask nothing of anybody."""

NOWHERE: Mapping[str, str] = {}


def by_community(
    findings: Iterable[Finding], read: ReadReturn, known: Mapping[str, str] = NOWHERE
) -> dict[str, list[Finding]]:
    """The findings of class A to C that speak of one compound, by 社区 in the order of their names.

    `known` gives 社区 by 小区编号 for compounds that 工作台账 does not name: those left out (C03). A finding whose
    community cannot be told is in none.
    """
    community = _finder(read, known)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.cls in PASSED_ON and (name := community(finding)):
            groups[name].append(finding)
    return {name: groups[name] for name in sorted(groups)}


def _finder(read: ReadReturn, known: Mapping[str, str]) -> Callable[[Finding], str | None]:
    """By the line that a finding stands in, which also tells where the 小区编号 is the fault; else by 小区编号."""
    work = read.tables.get(WORK.key)
    rows = work.rows if work else ()
    said = {_text(row, COMPOUND_ID): _text(row, COMMUNITY) for row in rows}
    by_id = {**known, **{id_: name for id_, name in said.items() if id_ and name}}
    by_line = {(work.sheet, row.row): _text(row, COMMUNITY) for row in rows} if work else {}
    ids = {(table.sheet, row.row): _text(row, COMPOUND_ID) for table in read.tables.values() for row in table.rows}

    def find(finding: Finding) -> str | None:
        line = (finding.sheet or "", finding.row or 0)
        return by_line.get(line) or by_id.get(finding.compound or ids.get(line, "")) or None

    return find


def _text(row: TableRow, key: str) -> str:
    cell = row.cells.get(key)
    return cell.value if cell is not None and isinstance(cell.value, str) else ""
