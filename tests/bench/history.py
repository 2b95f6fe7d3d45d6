"""The same week after 1, 10, 50 and 150 weeks: a return's load, what the questions of a week touch, an assessment."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter

from sqlalchemy import Engine

from duban.adapters.settings import Settings
from duban.adapters.store import PostgresLedger
from duban.core.state import fold
from duban.pipeline.assess import Assess
from duban.wiring import open_offline
from fakes.growing import QUESTIONS, Growing

MARKS = (1, 10, 50, 150)
LAST = 5


def sections(engine: Engine) -> Iterator[str]:
    plan = "history"
    ledger = PostgresLedger(engine, plan, fold, ("aim_01", "aim_02"))
    growing = Growing(engine, ledger, plan, offices=6, compounds=20)
    assess = _assess(growing, ledger)
    questions = [f"{name} rows/buffers" for name in QUESTIONS]
    lines = [
        "### The same week after a history (6 offices, 20 compounds)",
        "",
        f"| {' | '.join(['weeks', *questions, 'roll-ups ms', 'load of a return ms', 'assessment ms'])} |",
        f"|---:|{'---:|' * (len(QUESTIONS) + 3)}",
    ]
    for weeks in MARKS:
        growing.grow(max(weeks - LAST, 0))
        loaded = _milliseconds(growing.one_more, min(weeks, LAST)) / len(growing.offices)
        growing.settle()
        touched = ["{}/{}".format(*growing.touched(question, by_index=weeks == 1)) for question in QUESTIONS]
        asked = _milliseconds(lambda: ledger.rollups(growing.now), 15)
        assessed = _milliseconds(lambda: assess.at(growing.now), 5)
        lines.append(f"| {weeks} | {' | '.join(touched)} | {asked:.2f} | {loaded:.1f} | {assessed:.0f} |")
    yield "\n".join([*lines, ""])


def _assess(growing: Growing, ledger: PostgresLedger) -> Assess:
    """The committed plan over the offices that grow."""
    with open_offline(Settings()) as offline:
        plan, weeks = offline.plan, offline.weeks
    offices = tuple(replace(plan.offices[0], code=office.code) for office in growing.offices)
    return Assess(replace(plan, offices=offices), weeks, ledger)


def _milliseconds(run: Callable[[], object], times: int) -> float:
    """The median wall time."""
    seconds = []
    for _ in range(times):
        begin = perf_counter()
        run()
        seconds.append(perf_counter() - begin)
    return median(seconds) * 1e3
