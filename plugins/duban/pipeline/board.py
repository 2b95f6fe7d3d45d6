"""The read model of the supervision board 督办看板: everything a page shows, as of an instant; nothing is written."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from duban.core.access import Viewer
from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.basis import with_basis
from duban.core.delivery import Delivery
from duban.core.facts import OfficeFacts
from duban.core.figure_rules import RULES, FigureRule
from duban.core.ladder import Letter, letters
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperRecord
from duban.core.plan import Plan
from duban.core.preview import Block
from duban.core.signing import signed_content
from duban.core.tally import members
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.board_views import Duty, OfficePage, Overview, PaperPage, Point, ReturnsPage
from duban.pipeline.duties import Duties
from duban.pipeline.ports import Ledger, PaperShelf, Register, ReturnRecord
from duban.pipeline.trace import Trace
from duban.pipeline.traced import FigureTrace
from duban.pipeline.watch_deadlines import rungs_taken

DAY = timedelta(days=1)
SOON = timedelta(days=7)
MORNING = time(8, 30)
OPEN = (State.PENDING, State.DUE_SOON, State.OVERDUE, State.IN_CORRECTION)


class BoardStore(Protocol):
    """What the board asks of the database beyond ledger and register."""

    def last_listing(self) -> datetime | None: ...

    def answers(self, office: str) -> Mapping[int, tuple[str, ...]]: ...

    def content(self, paper_id: int) -> PaperContent | None: ...

    def sql(self, name: str) -> str: ...


class PaperDeliveries(Protocol):
    """The outbox, as the board asks it."""

    def all(self) -> Sequence[Delivery]: ...


class Previewer(Protocol):
    """Shows a paper as blocks of text."""

    def preview(self, content: PaperContent) -> tuple[Block, ...]: ...


class Board:
    """Answers the board's pages. What a viewer may not see is left out, or None."""

    def __init__(
        self, plan: Plan, weeks: Weeks, assess: Assess, ledger: Ledger, register: Register, store: BoardStore
    ) -> None:
        self.plan, self._weeks, self._assess = plan, weeks, assess
        self._ledger, self._register, self._store = ledger, register, store

    def showing(
        self, deliveries: PaperDeliveries, previewer: Previewer, shelf: PaperShelf, outbox: PaperShelf, trace: Trace
    ) -> "Board":
        """The same, with what the pages of papers and the downloads need."""
        self._deliveries, self._previewer, self._shelf, self._outbox = deliveries, previewer, shelf, outbox
        self._trace = trace
        return self

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
            history=self._history(as_of),
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

    def _history(self, as_of: datetime) -> tuple[Point, ...]:
        committees: list[date] = []
        improvements: list[date] = []
        for facts in self._assess.facts(as_of):
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
        papers = tuple(p for p in self.papers(as_of, viewer) if p.office == code)
        return OfficePage(
            progress=assessment.of(code),
            compounds=tuple(facts.compounds[key] for key in sorted(facts.compounds)),
            baseline=facts.baseline.compounds if facts.baseline else None,
            returns=tuple(r for r in reversed(self._ledger.return_records(as_of)) if r.office == code),
            files=self._store.answers(code),
            duties=self._duties(as_of, sorted(mine, key=_urgency)),
            papers=papers,
            deliveries=self._sent(papers),
            assessment=assessment,
        )

    def _sent(self, papers: Sequence[PaperRecord]) -> Mapping[int, tuple[Delivery, ...]]:
        wanted = {paper.id: () for paper in papers}
        found: dict[int, tuple[Delivery, ...]] = dict(wanted)
        for delivery in self._deliveries.all():
            if delivery.paper_id in found:
                found[delivery.paper_id] = (*found[delivery.paper_id], delivery)
        return found

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

    def papers(self, as_of: datetime, viewer: Viewer) -> tuple[PaperRecord, ...]:
        """The papers drafted by `as_of` that the viewer may read, latest first; their state is today's."""
        known = (p for p in self._register.papers() if p.as_of <= as_of and viewer.sees_paper(p))
        return tuple(sorted(known, key=lambda p: (p.as_of, p.id), reverse=True))

    def deliveries_of(self, papers: Sequence[PaperRecord]) -> Mapping[int, tuple[Delivery, ...]]:
        """The deliveries of each of `papers`."""
        return self._sent(papers)

    def record(self, paper_id: int, viewer: Viewer) -> PaperRecord | None:
        """One paper; None for one that there is not, or that the viewer may not read."""
        found = (p for p in self._register.papers() if p.id == paper_id and viewer.sees_paper(p))
        return next(found, None)

    def paper(self, paper_id: int, viewer: Viewer) -> PaperPage | None:
        """The page of one paper."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        content = self._store.content(paper_id)
        if content and record.signature:
            signature = record.signature
            content = signed_content(content, record.number or "", signature.by, signature.dated)
        blocks = self._previewer.preview(content) if content else ()
        return PaperPage(record, blocks, self._sent([record])[record.id])

    def docx(self, paper_id: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """The file of a paper: its name and its bytes, as signed where it is."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        path = record.signature.path if record.signature else record.path
        return path.rsplit("/", 1)[-1], self._shelf.get(path)

    def figure(self, paper_id: int, key: str, viewer: Viewer) -> FigureTrace | None:
        """A figure of a paper down to its cells; None where there is none, or it is not for this viewer."""
        if self.record(paper_id, viewer) is None:
            return None
        return self._trace.figure(str(paper_id), key)

    def answer(self, return_id: int, place: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """A file that was handed back for a return, by its place among them: nobody names a path."""
        record = next(iter(self._ledger.return_records_of([return_id])), None)
        if record is None or not viewer.takes_workbooks(record.office):
            return None
        files = self._store.answers(record.office).get(return_id, ())
        if not 0 <= place < len(files):
            return None
        return files[place].rsplit("/", 1)[-1], self._outbox.get(files[place])

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
