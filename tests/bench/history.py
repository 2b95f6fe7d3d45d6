"""The same week after 1, 10, 50 and 150 weeks: a return's load, and what the questions of a week touch."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from sqlalchemy import Engine

from duban.adapters.store import PostgresLedger
from duban.core.state import fold
from fakes.growing import QUESTIONS, Growing

MARKS = (1, 10, 50, 150)
LAST = 5


def sections(engine: Engine) -> Iterator[str]:
    plan = "history"
    ledger = PostgresLedger(engine, plan, fold, ("aim_01", "aim_02"))
    growing = Growing(engine, ledger, plan, offices=6, compounds=20)
    lines = [
        "### The same week after a history (6 offices, 20 compounds)",
        "",
        f"| weeks | {' | '.join(f'{name} rows/buffers' for name in QUESTIONS)} | roll-ups ms | load of a return ms |",
        f"|---:|{'---:|' * (len(QUESTIONS) + 2)}",
    ]
    for weeks in MARKS:
        growing.grow(max(weeks - LAST, 0))
        loaded = _milliseconds(growing.one_more, min(weeks, LAST)) / len(growing.offices)
        growing.settle()
        touched = ["{}/{}".format(*growing.touched(question, by_index=weeks == 1)) for question in QUESTIONS]
        asked = _milliseconds(lambda: ledger.rollups(growing.now), 15)
        lines.append(f"| {weeks} | {' | '.join(touched)} | {asked:.2f} | {loaded:.1f} |")
    yield "\n".join([*lines, ""])


def _milliseconds(run: Callable[[], object], times: int) -> float:
    """The median wall time."""
    seconds = []
    for _ in range(times):
        begin = perf_counter()
        run()
        seconds.append(perf_counter() - begin)
    return median(seconds) * 1e3
