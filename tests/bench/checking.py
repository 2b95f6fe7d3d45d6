"""Checking with all our rules: the gate, and the record (Great Expectations) in one batch and one file at a time."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from bench.rounds import BOUND, OURS, PEER, Contender, measured, table, timed
from duban.adapters.expectations import ExpectationsRecord
from duban.core.gate.executor import Gate
from duban.core.gate.frame import Frame
from duban.core.rules import Rule
from fakes.made_returns import CHECKER, SUITES, book, check

ROWS, RETURNS = 300, 100


def sections() -> Iterator[str]:
    gate, record = Gate(SUITES), ExpectationsRecord(SUITES)
    frames = frames_of(ROWS)
    record.validate({0: frames_of(1)}, CHECKER.parameters)
    one, many = {0: frames}, dict.fromkeys(range(RETURNS), frames)
    told = f"{len(gate.rules)} rules"
    yield table(f"Checking one return of {ROWS} rows, {told}", measured(contenders(gate, record, frames, one), 5))
    batch = [
        timed("ours: the record in one batch", OURS, lambda: record.validate(many, CHECKER.parameters)),
        timed("the gate, each return by itself", BOUND, lambda: [judged(gate, frames) for _ in many]),
    ]
    yield table(f"Checking {RETURNS} returns of {ROWS} rows, {told}", measured(batch, 3))


def contenders(
    gate: Gate, record: ExpectationsRecord, frames: Mapping[str, Frame], batch: Mapping[int, Mapping[str, Frame]]
) -> list[Contender]:
    return [
        timed("ours: the gate, with cell addresses", OURS, lambda: judged(gate, frames)),
        timed("Great Expectations, one file alone", PEER, lambda: record.validate(batch, CHECKER.parameters)),
        timed("numpy masks (what they can say: missing, sets, ranges)", BOUND, lambda: masks(gate.rules, frames)),
    ]


def frames_of(rows: int) -> Mapping[str, Frame]:
    work = [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}"} for n in range(rows)]
    return check(book(work=work, project=[])).frames


def judged(gate: Gate, frames: Mapping[str, Frame]) -> object:
    return [gate.violations(name, frame, CHECKER.parameters) for name, frame in frames.items()]


def masks(rules: Sequence[Rule], frames: Mapping[str, Frame]) -> object:
    """The plainest vectors, one mask a rule; no conditions, no places: less work than anybody can get away with."""
    columns = {
        (name, key): np.array(values, dtype=object if key in frame.texts else float)
        for name, frame in frames.items()
        for key, values in frame.columns.items()
    }
    return [_mask(rule, columns[rule.table, rule.kwargs["column"]]) for rule in rules if _in_masks(rule, columns)]


def _in_masks(rule: Rule, columns: Mapping[tuple[str, str], object]) -> bool:
    return "column" in rule.kwargs and (rule.table, rule.kwargs["column"]) in columns


def _mask(rule: Rule, column: "np.ndarray") -> int:
    if rule.type == "expect_column_values_to_be_between" and column.dtype != object:
        low, high = rule.kwargs.get("min_value"), rule.kwargs.get("max_value")
        bounds = (low if isinstance(low, int | float) else -np.inf, high if isinstance(high, int | float) else np.inf)
        return int(((column < bounds[0]) | (column > bounds[1])).sum())
    return int((column == None).sum())  # noqa: E711  # numpy compares element by element
