"""What the ledger knows as of an instant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Row

from duban.adapters.store.encoding import compound_of, states_at, states_of
from duban.adapters.store.rollup import Rollup, rollup_of
from duban.adapters.store.statements import statement
from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.facts import Activity, ReturnFact
from duban.core.findings import Finding
from duban.core.returns import WORK, ReturnKind
from duban.core.spot_checks import Suspicion
from duban.core.state import PROJECT
from duban.pipeline.ports import Before, ReturnRecord

SELECT_COMPOUNDS = statement("select_compounds")
SELECT_OFFICE_STATES = statement("select_office_states")
SELECT_ROLLUPS = statement("select_rollups")
SELECT_STATES_BEFORE = statement("select_states_before")
SELECT_RESTING = statement("select_resting")
SELECT_RETURN_FACTS = statement("select_return_facts")
SELECT_ACTIVITIES = statement("select_activities")
SELECT_RETURN_RECORDS = statement("select_return_records")
SELECT_RECORDS_OF = statement("select_return_records_of")
SELECT_FINDINGS = statement("select_findings")
SELECT_SUSPICIONS = statement("select_suspicions")
SELECT_OFFICE_RECORDS = statement("select_office_records")
SELECT_FINDINGS_OF = statement("select_findings_of")

Item = TypeVar("Item")


def compounds(connection: Connection, plan: str, as_of: datetime) -> dict[str, dict[str, Compound]]:
    """The folded state known at `as_of`; an office of which nothing is known is missing."""
    return states_of(connection.execute(SELECT_COMPOUNDS, {"plan": plan, "as_of": as_of}))


def office_compounds(connection: Connection, plan: str, office: str, as_of: datetime) -> dict[str, Compound]:
    """The folded state of one office known at `as_of`."""
    [state] = office_states(connection, plan, office, [as_of])
    return state


def office_states(
    connection: Connection, plan: str, office: str, instants: Sequence[datetime]
) -> list[dict[str, Compound]]:
    """The folded states of one office known at each of `instants`."""
    values = {"plan": plan, "office": office, "instants": list(instants)}
    return states_at(connection.execute(SELECT_OFFICE_STATES, values).all(), len(instants))


def rollups(connection: Connection, plan: str, as_of: datetime) -> dict[str, Rollup]:
    """The counts of every office's state known at `as_of`, at a fraction of the cost of the state itself."""
    found = connection.execute(SELECT_ROLLUPS, {"plan": plan, "as_of": as_of})
    return {row.office: rollup_of(row) for row in found}


def states_before(connection: Connection, plan: str, asked: Sequence[Before]) -> list[dict[str, Compound]]:
    """Of each question the office's folded state of its last week before that week, as known at that instant."""
    states: list[dict[str, Compound]] = [{} for _ in asked]
    for row in connection.execute(SELECT_STATES_BEFORE, questions(plan, asked)):
        compound = compound_of(tuple(row)[:-1])
        states[row.place - 1][compound.compound_id] = compound
    return states


def resting(connection: Connection, plan: str, asked: Sequence[tuple[str, datetime]]) -> list[tuple[int, ...]]:
    """Of each office and instant the returns that its state then rests on."""
    values = {
        "plan": plan,
        "offices": [office for office, _ in asked],
        "moments": [at for _, at in asked],
        "work": WORK.key,
        "project": PROJECT,
    }
    found = _grouped((row.place, row.return_id) for row in connection.execute(SELECT_RESTING, values))
    return [found.get(place, ()) for place in range(1, len(asked) + 1)]


def questions(plan: str, asked: Sequence[Before]) -> dict[str, object]:
    """Questions as statements take them."""
    return {
        "plan": plan,
        "offices": [one.office for one in asked],
        "weeks": [one.week for one in asked],
        "moments": [one.known_at for one in asked],
    }


def returns(connection: Connection, plan: str, as_of: datetime) -> dict[str, tuple[ReturnFact, ...]]:
    """Every judged return received by `as_of` but duplicates, per office (the folder's), oldest first."""
    moment = {"plan": plan, "as_of": as_of}
    activities = _grouped(
        (row.return_id, Activity(row.kind, row.held_on)) for row in connection.execute(SELECT_ACTIVITIES, moment).all()
    )
    found = connection.execute(SELECT_RETURN_FACTS, moment).all()
    return _grouped((fact.office, fact) for fact in _facts(found, activities))


