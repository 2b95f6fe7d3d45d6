"""Checking with all our rules: the gate, and the record (Great Expectations) in one batch and one file at a time."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

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
    plain = ExpectationsRecord(SUITES, meanwhile=contextlib.nullcontext)
    for way in (record, plain):
        way.validate({0: frames_of(1)}, CHECKER.parameters)
    one, many = {0: frames}, dict.fromkeys(range(RETURNS), frames)
    told = f"{len(gate.rules)} rules"
    yield table(f"Checking one return of {ROWS} rows, {told}", measured(contenders(gate, plain, frames, one), 5))
    batch = [
        timed("ours: the record in one batch", OURS, lambda: record.validate(many, CHECKER.parameters)),
        timed("Great Expectations as it is, in one batch", PEER, lambda: plain.validate(many, CHECKER.parameters)),
        timed("the gate, each return by itself", BOUND, lambda: [judged(gate, frames) for _ in many]),
    ]
    yield table(f"Checking {RETURNS} returns of {ROWS} rows, {told}", measured(batch, 3))


def contenders(
    gate: Gate, plain: ExpectationsRecord, frames: Mapping[str, Frame], batch: Mapping[int, Mapping[str, Frame]]
) -> list[Contender]:
    return [
        timed("ours: the gate, with cell addresses", OURS, lambda: judged(gate, frames)),
        timed("Great Expectations, one file alone", PEER, lambda: plain.validate(batch, CHECKER.parameters)),
        timed("pandera (what it can say: missing, sets, ranges, patterns)", PEER, by_pandera(gate.rules, frames)),
        timed("plain pandas masks (the same)", PEER, lambda: by_pandas(gate.rules, frames)),
        timed("numpy masks (what they can say: missing, sets, ranges)", BOUND, lambda: masks(gate.rules, frames)),
    ]


def frames_of(rows: int) -> Mapping[str, Frame]:
    work = [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}"} for n in range(rows)]
    return check(book(work=work, project=[])).frames


def judged(gate: Gate, frames: Mapping[str, Frame]) -> object:
    return [gate.violations(name, frame, CHECKER.parameters) for name, frame in frames.items()]


CHECKS: Mapping[str, Callable[[Mapping[str, Any]], pa.Check]] = {
    "expect_column_values_to_be_in_set": lambda kwargs: pa.Check.isin(_told(kwargs["value_set"], [])),
    "expect_column_values_to_be_between": lambda kwargs: pa.Check.in_range(*_bounds(kwargs)),
    "expect_column_values_to_match_regex": lambda kwargs: pa.Check.str_matches(kwargs["regex"]),
}


def by_pandera(rules: Sequence[Rule], frames: Mapping[str, Frame]) -> Callable[[], object]:
    """All failures at once (`lazy`), the schemas made beforehand; without the conditions of our rules."""
    schemas = {name: _schema([rule for rule in rules if rule.table == name], frames[name]) for name in frames}

    def validate() -> None:
        for name, frame in frames.items():
            with contextlib.suppress(SchemaErrors):
                schemas[name].validate(_plain(frame), lazy=True)

    return validate


def _schema(rules: Sequence[Rule], frame: Frame) -> pa.DataFrameSchema:
    checks: dict[str, list[pa.Check]] = {}
    for rule in rules:
        if rule.kwargs.get("column") in frame.columns and rule.type in CHECKS:
            checks.setdefault(rule.kwargs["column"], []).append(CHECKS[rule.type](rule.kwargs))
    return pa.DataFrameSchema({column: pa.Column(None, found, nullable=True) for column, found in checks.items()})


def by_pandas(rules: Sequence[Rule], frames: Mapping[str, Frame]) -> object:
    """The lines that break each rule, one mask a rule."""
    found = []
    for name, frame in frames.items():
        plain = _plain(frame)
        for rule in rules:
            column = rule.kwargs.get("column")
            if rule.table == name and column in frame.columns:
                found.append(plain.index[_broken(rule, plain[column])].tolist())
    return found


def _broken(rule: Rule, column: "pd.Series[Any]") -> "pd.Series[bool]":
    match rule.type:
        case "expect_column_values_to_be_in_set":
            return column.notna() & ~column.isin(_told(rule.kwargs["value_set"], []))
        case "expect_column_values_to_be_between":
            low, high = _bounds(rule.kwargs)
            return column.notna() & ~column.between(low, high)
        case "expect_column_values_to_match_regex":
            return ~column.astype("str").str.match(rule.kwargs["regex"]) & column.notna()
        case _:
            return column.isna()


def _plain(frame: Frame) -> pd.DataFrame:
    kinds = {key: object if key in frame.texts else float for key in frame.columns}
    return pd.DataFrame({key: np.array(values, dtype=kinds[key]) for key, values in frame.columns.items()})


def _told(value: Any, otherwise: Any) -> Any:
    """A parameter of the plan's stands as a reference; the plan's value is what counts for us, not for a peer."""
    return otherwise if isinstance(value, Mapping) else value


def _bounds(kwargs: Mapping[str, Any]) -> tuple[float, float]:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    return (low if isinstance(low, int | float) else -np.inf, high if isinstance(high, int | float) else np.inf)


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
        bounds = _bounds(rule.kwargs)
        return int(((column < bounds[0]) | (column > bounds[1])).sum())
    return int((column == None).sum())  # noqa: E711  # numpy compares element by element
