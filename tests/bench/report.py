"""The weekly report as a whole, and the assessment behind it, early and late in one history.

Both are asked of the finished history as of a cut-off of then: ten weeks or a hundred and fifty lie before it. A report
that was drafted is not drafted again, so each round takes another week around the two.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from sqlalchemy import Engine

from bench.rounds import spent_by_children
from duban.wiring import App
from fakes.growing import without_comment
from fakes.pages import Asked, app_of, listening, touched
from fakes.province import Province

OFFICES, COMPOUNDS = 6, 100
EARLY, LATE = 10, 150
AROUND = 2
"""Weeks before and after each of the two."""
Work = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took: CPU seconds, ours and PostgreSQL's; rows and buffers of what it asked."""

    seconds: float
    rows: int
    buffers: int


def sections(
    engine: Engine,
    server: int,
    offices: int = OFFICES,
    compounds: int = COMPOUNDS,
    early: int = EARLY,
    late: int = LATE,
) -> Iterator[str]:
    """`server` is PostgreSQL's process."""
    province = Province(engine, offices, compounds, reports=False, every_row=True)
    province.grow(late + AROUND)
    lines = [
        f"### The weekly report and an assessment, {offices} offices of {compounds} compounds",
        "",
        f"| | CPU ms at week {early} | at week {late} | late ÷ early | rows touched | buffers touched |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    with TemporaryDirectory() as home:
        app = app_of(province, engine, Path(home))
        works: Mapping[str, Work] = {"an assessment": app.assess, "the weekly report": _drafting(app)}
        for name, work in works.items():
            costs = _alternating(engine, server, work, [_around(province, week) for week in (early, late)])
            lines.append(_line(name, *costs))
    yield "\n".join([*lines, ""])


def _drafting(app: App) -> Work:
    """With its annex and the 抽查清单 beside it."""

    def draft(cutoff: datetime) -> None:
        assert app.draft_weekly_report(cutoff), cutoff

    return draft


def _around(province: Province, week: int) -> list[datetime]:
    """The cut-offs of the weeks around one, and before them that of a week to warm up with."""
    return [province.cutoff(week + shift) for shift in range(-AROUND - 1, AROUND + 1)]


def _alternating(engine: Engine, server: int, work: Work, cutoffs: Sequence[Sequence[datetime]]) -> list[list[Cost]]:
    """Early, late, early, late …, without the first pair."""
    pairs = [[_cost(engine, server, work, cutoff) for cutoff in pair] for pair in zip(*cutoffs, strict=True)]
    return [list(costs) for costs in zip(*pairs[1:], strict=True)]


def _cost(engine: Engine, server: int, work: Work, cutoff: datetime) -> Cost:
    gc.collect()
    with listening(engine) as asked:
        own, served = process_time(), spent_by_children(server)
        work(cutoff)
        seconds = process_time() - own + served()
    return Cost(seconds, *touched(engine, _questions(asked)))


def _questions(asked: Asked) -> Asked:
    """Without what was written: to explain that would write it again."""
    return [one for one in asked if without_comment(one[0]).lstrip().lower().startswith(("select", "with"))]


def _line(name: str, early: list[Cost], late: list[Cost]) -> str:
    before, after = (median(cost.seconds for cost in costs) for costs in (early, late))
    rows = " → ".join(f"{median(cost.rows for cost in costs):,.0f}" for costs in (early, late))
    buffers = " → ".join(f"{median(cost.buffers for cost in costs):,.0f}" for costs in (early, late))
    return f"| {name} | {before * 1e3:.0f} | {after * 1e3:.0f} | {after / before:.2f} | {rows} | {buffers} |"
