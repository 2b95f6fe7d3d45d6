"""A season run tick by tick through the use cases of the DAGs, everything signed and delivered as it is drafted."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from duban.core.weeks import ZONE
from duban.orchestration import ticks
from duban.wiring import App

Work = Callable[[App, datetime], object]


def collect(app: App, moment: datetime) -> None:
    app.judge(app.discover(moment), moment)
    app.hand_back(moment)


def watch(app: App, moment: datetime) -> None:
    collect(app, moment)
    app.draft_due_letters(moment)


def report(app: App, moment: datetime) -> None:
    collect(app, moment)
    app.draft_weekly_report(moment)


def deliver(app: App, moment: datetime) -> None:
    if app.deliveries_due(moment):
        app.deliver(moment)


WORK: Mapping[str, Work] = {
    ticks.COLLECT: collect,
    ticks.WATCH: watch,
    ticks.REPORT: report,
    ticks.DELIVER: deliver,
}
DRAFTING = (ticks.WATCH, ticks.REPORT)


def run_season(app: App, start: datetime, until: datetime) -> None:
    """Every tick from `start` to `until` that collects, drafts letters and reports, or delivers."""
    for moment, dag_id in ticks.ticks_between(app.weeks, start, until):
        if dag_id in WORK:
            WORK[dag_id](app, moment)
        if dag_id in DRAFTING:
            app.signing_all.run(moment)


def letters_told(app: App) -> Iterator[str]:
    """Every letter of the ladder: `2018-07-31 08:30 MH 催办通知单 S1:MH`, oldest first; a reminder is a letter too."""
    for paper in app.register.papers():
        if paper.rung is not None:
            at = paper.as_of.astimezone(ZONE)
            name = app.plan.paper(paper.kind).name
            yield f"{at:%Y-%m-%d %H:%M} {paper.office} {name} {' '.join(paper.items)}"
