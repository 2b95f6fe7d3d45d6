"""duban runs: what became of each step of each run, from our own tables."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import AsJson, day, instant, print_json, told_to_users

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.core.step_runs import Run

LATEST = timedelta(days=1)


def runs(
    since: Annotated[str | None, typer.Option(help="从哪一天起结束的运行，缺省为最近 24 小时")] = None,
    until: Annotated[str | None, typer.Option(help="到哪一时点为止，缺省为现在")] = None,
    dag: Annotated[str | None, typer.Option(help="只看这个 DAG，如 weekly_report")] = None,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="只看有步骤失败的运行")] = False,
    as_json: AsJson = False,
) -> None:
    """运行记录：每次运行、每个步骤的结果、用时和原因，出自本系统自己的表。"""
    from duban.adapters.clock import SystemClock
    from duban.core.step_runs import StepOutcome, runs_of
    from duban.pipeline.run_documents import run_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        end = instant(until) if until else SystemClock().now()
        found = runs_of(app.steps.between(_start(since, end), end))
    chosen = [
        run
        for run in found
        if dag in (None, run.dag) and (not failed or StepOutcome.FAILED in {step.outcome for step in run.last})
    ]
    if as_json:
        print_json([run_document(run) for run in chosen])
    else:
        _show(chosen)


def _start(since: str | None, end: datetime) -> datetime:
    """Just before the day `since` began: what ended at midnight belongs to it."""
    if since is None:
        return end - LATEST
    return instant(f"{day(since)}T00:00:00") - timedelta.resolution


def _show(runs: "Sequence[Run]") -> None:
    """A table of the steps, a run after the other."""
    from rich.console import Console
    from rich.markup import escape

    from duban.cli.tables import moment, new_table
    from duban.core import tend_texts as texts
    from duban.core.weeks import ZONE

    if not runs:
        typer.echo(texts.NO_RUN_FOUND)
        return
    table = new_table()
    for header in texts.HEADERS:
        table.add_column(header, overflow="fold")
    for run in runs:
        name, as_of = f"{run.dag}\n{run.run}", moment(run.as_of)
        for step in run.steps:
            part = "" if step.part < 0 else texts.PART.format(part=step.part)
            table.add_row(
                escape(name),
                as_of,
                step.step + part,
                str(step.attempt),
                texts.OUTCOMES[step.outcome],
                f"{step.ended_at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}",
                f"{step.took.total_seconds():.1f}",
                escape(step.error),
            )
            name = as_of = ""
        table.add_section()
    Console().print(table)
