"""Assessing the plan: gathers the facts known at an instant and hands them to the core (domain.md §3, "two clocks")."""

from collections.abc import Mapping
from datetime import datetime

from duban.core.amendments import amended
from duban.core.assess import assess
from duban.core.assessment import Assessment
from duban.core.baseline import freeze
from duban.core.compound import Compound
from duban.core.facts import OfficeFacts, StateAt
from duban.core.plan import Plan
from duban.core.waivers import unsuited
from duban.core.weeks import Weeks
from duban.pipeline.ports import Decisions, Ledger
from duban.pipeline.undecided import NOTHING_DECIDED


class Assess:
    """The plan at any instant, computed from what the ledger knew then."""

    def __init__(self, plan: Plan, weeks: Weeks, ledger: Ledger, decisions: Decisions = NOTHING_DECIDED) -> None:
        self._plan = plan
        self._weeks = weeks
        self._ledger = ledger
        self._decisions = decisions

    def at(self, as_of: datetime) -> Assessment:
        """The assessment at `as_of`; the same instant gives the same assessment, whatever came later."""
        history = self._history()
        return assess(self._plan, self._weeks, self._facts(as_of, history), history, as_of)

    def facts(self, as_of: datetime) -> tuple[OfficeFacts, ...]:
        """What is known of every office at `as_of`, in the plan's order."""
        return self._facts(as_of, self._history())

    def _facts(self, as_of: datetime, history: StateAt) -> tuple[OfficeFacts, ...]:
        cutoffs = [week.cutoff for week in self._weeks.closed_by(as_of)]
        returns = self._ledger.returns(as_of)
        compounds = history(as_of)
        amendments = self._decisions.amendments(as_of)
        without_committee = unsuited(self._decisions.waivers(as_of))
        return tuple(
            OfficeFacts(
                office=office.code,
                compounds=compounds.get(office.code, {}),
                baseline=amended(
                    freeze(self._plan, office, cutoffs, returns.get(office.code, ()), history),
                    (amendment for amendment in amendments if amendment.office == office.code),
                ),
                returns=returns.get(office.code, ()),
                unsuited=without_committee,
            )
            for office in self._plan.offices
        )

    def _history(self) -> StateAt:
        """The ledger's states, each instant read once: offices share a few cut-offs."""
        read: dict[datetime, Mapping[str, Mapping[str, Compound]]] = {}

        def state_at(instant: datetime) -> Mapping[str, Mapping[str, Compound]]:
            if instant not in read:
                read[instant] = self._ledger.compounds(instant)
            return read[instant]

        return state_at
