"""A ledger in memory: it keeps the returns of a season and answers every question by the definition (returns.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duban.core.checked import CheckedReturn, CheckedRow, Status, Value, Verdict
from duban.core.compound import Compound
from duban.core.facts import Activity, ReturnFact
from duban.core.returns import ReturnKind
from duban.core.state import DatedReturn, fold_season
from duban.pipeline.ports import Before
from fakes.facts import at
from fakes.plans import AIMS


def work_row(compound: str, verdict: Verdict = Verdict.ACCEPTED, **values: Value) -> CheckedRow:
    """A row of 工作台账; accepted, with a kind in every plan's scope, unless told otherwise."""
    reason = None if verdict is Verdict.ACCEPTED else "R01"
    return CheckedRow("work", 2, verdict, compound, {"compound_id": compound, "kind": "社区楼院", **values}, reason)


def project_row(compound: str, verdict: Verdict = Verdict.ACCEPTED, **values: Value) -> CheckedRow:
    """A row of 项目台账; accepted, with nothing begun, unless told otherwise."""
    begun = {"scheme": "未拟定", "committee_stage": "未启动", **dict.fromkeys(AIMS, "未开始")}
    reason = None if verdict is Verdict.ACCEPTED else "R01"
    return CheckedRow("project", 2, verdict, compound, {"compound_id": compound, **begun, **values}, reason)


def dated(received: str, week: str, *rows: CheckedRow, path: str = "", office: str = "EA", **more: Any) -> DatedReturn:
    """A return of an office (EA) for a week, received at an instant; `more`: its kind, its findings."""
    values = {"kind": ReturnKind.NORMAL, "findings": (), "rules_version": "1", **more}
    return DatedReturn(path or received, at(received), CheckedReturn(office=office, week=week, rows=rows, **values))


def activity_row(kind: str, held_on: str) -> CheckedRow:
    """An accepted row of 工作动态."""
    return CheckedRow("activities", 2, Verdict.ACCEPTED, None, {"kind": kind, "held_on": date.fromisoformat(held_on)})


@dataclass(frozen=True)
class SeasonLedger:
    """Plays the reading half of the port `Ledger`: as of any instant it knows what had been received by then."""

    season: Sequence[DatedReturn]

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:
        return fold_season(self.season, as_of, AIMS)

    def states_of(self, office: str, instants: Sequence[datetime]) -> Sequence[Mapping[str, Compound]]:
        return [self.compounds(instant).get(office, {}) for instant in instants]

    def states_before(self, asked: Sequence[Before]) -> Sequence[Mapping[str, Compound]]:
        return [self._state_before(one) for one in asked]

    def _state_before(self, asked: Before) -> Mapping[str, Compound]:
        earlier = [one for one in self.season if (one.checked.week or "") < asked.week]
        return fold_season(earlier, asked.known_at, AIMS).get(asked.office, {})

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]:
        known: dict[str, tuple[ReturnFact, ...]] = {}
        for number, one in enumerate(sorted(self.season, key=lambda one: (one.received_at, one.path)), 1):
            if one.received_at <= as_of:
                office = one.checked.office or ""
                known[office] = (*known.get(office, ()), _fact(number, one))
        return known


def _fact(number: int, one: DatedReturn) -> ReturnFact:
    accepted = [row for row in one.checked.rows if row.verdict is Verdict.ACCEPTED]
    return ReturnFact(
        return_id=number,
        office=one.checked.office or "",
        week=one.checked.week,
        received_at=one.received_at,
        status=one.checked.status,
        kind=one.checked.kind,
        ledger_rows=sum(row.table == "work" for row in accepted),
        project_compounds=frozenset(row.compound for row in accepted if row.table == "project" and row.compound),
        activities=tuple(_activity(row) for row in accepted if row.table == "activities"),
        slip_at=None if one.checked.status is Status.ACCEPTED else one.received_at,
    )


def _activity(row: CheckedRow) -> Activity:
    held_on = row.values["held_on"]
    assert isinstance(held_on, date)
    return Activity(str(row.values["kind"]), held_on)
