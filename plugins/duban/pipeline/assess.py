"""Assessing the plan: gathers the facts known at an instant and hands them to the core (domain.md §3, "two clocks")."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Protocol

from duban.core.appeals import Reliefs, reliefs
from duban.core.assess import Marking, assess
from duban.core.assessment import Assessment
from duban.core.baseline import freeze
from duban.core.compound import Compound
from duban.core.facts import NoticeFact, OfficeFacts, ReturnFact, Settled, StateAt
from duban.core.matters import OwedMatter, departments_owe, matter_of
from duban.core.moment import Moment
from duban.core.plan import Office, Plan
from duban.core.settling import Decided
from duban.core.standing import Case
from duban.core.weeks import ZONE, Weeks
from duban.core.workdays import DAY
from duban.pipeline.looks import EVERYTHING_LOOKED, Looks, marked
from duban.pipeline.office_states import OfficeStates, RememberedStates
from duban.pipeline.ports import Before, Decisions, LastRow, Ledger
from duban.pipeline.undecided import NOTHING_DECIDED

Notices = Callable[[datetime], Mapping[str, tuple[NoticeFact, ...]]]
"""The 督办 notices that each office had by an instant."""


def no_notices(_as_of: datetime) -> Mapping[str, tuple[NoticeFact, ...]]:
    """Of a plan without papers."""
    return {}


class Known(Protocol):
    """The ledger as assessing asks it: ports.Ledger."""

    def states_of(self, office: str, instants: Sequence[datetime]) -> Sequence[Mapping[str, Compound]]: ...

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]: ...

    def states_before(self, asked: Sequence[Before]) -> Sequence[Mapping[str, Compound]]: ...

    def asking_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]: ...


class _Remembered:
    """A ledger of which everything is read once."""

    def __init__(self, ledger: Known) -> None:
        self.returns, self.states_of = cache(ledger.returns), RememberedStates(ledger.states_of).of
        self.states_before, self.asking_rows = ledger.states_before, ledger.asking_rows


class RememberedLedger(_Remembered):
    """The same for a report: what it is worked out from and what it tells are read once together."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.return_records, self.compounds = cache(ledger.return_records), cache(ledger.compounds)
        self.resting = ledger.resting


