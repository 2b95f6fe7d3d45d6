"""The assessment of a plan at an instant: obligations, progress, lights and ranks, from the facts known then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from duban.core.appeals import Reliefs
from duban.core.assessment import Assessment, ObligationStatus, Progress
from duban.core.facts import OfficeFacts, StateAt
from duban.core.moment import Moment
from duban.core.obligations import obligations
from duban.core.plan import Evidence, Plan
from duban.core.progress import Earlier, Measuring
from duban.core.ranking import ranked
from duban.core.standing import Case
from duban.core.tally import Tally, total
from duban.core.weeks import ReportingWeek, Weeks

NOTHING_APPEALED: Reliefs = MappingProxyType({})
Marking = Callable[[Sequence[ObligationStatus]], tuple[ObligationStatus, ...]]
WEEKS_OF_HISTORY = 4
"""The projection is a straight line over the last four weeks (domain.md §5)."""


def assess(
    plan: Plan,
    weeks: Weeks,
    offices: Sequence[OfficeFacts],
    history: StateAt,
    as_of: datetime,
    reliefs: Reliefs = NOTHING_APPEALED,
    marking: Marking = tuple,
) -> Assessment:
    """The plan at `as_of`. `offices` holds the facts known then, in the plan's order; `history` the states before;
    `reliefs` the 延期 and 异议 that stand. `marking` marks what is 未判定, before any light is worked out.
    """
    moment = Moment.at(as_of, plan.calendar)
    case = Case(plan, weeks, moment, _begun(plan, weeks, as_of), history, reliefs)
    items = marking(obligations(case, offices))
    target = plan.target_in_force(moment.day)
    earlier = _earlier_cutoff(case)
    survey = _Survey(case, Measuring.at(plan, moment), offices, _by_owner(items), earlier)
    return Assessment(
        as_of=as_of,
        week=weeks.covering(moment.day, moment.day),
        target=target,
        offices=ranked([survey.office(facts) for facts in offices]),
        district=survey.district(),
        obligations=items,
        earlier=earlier,
        calendar_provisional=any(item.provisional for item in items) or moment.workdays.is_provisional(target.due),
    )


def _begun(plan: Plan, weeks: Weeks, as_of: datetime) -> tuple[ReportingWeek, ...]:
    """The reporting weeks that have begun, up to the one of the plan's last day."""
    return tuple(week for week in weeks.begun_by(as_of) if week.first_day <= plan.targets[-1].due)


def _by_owner(items: Sequence[ObligationStatus]) -> Mapping[str | None, Sequence[ObligationStatus]]:
    owned: dict[str | None, list[ObligationStatus]] = {}
    for item in items:
        owned.setdefault(item.office, []).append(item)
    return owned


@dataclass(frozen=True, slots=True)
class _Survey:
    """Everybody's progress, on one set of counts."""

    case: Case
    measuring: Measuring
    offices: Sequence[OfficeFacts]
    items: Mapping[str | None, Sequence[ObligationStatus]]
    earlier: datetime | None

    def office(self, facts: OfficeFacts) -> Progress:
        progress = self.measuring.progress(
            facts.office,
            self.case.counts(facts, self.case.moment.as_of),
            None if self.earlier is None else Earlier(self.earlier, self.case.counts(facts, self.earlier)),
            self.items.get(facts.office, ()),
            provisional=facts.baseline is None,
        )
        progress = replace(progress, frozen_at=facts.baseline.frozen_at if facts.baseline else None)
        return _with_return(progress, facts, self.case, self.items.get(facts.office, ()))

    def district(self) -> Progress:
        return self.measuring.progress(
            None,
            self._total(self.case.moment.as_of),
            None if self.earlier is None else Earlier(self.earlier, self._total(self.earlier)),
            self.items.get(None, ()),
            provisional=any(facts.baseline is None for facts in self.offices),
        )

    def _total(self, at: datetime) -> Tally:
        return total(self.case.counts(facts, at) for facts in self.offices)


def _earlier_cutoff(case: Case) -> datetime | None:
    """The fourth cut-off before the moment; None when there were fewer."""
    passed = [week.cutoff for week in case.begun if week.cutoff < case.moment.as_of]
    return passed[-WEEKS_OF_HISTORY] if len(passed) >= WEEKS_OF_HISTORY else None


def _with_return(progress: Progress, facts: OfficeFacts, case: Case, items: Sequence[ObligationStatus]) -> Progress:
    """How the return for the current reporting week stands, whether it was accepted, and whether after its cut-off."""
    week = case.begun[-1] if case.begun else None
    if week is None or not week.covers(case.moment.day):
        return progress
    weekly = {rule.key for rule in case.plan.obligations if rule.evidence is Evidence.WEEKLY_RETURN}
    state = next((item.state for item in items if item.rule in weekly and item.week == week.key), None)
    progress = replace(progress, weekly=state)
    accepted = next((fact for fact in facts.returns if fact.counts and fact.week == week.key), None)
    if accepted is None:
        return progress
    return replace(progress, returned=True, returned_late=accepted.received_at > week.cutoff)
