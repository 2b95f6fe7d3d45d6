"""What the board shows of an instant, worked out once: the district's part, and one of each office."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from duban.core.assessment import Assessment, ObligationStatus, Progress, State
from duban.core.basis import with_basis
from duban.core.counted import members_of
from duban.core.facts import OfficeFacts
from duban.core.ladder import letters
from duban.core.moment import Moment
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.board_views import Duty, NextLetter
from duban.pipeline.duties import Duties
from duban.pipeline.paper_ports import Register
from duban.pipeline.watch_deadlines import rungs_taken

SOON = timedelta(days=7)
CLOSED_SHOWN = timedelta(weeks=13)
"""How long a weekly item that is done with stays on its office's page."""
SHOWN = 100
"""As many lines of a list as the overview shows; it tells how many there are."""
MORNING = time(8, 30)
OPEN = (State.PENDING, State.DUE_SOON, State.OVERDUE, State.IN_CORRECTION)


@dataclass(frozen=True, slots=True)
class DistrictPart:
    """The district's part. `formed` and `improved` are how many were done on which day; each list has its length."""

    progress: Progress
    rules: tuple[str, ...]
    formed: Mapping[date, int]
    improved: Mapping[date, int]
    due_soon: tuple[Duty, ...]
    due_soon_count: int
    tomorrow: datetime
    letters: tuple[NextLetter, ...]
    letters_count: int
    missing: tuple[str, ...]
    missing_count: int


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """An office's line of the overview: its progress, and the state of its obligations by rule."""

    progress: Progress
    cells: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class OfficeDetail:
    """What an office's page shows beyond its line. `outside` are its compounds outside of the baseline."""

    duties: tuple[Duty, ...]
    outside: tuple[str, ...]
    formed: Mapping[date, int]
    improved: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class OfficePart:
    """The part of one office."""

    head: OfficeHead
    detail: OfficeDetail


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of it; the offices by code, in the plan's order."""

    as_of: datetime
    district: DistrictPart
    offices: Mapping[str, OfficePart]


