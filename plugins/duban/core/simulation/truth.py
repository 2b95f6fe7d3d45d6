"""What a correct reader knows of a simulated season at each cut-off: an oracle for tests, apart from the product.

It is deliberately simple and shares no code with the product's own fold and counts (domain.md §5, end of returns.md).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict

from duban.core.compound import DELIBERATED, DONE, FILED, NOT_CONCERNED
from duban.core.plan import Evidence, Plan
from duban.core.returns import SCHEMES
from duban.core.simulation.district import Row
from duban.core.simulation.faults import PROJECT, WORK
from duban.core.simulation.files import Season, SentFile


class Counts(TypedDict):
    """The figures of one office at one cut-off."""

    known_compounds: int
    committees_formed: int
    compounds_improved: int
    scheme_drafted: int
    deliberated: int
    returned: bool


def counts_at(season: Season, plan: Plan, moment: datetime, week: str) -> Mapping[str, Counts]:
    """The figures of every office as known at `moment`, the cut-off of `week`."""
    known = [file for file in season.files if file.received_at <= moment and file.counts]
    return {
        office.code: _counts([file for file in known if file.office == office.code], plan, moment.date(), week)
        for office in plan.offices
    }


def _counts(files: Sequence[SentFile], plan: Plan, today: date, week: str) -> Counts:
    standing: dict[str, SentFile] = {file.week.key: file for file in files}
    ledger: dict[str, Row] = {}
    project: dict[str, Row] = {}
    for key in sorted(standing):
        ledger |= {str(row["compound_id"]): row for row in standing[key].accepted(WORK)}
        project |= {str(row["compound_id"]): row for row in standing[key].accepted(PROJECT)}
    rows = [row for compound, row in project.items() if compound in ledger]
    return Counts(
        known_compounds=len(ledger),
        committees_formed=sum(
            row["committee_stage"] == FILED and _in(row["filed_on"], plan.source.start, today) for row in rows
        ),
        compounds_improved=sum(_improved(row, plan, today) for row in rows),
        scheme_drafted=sum(row["scheme"] in SCHEMES[1:] for row in rows),
        deliberated=sum(row["scheme"] == DELIBERATED for row in rows),
        returned=week in standing,
    )


def _in(value: object, first: date, last: date) -> bool:
    return isinstance(value, date) and first <= value <= last


def _improved(row: Row, plan: Plan, today: date) -> bool:
    aims = [row[aim.key] for aim in plan.aims]
    finished = DONE in aims and all(aim in (DONE, NOT_CONCERNED) for aim in aims)
    return finished and _in(row["accepted_on"], date.min, today)


def first_survey(files: Iterable[SentFile]) -> Mapping[str, datetime]:
    """When each office's first accepted 工作台账 with a row was received."""
    return _first(files, lambda file: bool(file.accepted(WORK)))


def first_meeting(files: Iterable[SentFile], plan: Plan) -> Mapping[str, datetime]:
    """When each office's first accepted publicity meeting was received; nothing for a plan without one."""
    rule = next((rule for rule in plan.obligations if rule.evidence is Evidence.ACTIVITY), None)
    if rule is None:
        return {}
    return _first(files, lambda file: any(row["kind"] == rule.activity_kind for row in file.accepted("activities")))


def _first(files: Iterable[SentFile], shows: Callable[[SentFile], bool]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for file in files:
        if file.counts and shows(file):
            found.setdefault(file.office, file.received_at)
    return found
