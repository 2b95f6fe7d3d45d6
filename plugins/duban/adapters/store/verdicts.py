"""Verdicts on returns, with their findings and every one of their rows (faults.md, I6)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from duban.adapters.store.bulk import copy
from duban.adapters.store.encoding import RowCodec, storable, storable_or_none
from duban.adapters.store.statements import statement
from duban.core.checked import CheckedReturn, CheckedRow, Verdict
from duban.core.findings import Finding, FindingClass
from duban.core.returns import ACTIVITIES, WORK
from duban.core.state import PROJECT
from duban.pipeline.ports import Judged

SELECT_JUDGED = statement("select_judged")


def still_unjudged(connection: Connection, plan: str, judged: Sequence[Judged]) -> list[Judged]:
    """Those whose return has no verdict yet."""
    asked = {"plan": plan, "return_ids": [one.received.return_id for one in judged]}
    known = frozenset(connection.execute(SELECT_JUDGED, asked).scalars())
    return [one for one in judged if one.received.return_id not in known]


def copy_verdicts(connection: Connection, plan: str, judged: Sequence[Judged], as_of: datetime) -> None:
    """The verdicts themselves."""
    copy(connection, "copy_verdicts", ((plan, *_verdict(one, as_of)) for one in judged))


def _verdict(judged: Judged, as_of: datetime) -> tuple[object, ...]:
    checked = judged.checked
    faults = slip_faults(checked)
    return (
        judged.received.return_id,
        judged.status.value,
        storable_or_none(checked.office),
        checked.week,
        checked.kind and checked.kind.value,
        checked.rules_version,
        as_of,
        as_of if faults else None,
        len(checked.rows),
        *(checked.count(verdict) for verdict in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.IGNORED)),
        sum(row.table == WORK.key for row in _accepted(checked)),
        _project_compounds(checked),
        faults,
    )


def slip_faults(checked: CheckedReturn) -> list[str]:
    """What a correction slip names, as ReturnFact.faults: class A findings, and class B ones without their reason."""
    named = (
        finding
        for finding in checked.findings
        if finding.cls is FindingClass.A or (finding.cls is FindingClass.B and finding.reason is None)
    )
    return sorted({storable(f"{f.code}/{f.compound or ''}/{f.column or ''}") for f in named})


def _accepted(checked: CheckedReturn) -> Iterator[CheckedRow]:
    return (row for row in checked.rows if row.verdict is Verdict.ACCEPTED)


def _project_compounds(checked: CheckedReturn) -> list[str]:
    return sorted({row.compound for row in _accepted(checked) if row.table == PROJECT and row.compound})


def copy_details(connection: Connection, plan: str, judged: Sequence[Judged], codec: RowCodec) -> None:
    """The findings, the rows and the activities of returns."""
    keyed = [((plan, one.received.return_id), one.checked) for one in judged]
    findings = (key + _finding(at, found) for key, checked in keyed for at, found in enumerate(checked.findings))
    rows = (key + _row(at, row, codec) for key, checked in keyed for at, row in enumerate(checked.rows))
    copy(connection, "copy_findings", findings)
    copy(connection, "copy_return_rows", rows)
    copy(connection, "copy_activities", (key + activity for key, checked in keyed for activity in _activities(checked)))


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