def _facts(
    stored: Iterable[Row[tuple[object, ...]]], activities: Mapping[int, tuple[Activity, ...]]
) -> Iterator[ReturnFact]:
    """Facts of returns; those of an office whose 项目台账 names the same compounds as before share one set of them."""
    named: dict[str, frozenset[str]] = {}
    for row in stored:
        if row.project_compounds is not None:
            named[row.office] = frozenset(row.project_compounds)
        yield _fact(row, named[row.office], activities.get(row.return_id, ()))


def _fact(
    row: Row[tuple[object, ...]], project_compounds: frozenset[str], activities: tuple[Activity, ...]
) -> ReturnFact:
    return ReturnFact(
        return_id=row.return_id,
        office=row.office,
        week=row.week,
        received_at=row.received_at,
        status=Status(row.status),
        kind=None if row.kind is None else ReturnKind(row.kind),
        ledger_rows=row.ledger_rows,
        project_compounds=project_compounds,
        activities=activities,
        slip_at=row.slip_at,
        faults=frozenset(row.faults),
        confirmed_empty=row.confirmed_empty,
    )


def return_records(
    connection: Connection, plan: str, since: datetime | None, as_of: datetime | None
) -> list[ReturnRecord]:
    """Every judged return with its findings, oldest first; where given, those received in (since, as_of]."""
    asked = {"plan": plan, "since": since, "as_of": as_of}
    findings = _grouped((row.return_id, _finding(row)) for row in connection.execute(SELECT_FINDINGS, asked))
    found = connection.execute(SELECT_RETURN_RECORDS, asked)
    return [_record(row, findings.get(row.return_id, ())) for row in found]


def return_records_of(connection: Connection, plan: str, return_ids: Sequence[int]) -> list[ReturnRecord]:
    """Those of `return_ids` that are judged, with their findings, oldest first."""
    return _with_findings(connection, plan, connection.execute(SELECT_RECORDS_OF, _of(plan, return_ids)).all())


def _of(plan: str, return_ids: Iterable[int]) -> dict[str, object]:
    return {"plan": plan, "return_ids": list(return_ids)}


def _with_findings(connection: Connection, plan: str, found: Sequence[Row[tuple[object, ...]]]) -> list[ReturnRecord]:
    asked = _of(plan, (row.return_id for row in found))
    findings = _grouped((row.return_id, _finding(row)) for row in connection.execute(SELECT_FINDINGS_OF, asked))
    return [_record(row, findings.get(row.return_id, ())) for row in found]


def suspicions(connection: Connection, plan: str, as_of: datetime, codes: Iterable[str]) -> list[Suspicion]:
    """The findings of these codes that accepted returns received by `as_of` left."""
    asked = {"plan": plan, "as_of": as_of, "codes": sorted(codes)}
    return [
        Suspicion(row.office, row.code, row.compound or None) for row in connection.execute(SELECT_SUSPICIONS, asked)
    ]


def office_records(connection: Connection, plan: str, office: str, as_of: datetime, most: int) -> list[ReturnRecord]:
    """The newest judged returns of an office received by `as_of` with their findings, latest first."""
    values = {"plan": plan, "office": office, "as_of": as_of, "most": most}
    return _with_findings(connection, plan, connection.execute(SELECT_OFFICE_RECORDS, values).all())


def _record(row: Row[tuple[object, ...]], findings: tuple[Finding, ...]) -> ReturnRecord:
    return ReturnRecord(
        return_id=row.return_id,
        path=row.path,
        office=row.office,
        week=row.week,
        received_at=row.received_at,
        status=Status(row.status),
        rows={
            "read": row.rows_read,
            "accepted": row.rows_accepted,
            "rejected": row.rows_rejected,
            "ignored": row.rows_ignored,
        },
        findings=findings,
        sha256=row.sha256,
        judged_at=row.judged_as_of,
        replaced_by=row.replaced_by,
        after_signature=row.after_signature,
    )


def _finding(row: Row[tuple[object, ...]]) -> Finding:
    return Finding(
        code=row.code,
        sheet=row.sheet,
        cell=row.cell,
        compound=row.compound,
        found=row.found,
        expected=row.expected,
        column=row.column_key,
        row=row.row,
        reason=row.reason,
    )


Key = TypeVar("Key")


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    groups: dict[Key, list[Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return {key: tuple(items) for key, items in groups.items()}
