"""Facts of returns and states of compounds, built with as few words as a test needs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from duban.core.appeals import Appeal, reliefs
from duban.core.assess import assess
from duban.core.assessment import Assessment, ObligationStatus
from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.facts import Activity, Baseline, OfficeFacts, ReturnFact, Settled, StateAt
from duban.core.plan import Plan
from duban.core.returns import ReturnKind
from duban.core.weeks import ZONE
from fakes.plans import AIMS, weeks_of


def at(text: str) -> datetime:
    """An instant in Asia/Shanghai: `2018-07-31 08:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)


def held(kind: str, on: str) -> Activity:
    return Activity(kind, day(on))


_ids = iter(range(1, 10**9))


def fact(received: str, week: str | None = None, **more: Any) -> ReturnFact:
    """A return of office EA, accepted with three ledger rows unless `more` says otherwise."""
    values: dict[str, Any] = {
        "return_id": next(_ids),
        "office": "EA",
        "week": week,
        "received_at": at(received),
        "status": Status.ACCEPTED,
        "kind": ReturnKind.NORMAL,
        "ledger_rows": 3,
        "project_compounds": frozenset(),
        "activities": (),
    }
    return ReturnFact(**{**values, **more})


def returned(received: str, week: str | None = None, **more: Any) -> ReturnFact:
    """A return sent back as a file, its slip out at once."""
    more = {"status": Status.RETURNED, "ledger_rows": 0, "slip_at": at(received), **more}
    return fact(received, week, **more)


def compound(number: int, office: str = "EA", **more: Any) -> Compound:
    """Compound `number` of an office, with a ledger half and nothing begun."""
    values: dict[str, Any] = {
        "compound_id": f"{office}-{number:03d}",
        "pending": False,
        "name": f"小区{number}",
        "community": "社区",
        "kind": "社区楼院",
        "buildings": 4,
        "households": 100,
        "planned_year": None,
    }
    return Compound(**{**values, **more})


def formed(on: str) -> dict[str, Any]:
    return {"committee_stage": "已备案", "filed_on": day(on)}


def improved(on: str) -> dict[str, Any]:
    return {"accepted_on": day(on), "aims": ("已完成",) * len(AIMS)}


def state(*compounds: Compound) -> Mapping[str, Compound]:
    return {one.compound_id: one for one in compounds}


def facts(*returns: ReturnFact, **more: Any) -> OfficeFacts:
    """What is known of office EA; `frozen` (an instant) freezes the compounds given as its baseline."""
    frozen = more.pop("frozen", None)
    compounds = more.pop("compounds", {})
    baseline = Baseline(frozenset(compounds), at(frozen)) if frozen else None
    settled = Settled(more.pop("baseline", baseline), more.pop("unsuited", frozenset()))
    return OfficeFacts(**{"office": "EA", "compounds": compounds, "settled": settled, "returns": returns, **more})


def constant(*offices: OfficeFacts) -> StateAt:
    """A history in which every state was always as it is now."""
    return lambda _instant: {one.office: one.compounds for one in offices}


def changing(*steps: tuple[str, Mapping[str, Compound]], office: str = "EA") -> StateAt:
    """A history of one office: from each instant on, that state."""

    def state_at(instant: datetime) -> Mapping[str, Mapping[str, Compound]]:
        known = [compounds for since, compounds in steps if at(since) <= instant]
        return {office: known[-1]} if known else {}

    return state_at


def assessed(
    plan: Plan,
    as_of: str,
    *offices: OfficeFacts,
    history: StateAt | None = None,
    appeals: Iterable[Appeal] = (),
) -> Assessment:
    """The assessment at `as_of` of what was known then: later returns and appeals are left out, as the ledger would."""
    instant = at(as_of)
    known = [
        OfficeFacts(
            one.office,
            one.compounds,
            replace(one.settled, baseline=one.baseline if one.baseline and one.baseline.frozen_at <= instant else None),
            tuple(item for item in one.returns if item.received_at <= instant),
            settled_at=one.settled_at,
        )
        for one in offices
    ]
    stand = reliefs(appeal for appeal in appeals if appeal.at <= instant)
    return assess(plan, weeks_of(plan), known, history or constant(*known), instant, stand)


def status_of(assessment: Assessment, key: str) -> ObligationStatus:
    """The one obligation of this key."""
    [found] = [item for item in assessment.obligations if item.key == key]
    return found
