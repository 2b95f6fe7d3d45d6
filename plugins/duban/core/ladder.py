"""The ladder 催办、督办: which office gets which paper for which items this day (domain.md §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.moment import Moment
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.plan import Evidence, ObligationRule, Plan, Rung
from duban.core.weeks import ZONE

IN_HAND = (PaperState.DELIVERED, PaperState.ACKNOWLEDGED)
STRUCK = (PaperState.WITHDRAWN, PaperState.REVOKED)
"""The states of a paper that an item has never had, or has had taken back."""


@dataclass(frozen=True, slots=True)
class RungTaken:
    """A rung that an item has had: one paper for one item. `delivered_at` is None while delivery is uncertain."""

    obligation_key: str
    office: str
    rung: str
    paper_state: PaperState
    signed_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper to be drafted: one rung, one office, all its items that reach this rung this day, first due first."""

    office: str
    rung: Rung
    items: tuple[ObligationStatus, ...]


class Why(StrEnum):
    """Why an open item of an office gets a letter this day, or none; `preview` shows it."""

    DUE = "due"  # it reaches a rung that it has not had
    TAKEN = "taken"  # it has had the rung that it has reached
    NOT_YET = "not_yet"  # it has reached no rung
    HOUR = "hour"  # the weekly return's reminder waits for its hour on the day of the cut-off
    NOT_ESCALATED = "not_escalated"  # the plan, or its state, keeps it off the ladder
    IN_CORRECTION = "in_correction"  # a workbook came and is being corrected
    EXTENDED = "extended"  # its 延期 has not run out
    DISPUTED = "disputed"  # a 异议 waits for its decision
    NO_BASIS = "no_basis"  # no signed 报送通知 ordered it before it was due
    REOPENED = "reopened"  # it was met and is open again; the ladder waits
    NOT_SIGNED = "not_signed"  # the rung before was missed, or is not signed and delivered
    DECLINED = "declined"  # this rung, or the one before it, was declined (不予督办)
    UNDECIDED = "undecided"  # nobody looked around its deadline, or since: its timeliness is 未判定
    TOO_FRESH = "too_fresh"  # the rung before was delivered too recently


@dataclass(frozen=True, slots=True)
class Judgement:
    """One open item before the ladder: the rung that it has reached (None: none) and what follows."""

    item: ObligationStatus
    rung: Rung | None
    why: Why


def letters(plan: Plan, assessment: Assessment, history: Sequence[RungTaken], as_of: datetime) -> tuple[Letter, ...]:
    """The letters to be drafted at `as_of`, in the plan's order of offices and rungs."""
    return letters_of(plan, explain(plan, assessment, history, as_of))


def letters_of(plan: Plan, judgements: Iterable[Judgement]) -> tuple[Letter, ...]:
    """The letters that these judgements let through."""
    judged = [one for one in judgements if one.why is Why.DUE]
    places = ((office.code, rung) for office in plan.offices for rung in plan.ladder)
    found = (Letter(office, rung, _items(judged, office, rung)) for office, rung in places)
    return tuple(letter for letter in found if letter.items)


def _items(judged: Iterable[Judgement], office: str, rung: Rung) -> tuple[ObligationStatus, ...]:
    items = (one.item for one in judged if one.item.office == office and one.rung == rung)
    return tuple(sorted(items, key=lambda item: (item.due, item.key)))


def proposal_rung(plan: Plan) -> Rung | None:
    """The rung that proposes a criticism; None of a plan without one."""
    return next((rung for rung in plan.ladder if rung.paper == PaperKind.CRITICISM_PROPOSAL), None)


def rung_spoken_of(plan: Plan, record: PaperRecord) -> Rung | None:
    """The rung whose items a paper speaks of, so that it is judged again before it is signed and sent; None: no rung's.

    The 通报 that criticises is no rung of its own: it speaks of what was proposed.
    """
    if record.kind is PaperKind.CRITICISM:
        return proposal_rung(plan)
    return next((rung for rung in plan.ladder if rung.key == record.rung), None)


def standing(items: Iterable[ObligationStatus], keys: Iterable[str], rung: Rung) -> tuple[str, ...]:
    """Those of a letter's items that it may still speak of: open, and neither in correction, extended nor disputed,

    nor of undecided timeliness.

    What was overdue when the letter was drafted must still be overdue; an item that is merely due may be reminded of,
    unless a 延期 has put its day off since.
    """
    open_states = (State.OVERDUE,) if rung.working_days > 0 else (State.OVERDUE, State.DUE_SOON)
    wanted = frozenset(keys)
    found = (item for item in items if item.key in wanted and item.state in open_states)
    return tuple(item.key for item in found if item.disputed_at is None and not item.undecided)