class Survey:
    """Works snapshots out. This is what they mean: one that was kept must be equal to one worked out now."""

    def __init__(self, plan: Plan, weeks: Weeks, assess: Assess, register: Register) -> None:
        self._plan, self._weeks, self._assess, self._register = plan, weeks, assess, register

    def at(self, as_of: datetime) -> Snapshot:
        """The snapshot of an instant."""
        return self._of(self._assess.remembering(), as_of)

    def each(self, instants: Sequence[datetime]) -> Iterator[Snapshot]:
        """The snapshots of several instants, which have most of what is read in common."""
        assess = self._assess.remembering()
        return (self._of(assess, as_of) for as_of in instants)

    def _of(self, assess: Assess, as_of: datetime) -> Snapshot:
        assessment, facts = assess.at(as_of), assess.facts(as_of)
        offices = self._offices(assessment, facts)
        details = [part.detail for part in offices.values()]
        soon = self._soon(assessment)
        tomorrow = self._next_morning(as_of)
        following = self._letters(assess, as_of, tomorrow)
        missing = [progress.office or "" for progress in assessment.offices if progress.return_missing]
        district = DistrictPart(
            progress=assessment.district,
            rules=self._rules(assessment),
            formed=_summed(detail.formed for detail in details),
            improved=_summed(detail.improved for detail in details),
            due_soon=self._duties(as_of, soon[:SHOWN]),
            due_soon_count=len(soon),
            tomorrow=tomorrow,
            letters=tuple(following[:SHOWN]),
            letters_count=len(following),
            missing=tuple(missing[:SHOWN]),
            missing_count=len(missing),
        )
        return Snapshot(as_of, district, offices)

    def _rules(self, assessment: Assessment) -> tuple[str, ...]:
        once = {s.rule for s in assessment.obligations if s.office and s.week is None and ":" in s.key}
        return tuple(rule.key for rule in self._plan.obligations if rule.key in once)

    def _soon(self, assessment: Assessment) -> list[ObligationStatus]:
        until = assessment.as_of + SOON
        found = (s for s in assessment.obligations if s.state in (State.PENDING, State.DUE_SOON))
        return sorted((s for s in found if s.due <= until), key=lambda s: (s.due, s.key))

    def _duties(self, as_of: datetime, statuses: Iterable[ObligationStatus]) -> tuple[Duty, ...]:
        duties = Duties(self._plan, self._weeks, Moment.at(as_of, self._plan.calendar))
        # Without what the board does not show: a snapshot is kept for every office and cut-off.
        shown = (replace(status, received=(), met=None) for status in statuses)
        return tuple(Duty(status, duties.deliverable(status), duties.full_due(status)) for status in shown)

    def _next_morning(self, as_of: datetime) -> datetime:
        moment = Moment.at(as_of, self._plan.calendar)
        return datetime.combine(moment.workdays.add(moment.day, 1), MORNING, ZONE)

    def _letters(self, assess: Assess, as_of: datetime, morning: datetime) -> Sequence[NextLetter]:
        """What the ladder would let through on the next working morning, if nothing came until then."""
        papers = self._register.papers(as_of)
        plan = with_basis(self._plan, papers, as_of)
        found = letters(plan, assess.foreseen(morning, as_of), rungs_taken(papers), morning)
        return [NextLetter(one.office, one.rung.key, tuple(item.rule for item in one.items)) for one in found]

    def _offices(self, assessment: Assessment, facts: Sequence[OfficeFacts]) -> dict[str, OfficePart]:
        owned: dict[str, list[ObligationStatus]] = {facts.office: [] for facts in facts}
        for status in assessment.obligations:
            if status.office is not None:
                owned[status.office].append(status)
        return {
            one.office: self._office(assessment.as_of, progress, one, owned[one.office])
            for progress, one in zip(assessment.offices, facts, strict=True)
        }

    def _office(
        self, as_of: datetime, progress: Progress, facts: OfficeFacts, owed: Sequence[ObligationStatus]
    ) -> OfficePart:
        formed, improved = _done_on(self._plan, facts, as_of.astimezone(ZONE).date())
        base = facts.baseline.compounds if facts.baseline else frozenset(facts.compounds)
        shown = sorted((status for status in owed if _is_shown(status, as_of)), key=_urgency)
        return OfficePart(
            OfficeHead(progress, {status.rule: status.state for status in owed if status.week is None}),
            OfficeDetail(self._duties(as_of, shown), tuple(sorted(facts.compounds.keys() - base)), formed, improved),
        )


def _is_shown(status: ObligationStatus, as_of: datetime) -> bool:
    """What is open, what the plan asks once, and of the rest what fell due lately."""
    dated = status.key == f"{status.rule}:{status.office}"
    return status.state in OPEN or dated or status.due > as_of - CLOSED_SHOWN


def _urgency(status: ObligationStatus) -> tuple[bool, datetime, str]:
    return status.state not in OPEN, status.due, status.key


def _done_on(plan: Plan, facts: OfficeFacts, today: date) -> tuple[dict[date, int], dict[date, int]]:
    """On which days how many of an office's counting committees were filed, and of its compounds accepted."""
    found = members_of(plan, facts, today)
    formed = (facts.compounds[key].filed_on for key in found.committees_done)
    improved = (facts.compounds[key].accepted_on for key in found.improvements_done)
    return _summed({day: 1} for day in formed if day), _summed({day: 1} for day in improved if day)


def _summed(counts: Iterable[Mapping[date, int]]) -> dict[date, int]:
    """By day, the days in order."""
    total: dict[date, int] = {}
    for count in counts:
        for day, number in count.items():
            total[day] = total.get(day, 0) + number
    return dict(sorted(total.items()))
