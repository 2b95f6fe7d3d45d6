"""The board's pages after weeks of returns: the time that they take in the server, and what their statements touch.

DUBAN_BENCH_WEEKS says after how many weeks (10, 150, …, with commas). The plans of the last size stand in
docs/query-plans.md.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine

from bench import plans
from fakes.pages import Asked, app_of, listening, pages_of, touched
from fakes.province import Province

WEEKS = tuple(int(weeks) for weeks in os.environ.get("DUBAN_BENCH_WEEKS", "10").split(","))
OFFICES = tuple(int(offices) for offices in os.environ.get("DUBAN_BENCH_OFFICES", "6,2500").split(","))
COMPOUNDS = 100
TIMES = 5


def sections(engine: Engine) -> Iterator[str]:
    for offices in OFFICES:
        province = Province(engine, offices, COMPOUNDS)
        for weeks in WEEKS:
            province.grow(weeks, step=2)
            with TemporaryDirectory() as home:
                os.environ.setdefault("AIRFLOW_HOME", home)
                yield "\n".join([*_lines(engine, province, offices, weeks, Path(home)), ""])


def _lines(engine: Engine, province: Province, offices: int, weeks: int, home: Path) -> Iterator[str]:
    app = app_of(province, engine, home)
    # A real paper, with its text; before the snapshot, which would not know it.
    written = app.reporting_notice.draft(province.now)
    begin = perf_counter()
    app.keeping_snapshots.run(province.now)
    kept = perf_counter() - begin
    report = max(record.id for record in app.register.papers(province.now) if record.kind == "weekly_report")
    yield f"### The board's pages: {offices:,} offices, {offices * COMPOUNDS:,} compounds, {weeks} weeks"
    yield ""
    yield f"Its snapshots of two instants took the run {kept:.1f} s."
    yield ""
    yield "| page | server ms | slowest | statements | rows | buffers | kB of HTML |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    statements: dict[str, Asked] = {}
    for name, page in pages_of(app, report, written.id if written else report).items():
        with listening(engine) as asked:
            size = len(page().body) / 1024
        statements[name] = asked
        took = [_milliseconds(page) for _ in range(TIMES)]
        rows, buffers = touched(engine, asked)
        yield (
            f"| {name} | {median(took):.0f} | {max(took):.0f} | {len(asked)} | {rows:,} | {buffers:,} | {size:.0f} |"
        )
    plans.write(engine, f"{offices:,} offices, {offices * COMPOUNDS:,} compounds, {weeks} weeks", statements)


def _milliseconds(page: Callable[[], object]) -> float:
    begin = perf_counter()
    page()
    return (perf_counter() - begin) * 1e3
