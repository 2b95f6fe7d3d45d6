"""A return of 100 rows from its file to PostgreSQL, checked: ours, the naive way, and the least that there is to do.

Ours registers, archives, reads, checks against what stood before, keeps every row with its verdict and folds the state.
The naive way reads, lets Great Expectations look at each file by itself with what of our rules a sheet alone can say,
and stores the sheets. The bound reads and stores, and checks nothing. Whatever is loaded once a process is loaded.
"""

import gc
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, LiteralString

import great_expectations as gx
import pandas as pd
from sqlalchemy import Engine

from bench.loading import sent
from bench.reading import rows_of
from bench.rounds import BOUND, OURS, PEER, Contender, measured, spent_by_children, table
from bench.week import files_of, house_of, plan_of, send
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.expectations.record import RecordResult
from duban.adapters.workbook import WorkbookReader
from duban.core.gate.executor import Gate
from duban.core.gate.frame import Frame
from duban.core.returns import Kind
from duban.core.rules import Rule
from duban.pipeline.judge import Record
from fakes.house import CUTOFF
from fakes.made_returns import CHECKER, FORM, SUITES

COMPOUNDS = 50
"""A row each in 工作台账 and in 项目台账."""
RETURNS, FEW, TIMES = 60, 5, 3
"""Returns in a batch of ours; files of the naive way, which takes a second a file; rounds."""
LEDGERS = tuple(FORM.table(key) for key in ("work", "project"))
COPIES: Mapping[str, LiteralString] = {
    "work": "copy naive_work from stdin with (format csv)",
    "project": "copy naive_project from stdin with (format csv)",
}
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
TEXT = "__text"
"""With this a rule asks for what stands in a cell, readable or not: for pandas that is the cell."""
Work = Callable[[], int]
"""Takes some returns in; gives how many."""


def sections(engine: Engine, server: int, returns: int = RETURNS, few: int = FEW, times: int = TIMES) -> Iterator[str]:
    """`server` is PostgreSQL's process: the CPU of those that it started counts, and the reader's child's."""
    with TemporaryDirectory() as folder, WorkbookReader() as reader:
        files = list(files_of(returns, COMPOUNDS))
        ours = Ours(Path(folder), engine, reader, files)
        naive = Naive(engine, [content for _, content in files[:few]])
        without, recorded, *others = measured(contenders(ours, naive, server), times)
    told = f"A return of {2 * COMPOUNDS} rows from its file to PostgreSQL, {len(Gate(SUITES).rules)} rules"
    yield table(f"{told}, without the record", [without, *others])
    yield table(f"{told}, with the record of {returns} returns in one batch", [recorded, *others])


def contenders(ours: "Ours", naive: "Naive", server: int) -> list[Contender]:
    by_file = f"pandas + openpyxl, Great Expectations a file ({naive.rules} rules), to_sql"
    return [
        contender("ours, without the record", OURS, lambda: ours.ready(NotKept()), server),
        contender("ours, the record in one batch", OURS, lambda: ours.ready(ours.record), server),
        contender(by_file, PEER, lambda: naive.all, server),
        contender("python-calamine, COPY of ready bytes", BOUND, lambda: naive.least, server),
    ]


def contender(name: str, role: str, ready: Callable[[], Work], server: int) -> Contender:
    """`ready` gives the work and is not counted; the work gives how many returns it took in: what is told is of one."""

    def measure() -> float:
        work = ready()
        gc.collect()
        own, served, reading = process_time(), spent_by_children(server), spent_by_children(os.getpid())
        returns = work()
        return (process_time() - own + served() + reading()) / returns

    return Contender(name, role, measure)


class NotKept:
    """No record. The returns are clean: it would have found nothing either."""

    def validate(self, _batch: Mapping[int, Mapping[str, Frame]], _parameters: Mapping[str, Any]) -> RecordResult:
        """As Record.validate."""
        return RecordResult(frozenset(), {})