class Assess:
    """The plan at any instant, computed from what the ledger knew then."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        ledger: Known,
        decisions: Decisions = NOTHING_DECIDED,
        notices: Notices = no_notices,
        looks: Looks = EVERYTHING_LOOKED,
    ) -> None:
        self._notices = notices
        self._plan = plan
        self._weeks = weeks
        self._ledger = ledger
        self._decisions = decisions
        self._looks = looks

    def remembering(self, ledger: RememberedLedger | None = None) -> "Assess":
        """The same, for the questions of one piece of work: what the ledger says is read once and kept."""
        known = ledger or _Remembered(self._ledger)
        return RememberingAssess(self._plan, self._weeks, known, self._decisions, self._notices, self._looks)

    def at(self, as_of: datetime) -> Assessment:
        """The assessment at `as_of`; the same instant gives the same assessment, whatever came later."""
        history = self._history()
        facts = self._facts(as_of, history)
        return assess(self._plan, self._weeks, facts, history, as_of, self._reliefs(as_of), self._marking(as_of))

    def departments(self, as_of: datetime) -> tuple[OwedMatter, ...]:
        """The matters that wait for a department at `as_of`, office by office, each with its standing (D-n)."""
        return tuple(owed for office in self._plan.offices for owed in self.waiting(office.code, as_of))

    def waiting(self, office: str, as_of: datetime) -> tuple[OwedMatter, ...]:
        """The matters of one office that wait for a department at `as_of`."""
        case = Case(self._plan, self._weeks, Moment.at(as_of, self._plan.calendar), (), self._history())
        return departments_owe(case, self._asked(office, as_of))

    def _asked(self, office: str, as_of: datetime) -> OfficeFacts:
        """What an office's latest rows put to departments."""
        found = (matter_of(last.row, last.return_id) for last in self._ledger.asking_rows(office, as_of))
        return OfficeFacts(office, {}, Settled(), (), matters=tuple(matter for matter in found if matter is not None))

    def judged(self, as_of: datetime, known_at: datetime) -> Assessment:
        """The plan at `as_of` by what was known at the later `known_at`: how a year is judged (domain.md §4 Y)."""
        facts = self._facts(known_at, self._history(), day=as_of.astimezone(ZONE).date())
        return self._told_later(as_of, facts, {one.office: one.compounds for one in facts})

    def foreseen(self, as_of: datetime, known_at: datetime) -> Assessment:
        """The plan at the later `as_of` if nothing comes after `known_at`: what the next morning would find."""
        history = self._history()
        facts, reliefs = self._facts(known_at, history), self._reliefs(known_at)

        def state_at(instant: datetime) -> Mapping[str, Mapping[str, Compound]]:
            return history(min(instant, known_at))

        return assess(self._plan, self._weeks, facts, state_at, as_of, reliefs, self._marking(known_at))

    def restated(self, cutoff: datetime, known_at: datetime) -> Assessment:
        """The plan at a cut-off with what returns for that week or earlier ones brought by the later `known_at`."""
        day = cutoff.astimezone(ZONE).date()
        closed = self._weeks.covering(day, day)
        following = closed and self._weeks.covering(closed.last_day + DAY, day)
        assert following is not None, cutoff  # noqa: S101  # a cut-off has its week, and weeks never end
        codes = [office.code for office in self._plan.offices]
        states = self._ledger.states_before([Before(code, following.key, known_at) for code in codes])
        compounds = dict(zip(codes, states, strict=True))
        known = self._facts(known_at, self._history(), decided_by=cutoff)
        facts = [replace(facts, compounds=compounds[facts.office]) for facts in known]
        return self._told_later(cutoff, facts, compounds)

    def _told_later(
        self, as_of: datetime, facts: Sequence[OfficeFacts], compounds: Mapping[str, Mapping[str, Compound]]
    ) -> Assessment:
        """The plan at `as_of`, `compounds` being its state then as it is known by now."""
        history = self._history()

        def state_at(instant: datetime) -> Mapping[str, Mapping[str, Compound]]:
            return compounds if instant >= as_of else history(instant)

        return assess(self._plan, self._weeks, facts, state_at, as_of, self._reliefs(as_of))

    def _marking(self, known_at: datetime) -> Marking:
        """Of the deadlines that have passed by `known_at`: whether anybody will look around others, nobody knows."""
        return lambda items: marked(items, self._looks, known_at)

    def _reliefs(self, as_of: datetime) -> Reliefs:
        return reliefs(self._decisions.appeals(as_of))

    def facts(self, as_of: datetime) -> tuple[OfficeFacts, ...]:
        """What is known of every office at `as_of`, in the plan's order."""
        return self._facts(as_of, self._history())

    def _facts(
        self, as_of: datetime, history: StateAt, *, day: date | None = None, decided_by: datetime | None = None
    ) -> tuple[OfficeFacts, ...]:
        """`day` is the one that waivers are to cover, `decided_by` the instant whose decisions count: those of `as_of`,

        unless told.
        """
        cutoffs = [week.cutoff for week in self._weeks.closed_by(as_of)]
        returns, compounds, notices = self._ledger.returns(as_of), history(as_of), self._notices(as_of)
        at = decided_by or as_of
        decided, day = self._decided(at), day or at.astimezone(ZONE).date()

        def of(office: Office) -> OfficeFacts:
            frozen = freeze(self._plan, office, cutoffs, returns.get(office.code, ()), history)
            return OfficeFacts(
                office=office.code,
                compounds=compounds.get(office.code, {}),
                settled=decided.settled(office.code, frozen, at, day),
                returns=returns.get(office.code, ()),
                notices=notices.get(office.code, ()),
                settled_at=partial(decided.settled, office.code, frozen),
            )

        return tuple(map(of, self._plan.offices))

    def _decided(self, as_of: datetime) -> Decided:
        decisions = self._decisions
        return Decided(decisions.amendments(as_of), decisions.every_waiver(as_of), decisions.site_checks(as_of))

    def _history(self) -> StateAt:
        """The ledger's states at any instant, of one question."""
        return OfficeStates([office.code for office in self._plan.offices], self._ledger.states_of).at


class RememberingAssess(Assess):
    """One that works an instant out once; for one piece of work, since what comes meanwhile it does not hear of."""

    @cached_property
    def _found(self) -> dict[datetime, Assessment]:
        return {}

    def at(self, as_of: datetime) -> Assessment:
        """As Assess.at."""
        if as_of not in self._found:
            self._found[as_of] = super().at(as_of)
        return self._found[as_of]
