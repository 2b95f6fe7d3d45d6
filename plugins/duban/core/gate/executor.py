"""The light gate: the rules of expectations/*.json over a frame, in the standard library.

It finds what Great Expectations finds (tests/properties/test_gate.py compares them cell by cell) at a hundredth of the
cost. A rule runs over whole columns; what it finds is where it does not hold.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import ge, gt
from typing import Any

from duban.core.gate.frame import Frame
from duban.core.gate.frame_values import Values
from duban.core.rules import RETURN_ID, Condition, Rule, Suites, parse, version_of

Parameters = Mapping[str, Any]
Lines = Sequence[int]
Check = Callable[[Mapping[str, Values], Lines, Mapping[str, Any]], list[int]]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold in the line `index` (from 0) of a frame."""

    rule: Rule
    index: int


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A violation as both executors name it: return, table, the sheet's line, code, marked column."""

    return_id: int
    table: str
    row: int
    code: str
    column: str


class Gate:
    """Every rule of the suites, ready to run. Raises RuleError for suites that do not pass the lint."""

    def __init__(self, suites: Suites) -> None:
        self.rules = parse(suites)
        self.version = version_of(suites)
        self._tables = {
            table: tuple(rule for rule in self.rules if rule.table == table)
            for table in {rule.table for rule in self.rules}
        }
        self._asking = frozenset(
            rule.name for rule in self.rules if any(isinstance(value, Mapping) for value in rule.kwargs.values())
        )
        self._columns = {
            table: frozenset(name for rule in rules for name in rule.frame_columns)
            for table, rules in self._tables.items()
        }

    def of(self, table: str) -> tuple[Rule, ...]:
        """The rules of one table."""
        return self._tables.get(table, ())

    def frame_columns(self, table: str) -> frozenset[str]:
        """The frame columns that the rules of a table read."""
        return self._columns.get(table, frozenset())

    def violations(self, table: str, frame: Frame, parameters: Parameters) -> list[Violation]:
        """Every violation in one table of one return, rule by rule."""
        lines = _Lines(frame)
        return [
            Violation(rule, index)
            for rule in self.of(table)
            for index in CHECKS[rule.type](frame.columns, lines.where(rule.conditions), self._filled(rule, parameters))
        ]

    def _filled(self, rule: Rule, parameters: Parameters) -> Mapping[str, Any]:
        """The arguments of a rule; few ask for a parameter."""
        if rule.name not in self._asking:
            return rule.kwargs
        return {
            name: parameters[value["$PARAMETER"]] if isinstance(value, Mapping) else value
            for name, value in rule.kwargs.items()
        }


class _Lines:
    """The lines of a frame for which conditions hold, each set of conditions worked out once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._known: dict[tuple[Condition, ...], Lines] = {}

    def where(self, conditions: tuple[Condition, ...]) -> Lines:
        if conditions not in self._known:
            self._known[conditions] = matching(self._frame, conditions)
        return self._known[conditions]


def matching(frame: Frame, conditions: Iterable[Condition]) -> Lines:
    """The lines for which all conditions hold."""
    lines: Lines = range(len(frame.rows))
    for condition in conditions:
        column, holds = frame.columns[condition.column], _COMPARISONS[condition.operator]
        lines = [line for line in lines if holds(column[line], condition.parameter)]
    return lines


def spots(violations: Iterable[Violation], frame: Frame, return_id: int) -> frozenset[Spot]:
    """Violations of one table as spots."""
    return frozenset(
        Spot(return_id, found.rule.table, frame.rows[found.index], found.rule.code, found.rule.marked)
        for found in violations
    )


def disagreements(gate: Collection[Spot], record: Collection[Spot]) -> tuple[Spot, ...]:
    """What only one of the two executors found, in order; nothing when they agree."""
    return tuple(sorted(set(gate) ^ set(record)))


# Most columns are clean. What can be seen of a whole column at once (None in it, all of it in a set) is asked first.


def _not_null(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column = columns[kwargs["column"]]
    return [line for line in lines if column[line] is None] if None in column else []


def _null(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column = columns[kwargs["column"]]
    return [line for line in lines if column[line] is not None] if column.count(None) < len(column) else []


def _in_set(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column, allowed = columns[kwargs["column"]], {None, *kwargs["value_set"]}
    return [] if allowed.issuperset(column) else [line for line in lines if column[line] not in allowed]


def _between(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column: Sequence[Any] = columns[kwargs["column"]]
    low, high = kwargs.get("min_value", -inf), kwargs.get("max_value", inf)
    return [line for line in lines if (value := column[line]) is not None and not low <= value <= high]


def _regex(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column: Sequence[Any] = columns[kwargs["column"]]
    search = re.compile(kwargs["regex"]).search
    return [line for line in lines if (value := column[line]) is not None and not search(value)]


def _length(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    column: Sequence[Any] = columns[kwargs["column"]]
    longest = kwargs["max_value"]
    return [line for line in lines if (value := column[line]) is not None and len(value) > longest]


def _unique(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    keys = [columns[name] for name in kwargs["column_list"] if name != RETURN_ID]  # a frame is one return
    rows = list(zip(*keys, strict=True))
    if len(set(rows)) == len(rows):
        return []
    times = Counter(rows)
    return [line for line in lines if times[rows[line]] > 1 and None not in rows[line]]


def _equal(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    first, second = columns[kwargs["column_A"]], columns[kwargs["column_B"]]
    return [line for line in lines if (a := first[line]) is not None and (b := second[line]) is not None and a != b]


def _greater(columns: Mapping[str, Values], lines: Lines, kwargs: Mapping[str, Any]) -> list[int]:
    first: Sequence[Any] = columns[kwargs["column_A"]]
    second: Sequence[Any] = columns[kwargs["column_B"]]
    holds = ge if kwargs["or_equal"] else gt
    return [
        line for line in lines if (a := first[line]) is not None and (b := second[line]) is not None and not holds(a, b)
    ]


CHECKS: Mapping[str, Check] = {
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_be_null": _null,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_match_regex": _regex,
    "expect_column_value_lengths_to_be_between": _length,
    "expect_compound_columns_to_be_unique": _unique,
    "expect_column_pair_values_to_be_equal": _equal,
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
}

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "null": lambda value, _: value is None,
    "not null": lambda value, _: value is not None,
    "==": lambda value, other: bool(value == other),
    "IN": lambda value, others: value in others,
    "<": lambda value, other: value is not None and value < other,
    "<=": lambda value, other: value is not None and value <= other,
    ">": lambda value, other: value is not None and value > other,
    ">=": lambda value, other: value is not None and value >= other,
}
