"""The record: Great Expectations over whole batches of returns, one validation a table, failing closed.

It judges the very frames that the light gate judged. A validation that raised, lacks a rule, or looked at fewer cells
than there are is no validation: RuleError, and nothing of the batch may be recorded.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from duban.adapters.expectations.remembered import answers_remembered
from duban.core.errors import RuleError
from duban.core.gate.executor import Gate, Parameters, Spot, matching
from duban.core.gate.frame import Frame
from duban.core.rules import RETURN_ID, Rule, Suites

if TYPE_CHECKING:
    import pandas as pd

LINE = "line"
"""The name of a frame's index, by which Great Expectations tells where a rule is violated."""
COMPLETE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [LINE],
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}
# Which kwargs name the columns whose missing values an expectation leaves out of account.
TESTED = ("column", "column_A", "column_B")
# These look at missing values too, so they report none.
ASKS_FOR_MISSING = "expect_column_values_to_not_be_null"
LOOKS_AT_MISSING = frozenset({ASKS_FOR_MISSING, "expect_column_values_to_be_null"})

Batch = Mapping[int, Mapping[str, Frame]]
Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What Great Expectations found. `summary` is plain JSON for the history: counts by rule, never a cell's value."""

    spots: frozenset[Spot]
    summary: Mapping[str, Any]


class ExpectationsRecord:
    """Validates batches. Great Expectations is imported, and the suites are built, at the first batch and only once.

    Not for use by several threads at once: a shared batch definition gives wrong rows without an error. `meanwhile` is
    open while Great Expectations works; nothing of what it finds may depend on it.
    """

    def __init__(
        self, suites: Suites, meanwhile: Callable[[], AbstractContextManager[None]] = answers_remembered
    ) -> None:
        self._meanwhile = meanwhile
        self._gate = Gate(suites)
        self._tables = tuple(dict.fromkeys(rule.table for rule in self._gate.rules))

    def validate(self, batch: Batch, parameters: Parameters) -> RecordResult:
        """Validate the frames of a batch, by return id and table. Raises RuleError rather than pass over anything."""
        spots: set[Spot] = set()
        tables: dict[str, Any] = {}
        for table in self._tables:
            frame = _joined(batch, table)
            if frame is not None:
                if missing := self._gate.frame_columns(table) - frame.columns.keys():
                    raise RuleError(f"{table}: the frame lacks {sorted(missing)}")
                results = self._results(table, frame, parameters)
                spots.update(*(_spots(frame, rule, result) for rule, result in results))
                tables[table] = _counts(frame, results)
        summary = {"rules_version": self._gate.version, "returns": len(batch), "tables": tables}
        return RecordResult(frozenset(spots), summary)

    def _results(self, table: str, frame: Frame, parameters: Parameters) -> list[tuple[Rule, Result]]:
        """Each rule that has something to look at with its result, every result checked to be one."""
        import great_expectations as gx
        from great_expectations.exceptions.exceptions import GreatExpectationsError

        owed = _owed(self._gate.of(table), frame)
        rules = [rule for rule in self._gate.of(table) if not owed[rule.name].idle]
        try:
            suite = gx.ExpectationSuite(name=table, expectations=[_entry(rule) for rule in rules])
            read = _pandas(_narrowed(frame, rules))
            with self._meanwhile():
                validated = self._batches.get_batch(batch_parameters={"dataframe": read}).validate(
                    suite, result_format=COMPLETE, expectation_parameters=dict(parameters)
                )
        except (GreatExpectationsError, TypeError, ValueError) as error:
            raise RuleError(f"{table}: not validated: {error}") from error
        found = {result.expectation_config.meta["rule"]: result for result in validated.results}
        if len(found) != len(validated.results) or found.keys() != {rule.name for rule in rules}:
            raise RuleError(f"{table}: results do not match the rules")
        return [(rule, _trusted(rule, found[rule.name], owed[rule.name])) for rule in rules]

    @cached_property
    def _batches(self) -> Any:
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        return (
            context.data_sources
            .add_pandas("returns")
            .add_dataframe_asset("tables")
            .add_batch_definition_whole_dataframe("batch")
        )


def _entry(rule: Rule) -> dict[str, Any]:
    """A rule's own entry for Great Expectations, which writes into what it is given.

    It copies an expectation's configuration again and again; what it needs not is left out of it.
    """
    return {"type": rule.type, "kwargs": copy.deepcopy(rule.entry["kwargs"]), "meta": {"rule": rule.name}}


@dataclass(frozen=True, slots=True)
class _Owed:
    """What a rule has to look at in a frame: how many cells, how many of them missing (None where it counts none).

    `idle` when there is nothing to look at: all are missing, and it does not ask for that. It could only pass
    vacuously, at ten milliseconds a rule; the summary says that nothing was looked at.
    """

    cells: int
    missing: int | None
    idle: bool