class Ours:
    """The product, each time as a plan of its own in its first week: the same bytes twice would be a duplicate."""

    def __init__(
        self, folder: Path, engine: Engine, reader: WorkbookReader, files: Sequence[tuple[str, bytes]]
    ) -> None:
        self._folder, self._engine, self._reader, self._files = folder, engine, reader, files
        self._plans = count(1)
        self.record = ExpectationsRecord(SUITES)

    def ready(self, record: Record) -> Work:
        key = f"end to end {next(self._plans)}"
        folder = self._folder / key
        folder.mkdir()
        plan = replace(plan_of(len(self._files)), key=key)
        house = send(house_of(folder, self._engine, self._reader, plan, record), self._files)

        def work() -> int:
            judged = house.round(CUTOFF)
            assert judged == {"accepted": len(self._files)}, judged
            return len(self._files)

        return work


class Naive:
    """What one writes first. The context, its suites and the tables are there before the first file is measured."""

    def __init__(self, engine: Engine, contents: Sequence[bytes]) -> None:
        self._engine, self._contents = engine, contents
        self._batches = ExpectationsRecord(SUITES)._batches
        self._sayable = {one.key: sayable(one.key, (column.key for column in one.columns)) for one in LEDGERS}
        self._suites = {
            key: gx.ExpectationSuite(name=key, expectations=[entry(rule) for rule in rules])
            for key, rules in self._sayable.items()
        }

    @property
    def rules(self) -> int:
        return sum(map(len, self._sayable.values()))

    def all(self) -> int:
        for number, content in enumerate(self._contents):
            frames = frames_of(content, number)
            for key, frame in frames.items():
                self._validate(key, frame)
            with self._engine.begin() as connection:
                for key, frame in frames.items():
                    frame.to_sql(f"naive_{key}", connection, if_exists="append", index=False)
        return len(self._contents)

    def _validate(self, key: str, frame: pd.DataFrame) -> None:
        batch = self._batches.get_batch(batch_parameters={"dataframe": frame})
        found = batch.validate(
            self._suites[key], result_format="COMPLETE", expectation_parameters=dict(CHECKER.parameters)
        )
        assert found.success, [result for result in found.results if not result.success]

    def least(self) -> int:
        """Each file read, and the same rows stored in one transaction."""
        for content in self._contents:
            rows_of(content)
        with self._engine.begin() as connection:
            for ready in self._ready:
                for key, blob in ready.items():
                    sent(connection, blob, COPIES[key])
        return len(self._contents)

    @cached_property
    def _ready(self) -> list[Mapping[str, str]]:
        """By table the bytes of each file's rows."""
        frames = [frames_of(content, number) for number, content in enumerate(self._contents)]
        return [{key: frame.to_csv(index=False, header=False) for key, frame in one.items()} for one in frames]


def frames_of(content: bytes, number: int) -> dict[str, pd.DataFrame]:
    """The two ledgers as pandas reads them, their columns called as the rules call them, with the number of the return.

    Left to itself it takes an empty column of texts for numbers, and Great Expectations fails over its lengths.
    """
    kinds = {column.header: object for one in LEDGERS for column in one.columns if column.kind not in NUMBERS}
    sheets = [one.sheet for one in LEDGERS]
    read = pd.read_excel(io.BytesIO(content), sheet_name=sheets, engine="openpyxl", dtype=kinds)
    return {
        one.key: read[one.sheet].rename(columns={c.header: c.key for c in one.columns}).assign(return_id=number)
        for one in LEDGERS
    }


def sayable(table_key: str, columns: Iterable[str]) -> list[Rule]:
    """The rules on nothing but a sheet's own columns. A date is a text there, which no day number can be held to."""
    known = {*columns, "return_id"}
    return [
        rule
        for rule in Gate(SUITES).of(table_key)
        if known.issuperset(column.removesuffix(TEXT) for column in rule.frame_columns)
        and "plan_start" not in json.dumps(rule.entry)
    ]


def entry(rule: Rule) -> dict[str, Any]:
    kwargs = json.loads(json.dumps(rule.entry["kwargs"], ensure_ascii=False).replace(TEXT, ""))
    return {"type": rule.type, "kwargs": kwargs, "meta": {"rule": rule.name}}