def explain(plan: Plan, assessment: Assessment, history: Sequence[RungTaken], as_of: datetime) -> tuple[Judgement, ...]:
    """Every open item of every office with what the ladder says of it; met and lapsed ones are off it."""
    taken = {(one.obligation_key, one.rung): one for one in history if one.paper_state not in STRUCK}
    climb = _Climb(plan, Moment.at(as_of, plan.calendar), taken)
    open_states = (State.PENDING, State.DUE_SOON, State.OVERDUE, State.IN_CORRECTION)
    return tuple(climb.judge(item) for item in assessment.obligations if item.office and item.state in open_states)


def _frozen(item: ObligationStatus) -> Why | None:
    """What keeps an item off the ladder whatever rung it has reached."""
    if item.state is State.IN_CORRECTION:
        return Why.IN_CORRECTION
    if item.disputed_at is not None:
        return Why.DISPUTED
    return Why.UNDECIDED if item.undecided else None


@dataclass(frozen=True, slots=True)
class _Climb:
    """The ladder at a moment. `taken`: what each item has had, by key and rung; a draft withdrawn was never had."""

    plan: Plan
    moment: Moment
    taken: dict[tuple[str, str], RungTaken]

    def judge(self, item: ObligationStatus) -> Judgement:
        frozen = _frozen(item)
        if frozen is not None:
            return Judgement(item, None, frozen)
        rung = self._reached(item)
        if rung is None:
            return Judgement(item, None, Why.EXTENDED if self._is_extended(item) else Why.NOT_YET)
        return Judgement(item, rung, self._why(item, rung))

    def _is_extended(self, item: ObligationStatus) -> bool:
        return item.extended_until is not None and self.moment.day <= item.extended_until

    def _reached(self, item: ObligationStatus) -> Rung | None:
        """The highest rung that the item has reached, of those that its rule lets it climb."""
        overdue = item.state is State.OVERDUE
        climbs_from = (item.climbs_from or item.due).astimezone(ZONE).date()
        late = self.moment.since(max(item.last_day, climbs_from))
        left = self.moment.left(item.last_day)
        reached = None
        for rung in self._rungs(self.plan.obligation(item.rule)):
            if overdue and 0 < rung.working_days <= late:
                reached = rung
            if not overdue and rung.working_days <= 0 and left <= -rung.working_days:
                reached = rung
        return reached

    def _rungs(self, rule: ObligationRule) -> Sequence[Rung]:
        """The rungs from the rule's first to its top, both included."""
        keys = [rung.key for rung in self.plan.ladder]
        first = 0 if rule.first_rung is None else keys.index(rule.first_rung)
        last = len(keys) if rule.top_rung is None else keys.index(rule.top_rung) + 1
        return self.plan.ladder[first:last]

    def _why(self, item: ObligationStatus, rung: Rung) -> Why:
        if not item.escalates:
            return Why.NOT_ESCALATED
        if not self._is_ordered(item, rung):
            return Why.NO_BASIS
        if (item.key, rung.key) in self.taken:
            return self._why_taken(item, rung)
        if not self._is_the_hour(item, rung):
            return Why.HOUR
        if self._is_resting(item):
            return Why.REOPENED
        return self._why_by_rung_before(item, rung)

    def _is_ordered(self, item: ObligationStatus, rung: Rung) -> bool:
        """What stands on a decision climbs above 提醒 only if the basis that ordered it was signed by its due date."""
        if not self.plan.obligation(item.rule).needs_basis or rung.working_days <= 0:
            return True
        return self.plan.basis is not None and self.plan.basis.signed <= item.due.astimezone(ZONE).date()

    def _why_taken(self, item: ObligationStatus, rung: Rung) -> Why:
        declined = self.taken[item.key, rung.key].paper_state is PaperState.DECLINED
        return Why.DECLINED if declined else Why.TAKEN

    def _is_the_hour(self, item: ObligationStatus, rung: Rung) -> bool:
        """The weekly return's reminder goes out on the day of the cut-off only, from its hour on."""
        if self.plan.obligation(item.rule).evidence is not Evidence.WEEKLY_RETURN or rung.working_days > 0:
            return True
        hour = self.plan.reporting.reminder_time
        now = self.moment.as_of.astimezone(ZONE)
        return hour is not None and now.date() == item.last_day and now.time() >= hour

    def _is_resting(self, item: ObligationStatus) -> bool:
        """An item that opens again after it was met waits."""
        if item.reopened_at is None:
            return False
        return self.moment.since(item.reopened_at.astimezone(ZONE).date()) < self.plan.waits.reopened

    def _why_by_rung_before(self, item: ObligationStatus, rung: Rung) -> Why:
        """A rung needs the one before it signed, delivered and of some age; a rung missed is never made up."""
        if rung.requires is None:
            return Why.DUE
        before = self.taken.get((item.key, rung.requires))
        if before is not None and before.paper_state is PaperState.DECLINED:
            return Why.DECLINED
        if before is None or before.paper_state not in IN_HAND:
            return Why.NOT_SIGNED
        if before.signed_at is None or before.delivered_at is None:
            return Why.NOT_SIGNED
        age = self.moment.since(before.delivered_at.astimezone(ZONE).date())
        return Why.DUE if age >= self.plan.waits.rung_age else Why.TOO_FRESH
