"""The verdict on a return, with its findings and every one of its rows (faults.md, I6)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from duban.adapters.store.bulk import copy
from duban.adapters.store.encoding import RowCodec, storable, storable_or_none
from duban.adapters.store.statements import statement
from duban.core.checked import CheckedReturn, CheckedRow, Status, Verdict
from duban.core.findings import Finding, FindingClass
from duban.core.returns import ACTIVITIES, WORK
from duban.pipeline.ports import ReceivedReturn

INSERT_VERDICT = statement("insert_verdict")
PROJECT = "project"


def insert_verdict(
    connection: Connection,
    plan: str,
    received: ReceivedReturn,
    checked: CheckedReturn,
    status: Status,
    as_of: datetime,
) -> bool:
    """Record the verdict itself; False when the return has one already."""
    faults = slip_faults(checked)
    values = {
        "plan": plan,
        "return_id": received.return_id,
        "status": status.value,
        "office": storable_or_none(checked.office),
        "week": checked.week,
        "kind": checked.kind and checked.kind.value,
        "rules_version": checked.rules_version,
        "judged_as_of": as_of,
        "slip_at": as_of if faults else None,
        "faults": faults,
        "ledger_rows": sum(row.table == WORK.key for row in _accepted(checked)),
        "project_compounds": _project_compounds(checked),
        **_row_counts(checked),
    }
    return connection.execute(INSERT_VERDICT, values).one_or_none() is not None


def slip_faults(checked: CheckedReturn) -> list[str]:
    """What a correction slip names, as ReturnFact.faults: class A findings, and class B ones without their reason."""
    named = (
        finding
        for finding in checked.findings
        if finding.cls is FindingClass.A or (finding.cls is FindingClass.B and finding.reason is None)
    )
    return sorted({storable(f"{f.code}/{f.compound or ''}/{f.column or ''}") for f in named})


def _row_counts(checked: CheckedReturn) -> Mapping[str, int]:
    counts = {f"rows_{verdict.value}": checked.count(verdict) for verdict in Verdict}
    return {**counts, "rows_read": len(checked.rows)}


def _accepted(checked: CheckedReturn) -> Iterator[CheckedRow]:
    return (row for row in checked.rows if row.verdict is Verdict.ACCEPTED)


def _project_compounds(checked: CheckedReturn) -> list[str]:
    return sorted({row.compound for row in _accepted(checked) if row.table == PROJECT and row.compound})


def copy_details(connection: Connection, plan: str, return_id: int, checked: CheckedReturn, codec: RowCodec) -> None:
    """The findings, the rows and the activities of a return."""
    key = (plan, return_id)
    findings = (key + _finding(place, finding) for place, finding in enumerate(checked.findings))
    rows = (key + _row(place, row, codec) for place, row in enumerate(checked.rows))
    copy(connection, "copy_findings", findings)
    copy(connection, "copy_return_rows", rows)
    copy(connection, "copy_activities", (key + activity for activity in _activities(checked)))


def _finding(position: int, finding: Finding) -> tuple[object, ...]:
    return (
        position,
        finding.code,
        finding.cls.value,
        storable_or_none(finding.sheet),
        finding.cell,
        storable_or_none(finding.compound),
        finding.column,
        finding.row,
        storable(finding.found),
        storable(finding.expected),
        storable_or_none(finding.reason),
    )


def _row(position: int, row: CheckedRow, codec: RowCodec) -> tuple[object, ...]:
    return (position, row.table, row.row, row.verdict.value, row.compound, codec.encode(row), row.reason)


def _activities(checked: CheckedReturn) -> Iterator[tuple[object, ...]]:
    for row in _accepted(checked):
        held_on, kind, subject = (row.values.get(key) for key in ("held_on", "kind", "subject"))
        if row.table == ACTIVITIES.key and isinstance(held_on, date) and isinstance(kind, str):
            yield row.row, kind, held_on, storable(str(subject or ""))
