"""The week of 200 offices judged by one process, and by two that each take every other return, as mapped tasks do."""

import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine

from bench.checking import frames_of
from bench.week import COMPOUNDS, files_of, house_of, plan_of, send
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.store import create_engine
from duban.adapters.workbook import WorkbookReader
from duban.core.plan import Plan
from fakes.house import CUTOFF, workbook
from fakes.made_returns import CHECKER, SUITES, book

SIZE = 200
WORKERS = (1, 2)
PATIENCE = 600
"""Seconds that one waits for the others."""


def sections(engine: Engine, size: int = SIZE) -> Iterator[str]:
    lines = [
        f"### The week of {size} offices on one worker and on two, {COMPOUNDS} compounds each",
        "",
        "| workers | accepted | collecting, wall s | judging, wall s | ÷ one worker |",
        "|---:|---:|---:|---:|---:|",
    ]
    files = list(files_of(size))
    one = None
    for workers in WORKERS:
        accepted, collecting, judging = _measured(engine, workers, files)
        one = one or judging
        times = f"{collecting:.1f} | {judging:.1f} | {judging / one:.2f}"
        lines.append(f"| {workers} | {accepted} | {times} |")
    yield "\n".join([*lines, ""])


def _measured(engine: Engine, workers: int, files: Sequence[tuple[str, bytes]]) -> tuple[int, float, float]:
    """How many were accepted, and the wall seconds of collecting, which one process does, and of judging."""
    plan = replace(plan_of(len(files)), key=f"{len(files)} offices, {workers} workers")
    with TemporaryDirectory() as folder, WorkbookReader() as reader:
        house = send(house_of(Path(folder), engine, reader, plan, ExpectationsRecord(SUITES)), files)
        began = perf_counter()
        ids = house.collect.discover(CUTOFF)
        collecting = perf_counter() - began
        judging = _judged(engine, Path(folder), plan, [ids[first::workers] for first in range(workers)])
        return list(house.fates().values()).count("accepted"), collecting, judging


def _judged(engine: Engine, folder: Path, plan: Plan, parts: Sequence[Sequence[int]]) -> float:
    """From the moment when every worker is ready to the moment when the last has judged its part."""
    fresh = multiprocessing.get_context("spawn")
    together = fresh.Barrier(len(parts) + 1, timeout=PATIENCE)
    url = engine.url.render_as_string(hide_password=False)
    started = [fresh.Process(target=judge, args=(url, folder, plan, part, together)) for part in parts]
    for one in started:
        one.start()
    together.wait()
    began = perf_counter()
    together.wait()
    passed = perf_counter() - began
    for one in started:
        one.join()
    return passed


def judge(url: str, folder: Path, plan: Plan, part: Sequence[int], together: Barrier) -> None:
    """One worker: it is ready once everything is loaded, the reader's child and Great Expectations warm."""
    engine = create_engine(url)
    record = ExpectationsRecord(SUITES)
    record.validate({0: frames_of(1)}, CHECKER.parameters)
    with WorkbookReader() as reader:
        reader.read("warm.xlsx", workbook(book()))
        house = house_of(folder, engine, reader, plan, record)
        house.ledger.unjudged()
        together.wait()
        house.judge.run(part, CUTOFF)
        together.wait()
    engine.dispose()