def _owed(rules: Sequence[Rule], frame: Frame) -> Mapping[str, _Owed]:
    """By rule; the lines of each condition are looked up once, for many rules share them."""
    known = {conditions: matching(frame, conditions) for conditions in {rule.conditions for rule in rules}}
    return {rule.name: _of(rule, frame, known[rule.conditions]) for rule in rules}


def _of(rule: Rule, frame: Frame, lines: Sequence[int]) -> _Owed:
    missing = None if rule.type in LOOKS_AT_MISSING else _missing(rule, frame, lines)
    if rule.type == ASKS_FOR_MISSING:
        return _Owed(len(lines), missing, idle=not lines)
    return _Owed(len(lines), missing, idle=_missing(rule, frame, lines) == len(lines))


def _joined(batch: Batch, table: str) -> Frame | None:
    """All frames of one table under each other, with the return's id; None when there is no row."""
    parts = [(return_id, tables[table]) for return_id, tables in batch.items() if table in tables]
    if not any(frame.rows for _, frame in parts):
        return None
    names = parts[0][1].columns
    columns = {name: [value for _, frame in parts for value in frame.columns[name]] for name in names}
    columns[RETURN_ID] = [return_id for return_id, frame in parts for _ in frame.rows]
    return Frame(tuple(row for _, frame in parts for row in frame.rows), columns, parts[0][1].texts)


def _narrowed(frame: Frame, rules: Sequence[Rule]) -> Frame:
    """The frame with the columns that `rules` read: Great Expectations hashes and types whatever it is given."""
    read = {RETURN_ID, *(name for rule in rules for name in rule.frame_columns)}
    return Frame(frame.rows, {name: cells for name, cells in frame.columns.items() if name in read}, frame.texts)


def _pandas(frame: Frame) -> "pd.DataFrame":
    """The frame for pandas, each column of a stated type: a mixed one would raise inside of an expectation.

    Its index says which line is which: a name in a column Great Expectations would look up anew for each violation.
    """
    import pandas as pd

    types = {name: object if name in frame.texts else "float64" for name in frame.columns} | {RETURN_ID: "int64"}
    index = pd.RangeIndex(len(frame.rows), name=LINE)
    return pd.DataFrame({
        name: pd.Series(values, index=index, dtype=types[name]) for name, values in frame.columns.items()
    })


def _trusted(rule: Rule, result: Any, owed: _Owed) -> Result:
    """The result of one expectation, once it is plain that it looked at every cell that it had to look at."""
    if _raised(result.exception_info):
        raise RuleError(f"{rule.name}: raised {result.exception_info}")
    counted: Result = result.result
    if (counted.get("element_count"), counted.get("missing_count")) != (owed.cells, owed.missing):
        raise RuleError(f"{rule.name}: should have looked at {owed}: {counted}")
    if len(_lines(counted)) != counted["unexpected_count"]:
        raise RuleError(f"{rule.name}: {counted['unexpected_count']} violations without their places")
    if result.success is not (counted["unexpected_count"] == 0):
        raise RuleError(f"{rule.name}: success {result.success} with {counted['unexpected_count']} violations")
    return counted


def _raised(info: Mapping[str, Any]) -> bool:
    """Whether an expectation raised; its information is flat, or one entry a metric."""
    nested = [value for value in info.values() if isinstance(value, Mapping)]
    return bool(info.get("raised_exception")) or any(value.get("raised_exception") for value in nested)


def _missing(rule: Rule, frame: Frame, lines: Sequence[int]) -> int:
    """In how many of `lines` a tested column is missing; asked of millions of cells, so the lists count themselves."""
    names = [rule.kwargs[name] for name in TESTED if name in rule.kwargs] or list(rule.kwargs["column_list"])
    columns = [frame.columns[name] for name in names]
    if len(lines) < len(frame.rows):
        columns = [[column[line] for line in lines] for column in columns]
    if len(columns) == 1:
        return columns[0].count(None)
    return sum(None in cells for cells in zip(*columns, strict=True))


def _spots(frame: Frame, rule: Rule, result: Result) -> Iterator[Spot]:
    returns = frame.columns[RETURN_ID]
    for line in _lines(result):
        yield Spot(cast("int", returns[line]), rule.table, frame.rows[line], rule.code, rule.marked)


def _lines(result: Result) -> list[int]:
    """Which lines of its frame a result finds in violation, told as one list of them."""
    return [line for told in result.get("unexpected_index_list") or () for line in told[LINE]]


def _counts(frame: Frame, results: Sequence[tuple[Rule, Result]]) -> Mapping[str, Any]:
    rules = {
        rule.name: {"looked_at": result["element_count"], "violations": result["unexpected_count"]}
        for rule, result in results
    }
    return {"rows": len(frame.rows), "rules": rules}
