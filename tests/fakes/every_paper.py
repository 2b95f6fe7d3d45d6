"""One content of every kind of paper, from the scenes of the small plan."""

from collections.abc import Mapping
from datetime import date

from duban.core.assessment import State
from duban.core.ladder import Letter
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind
from duban.pipeline.duties import Duties
from duban.pipeline.return_slip import ReturnSlip
from duban.pipeline.watch_deadlines import Desktop, WatchDeadlines
from duban.pipeline.weekly_report import WeeklyReport
from fakes import formal_papers
from fakes import paper_scenes as scenes
from fakes.assessments import status
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS


class NoComposer:
    """For contents that are never composed by their use case."""

    def compose(self, content: PaperContent) -> bytes:
        raise AssertionError(content.kind)


def contents() -> Mapping[PaperKind, PaperContent]:
    """Every kind, once."""
    formal = {PaperKind(name): formal_papers.content_of(name) for name in formal_papers.NAMES}
    letters = {PaperKind(rung.paper): _letter(rung.key) for rung in SMALL_PLAN.ladder}
    return {**formal, **letters, PaperKind.WEEKLY_REPORT: _weekly(), PaperKind.RETURN_SLIP: _slip()}


def _letter(key: str) -> PaperContent:
    rung = next(rung for rung in SMALL_PLAN.ladder if rung.key == key)
    late = {} if key == "reminder" else {"days_overdue": 1, "working_days_overdue": 1}
    state, due = (State.OVERDUE, date(2018, 7, 29)) if late else (State.DUE_SOON, date(2018, 8, 1))
    ports = (FakeLedger(), MemoryRegister(), desk_of(NoComposer()))
    watch = WatchDeadlines(SMALL_PLAN, SMALL_WEEKS, lambda _: scenes.survey_overdue(), *ports)
    duties = Duties(SMALL_PLAN, SMALL_WEEKS, Moment.at(scenes.MORNING, SMALL_PLAN.calendar))
    returns = {record.return_id: record for record in scenes.SURVEY_RETURNS}
    item = status("S1", "BG", state, due, received=(1,), **late)
    return watch.content(Letter("BG", rung, (item,)), Desktop(duties, returns, ()), scenes.MORNING)


def _weekly() -> PaperContent:
    ports = (FakeLedger(scenes.MID_SEASON_RETURNS), desk_of(NoComposer()))
    report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), *ports)
    return report.content(report._issue(SMALL_WEEKS.closed_by(scenes.CUTOFF)))


def _slip() -> PaperContent:
    slip = ReturnSlip(SMALL_PLAN, SMALL_WEEKS, NoComposer(), MemoryRegister(), MemoryShelf())
    return slip.content(scenes.MID_SEASON_RETURNS[2], "南门办事处", scenes.CUTOFF)
