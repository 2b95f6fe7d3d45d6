"""The read model of the supervision board 督办看板: everything a page shows, as of an instant; nothing is written."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Protocol, TypeVar

from duban.core.access import Viewer
from duban.core.compound import Compound
from duban.core.figure_rules import RULES, FigureRule
from duban.core.matters import OwedMatter
from duban.core.plan import Office, Plan
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.board_papers import Paperwork
from duban.pipeline.board_shown import Shown
from duban.pipeline.board_views import OfficePage, Overview, Part, Point, ReturnLine, ReturnsPage
from duban.pipeline.ports import ReturnRecord

DAY = timedelta(days=1)
OFFICES_A_PAGE = 100
WEEKS_A_PAGE = 13
RETURNS_OF_AN_OFFICE = PAPERS_OF_AN_OFFICE = 30
"""The newest on its page; the pages 报送 and 公文 have them all."""

Item = TypeVar("Item")
Matters = Callable[[str, datetime], tuple[OwedMatter, ...]]


class BoardStore(Protocol):
    """What the board asks of the database, each question about no more than its page shows."""

    def last_listing(self) -> datetime | None: ...

    def compounds(self, office: str, as_of: datetime) -> Mapping[str, Compound]: ...

    def records(self, office: str, as_of: datetime, most: int) -> Sequence[ReturnRecord]:
        """The newest returns of an office, latest first."""
        ...

    def week_returns(self, weeks: Sequence[str], offices: Sequence[str], as_of: datetime) -> Sequence[ReturnLine]:
        """The returns of these weeks and offices, duplicates left out, oldest first."""
        ...

    def finding_codes(self, offices: Sequence[str], since: datetime, as_of: datetime) -> Sequence[tuple[str, int]]:
        """How often each code was found in what these offices sent in that time, the most frequent first."""
        ...

    def answers(self, return_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]: ...

    def sql(self, name: str) -> str: ...


class Site(Protocol):
    """The Data Docs as they were last built."""

    def pages(self) -> tuple[str, ...]: ...

    def get(self, path: str) -> bytes | None: ...


class Board:
    """Answers the board's pages. What a viewer may not see is left out, or None."""

    def __init__(
        self, plan: Plan, weeks: Weeks, shown: Shown, store: BoardStore, paperwork: Paperwork, matters: Matters
    ) -> None:
        self.plan, self._weeks, self._shown, self._store = plan, weeks, shown, store
        self.paperwork, self._matters = paperwork, matters

    def showing(self, site: Site) -> "Board":
        """The same, with the data team's site."""
        self._site = site
        return self

    def latest(self) -> datetime:
        """The latest instant that a page shows at once: the last one kept, a run behind the last collection at most.

        Where nobody has kept one for a day it is the last collection itself; before that the plan's first day.
        """
        listed, kept = self._store.last_listing(), self._shown.last()
        if kept is not None and (listed is None or listed - kept <= DAY):
            return kept
        return listed or datetime.combine(self.plan.source.start, time(), ZONE)

    def cutoffs(self, latest: datetime) -> tuple[ReportingWeek, ...]:
        """Every cut-off up to the latest instant."""
        return self._weeks.closed_by(latest)

    def overview(self, as_of: datetime, number: int = 1) -> Overview:
        """The page 总览, with a part of the offices."""
        offices, part = _part(self.plan.offices, OFFICES_A_PAGE, number)
        district, heads = self._shown.lines(as_of, [office.code for office in offices])
        return Overview(
            district=district.progress,
            due=self._target_due(as_of),
            offices=tuple((head.progress, head.cells) for head in heads),
            history=self._history(as_of, district.formed, district.improved),
            rules=district.rules,
            due_soon=district.due_soon,
            due_soon_count=district.due_soon_count,
            tomorrow=district.tomorrow,
            letters=district.letters,
            letters_count=district.letters_count,
            missing=district.missing,
            missing_count=district.missing_count,
            part=part,
        )

    def _target_due(self, as_of: datetime) -> date:
        return self.plan.target_in_force(as_of.astimezone(ZONE).date()).due

    def _history(self, as_of: datetime, formed: Mapping[date, int], improved: Mapping[date, int]) -> tuple[Point, ...]:
        days = [week.cutoff.astimezone(ZONE).date() for week in self._weeks.closed_by(as_of)]
        days = sorted({*days, as_of.astimezone(ZONE).date()})
        return tuple(map(Point, days, _done_by(days, formed), _done_by(days, improved)))

    def office(self, code: str, as_of: datetime, viewer: Viewer) -> OfficePage | None:
        """The page of an office; None for one that is not the viewer's, or of no plan."""
        if self.plan.office(code) is None or not viewer.sees_office(code):
            return None
        part = self._shown.office(as_of, code)
        compounds = self._store.compounds(code, as_of)
        returns = tuple(self._store.records(code, as_of, RETURNS_OF_AN_OFFICE))
        papers = self.paperwork.papers_to(code, as_of, viewer, PAPERS_OF_AN_OFFICE)
        return OfficePage(
            progress=part.head.progress,
            compounds=tuple(compounds[key] for key in sorted(compounds)),
            outside=frozenset(part.detail.outside),
            returns=returns,
            files=self._store.answers([record.return_id for record in returns]),
            duties=part.detail.duties,
            papers=papers.papers,
            deliveries=papers.deliveries,
            due=self._target_due(as_of),
            matters=self._matters(code, as_of),
            history=self._history(as_of, part.detail.formed, part.detail.improved),
        )

    def neighbours(self, code: str) -> tuple[Office, ...]:
        """The offices that stand on one page with this one: all of a small plan."""
        place = next(place for place, office in enumerate(self.plan.offices) if office.code == code)
        return _part(self.plan.offices, OFFICES_A_PAGE, place // OFFICES_A_PAGE + 1)[0]

    def returns(self, as_of: datetime, viewer: Viewer, number: int = 1, span: int = 1) -> ReturnsPage:
        """The page 报送, with a part of the offices and a span of the weeks; an office finds its own returns alone."""
        readable = tuple(office for office in self.plan.offices if viewer.sees_office(office.code))
        offices, part = _part(readable, OFFICES_A_PAGE, number)
        weeks, spanned = _part(tuple(reversed(tuple(self._weeks.begun_by(as_of)))), WEEKS_A_PAGE, span)
        codes = [office.code for office in offices]
        first: dict[tuple[str, str], ReturnLine] = {}
        counted: dict[tuple[str, str], ReturnLine] = {}
        for line in self._store.week_returns([week.key for week in weeks], codes, as_of):
            first.setdefault((line.office, line.week), line)
            if line.status.counts:
                counted[line.office, line.week] = line
        return ReturnsPage(weeks, offices, first, counted, self._codes(codes, weeks, as_of), part, spanned)

    def _codes(
        self, offices: Sequence[str], weeks: Sequence[ReportingWeek], as_of: datetime
    ) -> tuple[tuple[str, int], ...]:
        """What was found in all that came in the days of `weeks` (the latest first), readable or not."""
        if not weeks:
            return ()
        since, until = (datetime.combine(day, time(), ZONE) for day in (weeks[-1].first_day, weeks[0].last_day + DAY))
        return tuple(self._store.finding_codes(offices, since, min(until, as_of)))

    def data_docs(self, viewer: Viewer) -> tuple[str, ...] | None:
        """The pages of the Data Docs, the newest validations first; None for whom they are not."""
        return tuple(sorted(self._site.pages(), key=_newest_first)) if viewer.reads_data_docs else None

    def data_docs_file(self, path: str, viewer: Viewer) -> bytes | None:
        """A file of the Data Docs; None where there is none, or not for this viewer."""
        return self._site.get(path) if viewer.reads_data_docs else None

    def rules(self) -> tuple[tuple[FigureRule, str], ...]:
        """Every rule of a figure with the statement behind it (empty: none)."""
        return tuple((rule, self._statement(rule.source)) for rule in RULES.values())

    def _statement(self, source: str) -> str:
        name, found, _ = source.removeprefix("sql/").partition(".sql")
        return self._store.sql(name) if found else ""


def _part(whole: Sequence[Item], size: int, number: int) -> tuple[tuple[Item, ...], Part]:
    """The `number`-th part of a list, or its last one where there are fewer."""
    of = max(1, -(-len(whole) // size))
    number = min(max(number, 1), of)
    return tuple(whole[(number - 1) * size : number * size]), Part(number, of, more=number < of)


def _done_by(days: Sequence[date], counts: Mapping[date, int]) -> list[int]:
    """How many were done by the end of each of `days`."""
    done, sums = sorted(counts), [0, *accumulate(counts[day] for day in sorted(counts))]
    return [sums[bisect_right(done, day)] for day in days]


def _newest_first(page: str) -> tuple[str, str]:
    """Of Great Expectations' own names: validations/<suite>/<rules>/<time>/<returns>.html. The suites come first."""
    kind, _, rest = page.partition("/")
    moment = rest.split("/")[2] if kind == "validations" and rest.count("/") >= 2 else ""
    return kind, "".join(chr(0x10FFFF - ord(char)) for char in moment) + page
