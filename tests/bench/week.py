"""A week's run end to end: folders → archive → read → check → record → PostgreSQL, and what is asked of it."""

import io
import os
import resource
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Engine

from bench.rounds import spent_by_children
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.store import PostgresLedger
from duban.adapters.workbook import WorkbookReader
from duban.core.gate.executor import Gate
from duban.core.plan import Plan
from duban.core.state import fold
from duban.pipeline.check import Checker
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.judge import Record
from fakes.house import CUTOFF, House, open_house, workbook
from fakes.judged import at
from fakes.made_returns import AIMS, FORM, MADE_PLAN, SUITES, WEEKS, book

COUNTRY = "DUBAN_BENCH_COUNTRY"
"""A variable of the environment: where it is set, a country's week is run as well."""
SIZES = (6, 200, 2500, *((40_000,) if os.environ.get(COUNTRY) else ()))
COMPOUNDS = 20
ANYBODY = "ZZZZ"
"""A code that no office has: there are never so many."""


def sections(engine: Engine, server: int) -> Iterator[str]:
    """`server` is PostgreSQL's process: the CPU of those that it started counts."""
    lines = [
        f"### A week of returns, {COMPOUNDS} compounds each",
        "",
        "| offices | accepted | CPU s | of it PostgreSQL | wall s | CPU ms a return | peak MB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for size in SIZES:
        with TemporaryDirectory() as folder, WorkbookReader() as reader:
            lines.append(_line(_house(Path(folder), engine, reader, size), size, server))
            yield "\n".join(lines if size == SIZES[0] else lines[-1:])


def codes(size: int) -> list[str]:
    """So many office codes of four letters."""
    return ["".join(letters) for letters in islice(product(ascii_uppercase, repeat=4), size)]


def plan_of(size: int) -> Plan:
    """The small plan with so many offices."""
    first = MADE_PLAN.offices[0]
    offices = tuple(replace(first, code=code, name=f"{code}办事处") for code in codes(size))
    return replace(MADE_PLAN, key=f"{size} offices", offices=offices)


def files_of(size: int, compounds: int = COMPOUNDS) -> Iterator[tuple[str, bytes]]:
    """Where each office's return of the week lies, and what it holds: a row a compound in each of the two ledgers."""
    with ZipFile(io.BytesIO(_file_of(ANYBODY, compounds))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    for code in codes(size):
        yield f"{code}/周报.xlsx", _renamed(parts, code)


def _file_of(code: str, compounds: int) -> bytes:
    rows = [
        {"compound_id": f"{code}-{n:03d}", "name": f"{code}小区{n}", "extent": f"东至{code}路{n}号"}
        for n in range(compounds)
    ]
    return workbook(book(rows, rows, (), cover={"office": f"{code}办事处", "week": "2018-09-07"}))


def _renamed(parts: Mapping[str, bytes], code: str) -> bytes:
    """ANYBODY's file as that of another office, at a tenth of the cost of writing it."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content.replace(ANYBODY.encode(), code.encode()))
    return written.getvalue()


def house_of(folder: Path, engine: Engine, reader: WorkbookReader, plan: Plan, record: Record) -> House:
    """The house of a plan's offices, with nothing in it that was not in its folder before."""
    ledger = PostgresLedger(engine, plan.key, fold, tuple(key for key, _ in AIMS))
    checker = Checker(plan, FORM, WEEKS, Gate(SUITES))
    offices = [office.code for office in plan.offices]
    return open_house(folder, ledger, ReturnReader(reader, FORM), record, checker, offices)


def send(house: House, files: Iterable[tuple[str, bytes]]) -> House:
    """The house with these in its inbox, a day of the week before its cut-off."""
    for path, content in files:
        house.send(path, content, at("09-07 10:00"))
    return house


def _house(folder: Path, engine: Engine, reader: WorkbookReader, size: int) -> House:
    house = house_of(folder, engine, reader, plan_of(size), ExpectationsRecord(SUITES))
    return send(house, files_of(size))


def _line(house: House, size: int, server: int) -> str:
    house.ledger.rollups(CUTOFF)
    before, wall = process_time(), perf_counter()
    database, reading = spent_by_children(server), spent_by_children(os.getpid())
    counts = house.round(CUTOFF)
    for code in codes(size):
        house.ledger.states_of(code, [CUTOFF])  # as an assessment asks
    own, served = process_time() - before + reading(), database()
    total, passed = own + served, perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = counts.get("accepted", 0)
    return (
        f"| {size:,} | {told:,} | {total:.1f} | {served:.1f} | {passed:.1f} | {total / size * 1e3:.1f} | {peak:.0f} |"
    )
