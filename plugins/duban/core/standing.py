"""How an obligation stands at a moment, given its evidence: the states of domain.md §4, each decided in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from duban.core.appeals import NO_RELIEF, Relief, Reliefs
from duban.core.assessment import ObligationStatus, State
from duban.core.baseline import denominator
from duban.core.compound import Compound
from duban.core.facts import OfficeFacts, Settled, StateAt
from duban.core.moment import Moment
from duban.core.plan import ObligationRule, Plan
from duban.core.since import Since
from duban.core.tally import Tally, tally
from duban.core.weeks import ZONE, ReportingWeek, Weeks, end_of_day

MET = (State.MET, State.MET_LATE)


@dataclass(frozen=True, slots=True)
class Case:
    """What every obligation of a plan is judged by at a moment.

    `begun` are the reporting weeks that have begun, oldest first; `state_at` tells the folded state at an instant;
    `reliefs` are the 延期 and 异议 that stand, by the obligation's key.
    """

    plan: Plan
    weeks: Weeks
    moment: Moment
    begun: tuple[ReportingWeek, ...]
    state_at: StateAt
    reliefs: Reliefs = field(default_factory=dict)
    _counted: dict[tuple[str, datetime, date], Tally] = field(default_factory=dict, compare=False, repr=False)

    def compounds(self, facts: OfficeFacts, at: datetime) -> Mapping[str, Compound]:
        """The state of one office known at `at`; that of the moment itself is in its facts."""
        if at == self.moment.as_of:
            return facts.compounds
        return self.state_at(at).get(facts.office, {})

    def counts(self, facts: OfficeFacts, at: datetime, today: date | None = None) -> Tally:
        """The counts of one office known at `at`, of dates up to `today` (that of `at`); counted once."""
        today = today or at.astimezone(ZONE).date()
        key = (facts.office, at, today)
        if key not in self._counted:
            compounds, settled = self.compounds(facts, at), self.settled(facts, at, today)
            base = denominator(self.plan, settled.baseline, compounds)
            start = self.plan.source.start
            self._counted[key] = tally(compounds, base, settled.unsuited, start, today, settled.refuted)
        return self._counted[key]

    def settled(self, facts: OfficeFacts, at: datetime, day: date) -> Settled:
        """What the bureau had settled of one office by `at`, for `day`; what it has by now is in its facts."""
        now = at == self.moment.as_of and day == self.moment.day
        return facts.settled if now else facts.settled_by(at, day)


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation of one owner. `judged_at` is when it is decided, where the due date alone does not (else None).

    A year's target is due on 31 December and judged at the first cut-off after it: evidence known by then is in time,
    and until then an open one is due soon, not overdue. `relief` is given where it follows from other obligations.
    """

    key: str
    rule: ObligationRule
    office: str | None
    due: datetime
    judged_at: datetime | None = None
    week: str | None = None
    provisional: bool = False
    relief: Relief | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the evidence. `met` is when it was received, None while it is not there.

    `late` overrules the comparison of `met` with the due date, and spares looking for it; `held_in_time` says that the
    thing itself happened in time. `correction_until`: something came in time and was returned for correction until
    then. `lapsed`: it never came and need not come any more. `escalates` False keeps it off the ladder.
    """

    met: Since | None = None
    received: tuple[int, ...] = ()
    late: bool | None = None
    held_in_time: bool = False
    correction_until: datetime | None = None
    lapsed: bool = False
    escalates: bool = True
    reopened_at: datetime | None = None


def owed_within(case: Case, rule: ObligationRule, key: str, office: str, asked_on: date) -> Owed:
    """What is owed within the rule's working days after the day on which it was asked for, to the end of that day."""
    due = case.moment.workdays.add(asked_on, rule.working_days or 0)
    provisional = case.moment.workdays.is_provisional(due)
    return Owed(f"{rule.key}-{key}:{office}", rule, office, end_of_day(due), provisional=provisional)


def stand(case: Case, owed: Owed, proof: Proof) -> ObligationStatus:
    """The obligation `owed` with its state, judged by the last day of its 延期 where it has one."""
    relief = owed.relief or case.reliefs.get(owed.key, NO_RELIEF)
    counting = owed
    if relief.extended_until is not None:
        counting = replace(owed, due=max(owed.due, end_of_day(relief.extended_until)))
    proof = _granted(proof, relief, counting.due)
    state = _state(case, counting, proof)
    due = counting.due.astimezone(ZONE).date()
    overdue = state is State.OVERDUE
    return ObligationStatus(
        key=owed.key,
        rule=owed.rule.key,
        office=owed.office,
        state=state,
        due=owed.due,
        days_overdue=(case.moment.day - due).days if overdue else 0,
        working_days_overdue=case.moment.since(due) if overdue else 0,
        met=proof.met,
        week=owed.week,
        in_time_late_received=state is State.MET_LATE and proof.held_in_time,
        provisional=owed.provisional,
        escalates=owed.rule.escalates and proof.escalates,
        received=proof.received,
        reopened_at=proof.reopened_at,
        climbs_from=proof.correction_until or owed.judged_at,
        extended_until=relief.extended_until,
        disputed_at=relief.disputed_at,
    )


def _granted(proof: Proof, relief: Relief, due: datetime) -> Proof:
    """The proof as a granted 延期 (to `due`) and an upheld 异议 let it count (decisions/appeals.md)."""
    if relief.upheld_at is not None:
        return replace(proof, met=_earlier(proof.met, relief.upheld_at), late=False)
    if relief.extended_until is not None and proof.late and proof.met is not None:
        return replace(proof, late=proof.met.at > due)
    return proof


def _earlier(met: Since | None, upheld_at: datetime) -> Since:
    return Since(upheld_at) if met is None else Since(lambda: min(met.at, upheld_at))


def _state(case: Case, owed: Owed, proof: Proof) -> State:
    as_of = case.moment.as_of
    if proof.met is not None:
        return State.MET_LATE if _is_late(owed, proof, proof.met) else State.MET
    if proof.correction_until is not None and as_of <= proof.correction_until:
        return State.IN_CORRECTION
    if as_of <= owed.due:
        soon = case.moment.left(owed.due.date()) <= case.plan.waits.due_soon
        return State.DUE_SOON if soon else State.PENDING
    if proof.lapsed:
        return State.LAPSED
    return State.DUE_SOON if owed.judged_at is not None and as_of < owed.judged_at else State.OVERDUE


def _is_late(owed: Owed, proof: Proof, met: Since) -> bool:
    return met.at > owed.due if proof.late is None else proof.late
