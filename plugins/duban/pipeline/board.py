"""The read model of the supervision board 督办看板: everything a page shows, as of an instant; nothing is written."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Protocol

from duban.core.access import Viewer
from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.basis import with_basis
from duban.core.facts import OfficeFacts
from duban.core.figure_rules import RULES, FigureRule
from duban.core.ladder import Letter, letters
from duban.core.moment import Moment
from duban.core.plan import Plan
from duban.core.tally import members
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.board_papers import Paperwork
from duban.pipeline.board_views import Duty, OfficePage, Overview, Point, ReturnsPage
from duban.pipeline.duties import Duties
from duban.pipeline.ports import Ledger, Register, ReturnRecord
from duban.pipeline.watch_deadlines import rungs_taken

DAY = timedelta(days=1)
SOON = timedelta(days=7)
MORNING = time(8, 30)
OPEN = (State.PENDING, State.DUE_SOON, State.OVERDUE, State.IN_CORRECTION)


class BoardStore(Protocol):
    """What the board asks of the database beyond ledger and register."""

    def last_listing(self) -> datetime | None: ...

    def answers(self, office: str) -> Mapping[int, tuple[str, ...]]: ...

    def sql(self, name: str) -> str: ...


class Board:
    """Answers the board's pages. What a viewer may not see is left out, or None."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        assess: Assess,
        ledger: Ledger,
        register: Register,
        store: BoardStore,
        paperwork: Paperwork,
    ) -> None:
        self.plan, self._weeks, self._assess = plan, weeks, assess
        self._ledger, self._register, self._store = ledger, register, store
        self.paperwork = paperwork

    def latest(self) -> datetime:
        """The latest instant of which anything is known: the last collection; before it the plan's first day."""
        return self._store.last_listing() or datetime.combine(self.plan.source.start, time(), ZONE)

    def cutoffs(self) -> tuple[ReportingWeek, ...]:
        """Every cut-off up to the last collection."""
        return self._weeks.closed_by(self.latest())

    def overview(self, as_of: datetime) -> Overview:
        """The page 总览."""
        assessment = self._assess.at(as_of)
        cells = {(s.office, s.rule): s for s in assessment.obligations if s.office and s.week is None}
        once = {s.rule for s in assessment.obligations if s.office and s.week is None and ":" in s.key}
        rules = tuple(rule.key for rule in self.plan.obligations if rule.key in once)
        tomorrow = self._next_morning(as_of)
        return Overview(
            assessment=assessment,
            history=self._history(as_of, self._assess.facts(as_of)),
            rules=rules,
            cells=cells,
            due_soon=self._duties(as_of, self._soon(assessment)),
            tomorrow=tomorrow,
            letters=self._letters(as_of, tomorrow),
            missing=tuple(p for p in assessment.offices if not p.returned),
        )

    def _soon(self, assessment: Assessment) -> list[ObligationStatus]:
        until = assessment.as_of + SOON
        found = (s for s in assessment.obligations if s.state in (State.PENDING, State.DUE_SOON))
        return sorted((s for s in found if s.due <= until), key=lambda s: (s.due, s.key))

    def _duties(self, as_of: datetime, statuses: Iterable[ObligationStatus]) -> tuple[Duty, ...]:
        duties = Duties(self.plan, self._weeks, Moment.at(as_of, self.plan.calendar))
        return tuple(Duty(s, duties.deliverable(s), duties.full_due(s)) for s in statuses)

    def _next_morning(self, as_of: datetime) -> datetime:
        moment = Moment.at(as_of, self.plan.calendar)
        return datetime.combine(moment.workdays.add(moment.day, 1), MORNING, ZONE)

    def _letters(self, as_of: datetime, morning: datetime) -> tuple[Letter, ...]:
        """What the ladder would let through on the next working morning, if nothing came until then."""
        papers = self._register.papers(as_of)
        plan = with_basis(self.plan, papers, as_of)
        return letters(plan, self._assess.foreseen(morning, as_of), rungs_taken(papers), morning)

    def _history(self, as_of: datetime, offices: Iterable[OfficeFacts]) -> tuple[Point, ...]:
        committees: list[date] = []
        improvements: list[date] = []
        for facts in offices:
            formed, improved = _done_on(facts, self.plan.source.start, as_of.astimezone(ZONE).date())
            committees += formed
            improvements += improved
        committees.sort()
        improvements.sort()
        days = [week.cutoff.astimezone(ZONE).date() for week in self._weeks.closed_by(as_of)]
        days = sorted({*days, as_of.astimezone(ZONE).date()})
        return tuple(Point(day, bisect_right(committees, day), bisect_right(improvements, day)) for day in days)

    def office(self, code: str, as_of: datetime, viewer: Viewer) -> OfficePage | None:
        """The page of an office; None for one that is not the viewer's, or of no plan."""
        if self.plan.office(code) is None or not viewer.sees_office(code):
            return None
        assessment = self._assess.at(as_of)
        facts = next(one for one in self._assess.facts(as_of) if one.office == code)
        mine = [status for status in assessment.obligations if status.office == code]
        papers = tuple(p for p in self.paperwork.papers(as_of, viewer) if p.office == code)
        return OfficePage(
            progress=assessment.of(code),
            compounds=tuple(facts.compounds[key] for key in sorted(facts.compounds)),
            baseline=facts.baseline.compounds if facts.baseline else None,
            returns=tuple(r for r in reversed(self._ledger.return_records(as_of)) if r.office == code),
            files=self._store.answers(code),
            duties=self._duties(as_of, sorted(mine, key=_urgency)),
            papers=papers,
            deliveries=self.paperwork.deliveries_of(papers),
            assessment=assessment,
            matters=self._assess.waiting(code, as_of),
            history=self._history(as_of, [facts]),
        )

    def returns(self, as_of: datetime, viewer: Viewer) -> ReturnsPage:
        """The page 报送; an office finds its own returns alone."""
        records = [r for r in self._ledger.return_records(as_of) if viewer.sees_office(r.office)]
        dated = [r for r in records if r.week is not None and r.status.value != "duplicate"]
        first: dict[tuple[str, str], ReturnRecord] = {}
        for record in dated:
            first.setdefault((record.office, record.week or ""), record)
        counted = {(r.office, r.week or ""): r for r in dated if r.status.value in ("accepted", "partial")}
        codes: dict[str, int] = {}
        for record in records:
            for finding in record.findings:
                codes[finding.code] = codes.get(finding.code, 0) + 1
        weeks = tuple(reversed(tuple(self._weeks.begun_by(as_of))))
        return ReturnsPage(weeks, first, counted, tuple(records), tuple(sorted(codes.items(), key=lambda c: -c[1])))

    def rules(self) -> tuple[tuple[FigureRule, str], ...]:
        """Every rule of a figure with the statement behind it (empty: none)."""
        return tuple((rule, self._statement(rule.source)) for rule in RULES.values())

    def _statement(self, source: str) -> str:
        name, found, _ = source.removeprefix("sql/").partition(".sql")
        return self._store.sql(name) if found else ""


def _done_on(facts: OfficeFacts, start: date, today: date) -> tuple[list[date], list[date]]:
    """The days on which an office's counting committees were filed and its compounds accepted."""
    base = facts.baseline.compounds if facts.baseline else frozenset(facts.compounds)
    found = members(facts.compounds, base, facts.unsuited, start, today)
    formed = (facts.compounds[key].filed_on for key in found.committees_done)
    improved = (facts.compounds[key].accepted_on for key in found.improvements_done)
    return [day for day in formed if day], [day for day in improved if day]


def _urgency(status: ObligationStatus) -> tuple[bool, datetime, str]:
    return status.state not in OPEN, status.due, status.key
