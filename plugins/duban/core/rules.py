"""The rules of expectations/*.json, read into frozen objects and linted.

Each suite is plain Great Expectations JSON: {"name", "expectations": [{"type", "kwargs", "meta", "severity"}], "meta"}.
Two executors take it: duban.core.gate (a loop) and duban.adapters.expectations (Great Expectations itself). So only
what both can do is allowed here, and a row condition is a structure, never code. The `meta` of an entry holds

    rule     its name, unique in all suites
    code     the finding's code (returns.md, "Findings"), class its class
    columns  the columns of the form that it looks at, "aims" for all of them; the first is the cell that is marked
    origin   "form" when generated from the form's declaration (duban.core.rules_form), else "written"
    table    which table it judges, where the suite's own meta does not say so (across_weeks)
    drops    of a C11: the columns whose values are dropped; the marked one unless it says otherwise
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duban.core.errors import RuleError
from duban.core.findings import class_of
from duban.core.gate.frame import AIMS, sources
from duban.core.messages import WORDINGS, expected_key
from duban.core.returns import Form

Suites = Mapping[str, Mapping[str, Any]]

COVER = "cover"
SEVERITY = {"A": "critical", "B": "warning", "C": "warning", "D": "info"}
PARAMETERS = frozenset({"plan_start", "first_reporting_day", "offices", "departments"})
OPERATORS = frozenset({"==", "<", "<=", ">", ">=", "IN"})
NULLITY = {True: "null", False: "not null"}
ORIGINS = frozenset({"form", "written"})

# Of each allowed type the kwargs that must stand there, and those that may.
TYPES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "expect_column_values_to_not_be_null": (frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_null": (frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_in_set": (frozenset({"column", "value_set"}), frozenset()),
    "expect_column_values_to_be_between": (frozenset({"column"}), frozenset({"min_value", "max_value"})),
    "expect_column_values_to_match_regex": (frozenset({"column", "regex"}), frozenset()),
    "expect_column_value_lengths_to_be_between": (frozenset({"column", "max_value"}), frozenset()),
    "expect_compound_columns_to_be_unique": (frozenset({"column_list", "ignore_row_if"}), frozenset()),
    "expect_column_pair_values_to_be_equal": (frozenset({"column_A", "column_B", "ignore_row_if"}), frozenset()),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        frozenset({"column_A", "column_B", "or_equal", "ignore_row_if"}),
        frozenset(),
    ),
}
# Great Expectations counts a missing value as a failure of a pair unless it is told this.
IGNORE_MISSING = {
    "expect_compound_columns_to_be_unique": "any_value_is_missing",
    "expect_column_pair_values_to_be_equal": "either_value_is_missing",
    "expect_column_pair_values_a_to_be_greater_than_b": "either_value_is_missing",
}
RETURN_ID = "return_id"


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule speaks of the rows for which `column` `operator` `parameter` holds; of nothing no comparison holds."""

    column: str
    operator: str
    parameter: Any = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a suite. `type` and `kwargs` are Great Expectations' own; all `conditions` must hold."""

    name: str
    table: str
    code: str
    columns: tuple[str, ...]
    drops: tuple[str, ...]
    type: str
    kwargs: Mapping[str, Any]
    conditions: tuple[Condition, ...]
    entry: Mapping[str, Any]

    @property
    def marked(self) -> str:
        """The column whose cell is marked."""
        return self.columns[0]

    @property
    def frame_columns(self) -> tuple[str, ...]:
        """The frame columns that it reads, without the return's id."""
        tested = [self.kwargs[name] for name in ("column", "column_A", "column_B") if name in self.kwargs]
        tested += [name for name in self.kwargs.get("column_list", ()) if name != RETURN_ID]
        return (*tested, *(condition.column for condition in self.conditions))


def parse(suites: Suites) -> tuple[Rule, ...]:
    """Every rule of every suite, linted.

    Raises RuleError naming suite and entry for whatever is unknown, incomplete or twice there.
    """
    rules = tuple(
        _rule(f"{name}[{place}]", entry, suite["meta"].get("table"))
        for name, suite in suites.items()
        for place, entry in enumerate(_entries(name, suite))
    )
    _refuse_twins(rules)
    return rules


def unknown_columns(rules: Iterable[Rule], form: Form) -> list[str]:
    """Columns that rules look at and the form has not, as `table.column`."""
    tables = {table.key: {column.key for column in table.columns} | {AIMS} for table in form.tables}
    tables[COVER] = {column.key for column in form.cover}
    named = {(rule.table, key) for rule in rules for key in rule.columns}
    return sorted(f"{table}.{key}" for table, key in named if key not in tables[table])


def version_of(suites: Suites) -> str:
    """The version of the rules: the suites' own, and the first digits of the sha-256 of all that they say."""
    content = json.dumps(suites, ensure_ascii=False, sort_keys=True).encode()
    versions = sorted({str(suite["meta"]["version"]) for suite in suites.values()})
    return f"{'.'.join(versions)}-{hashlib.sha256(content).hexdigest()[:12]}"


def _entries(name: str, suite: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    if suite.get("name") != name or "version" not in suite.get("meta", {}):
        raise RuleError(f"suite {name}: its name and meta.version must be given")
    entries: Sequence[Mapping[str, Any]] = suite.get("expectations", ())
    if not entries:
        raise RuleError(f"suite {name}: no expectations")
    return entries


def _rule(where: str, entry: Mapping[str, Any], table: str | None) -> Rule:
    _exactly(where, entry, {"type", "kwargs", "meta", "severity"}, {"description"})
    kwargs = dict(entry["kwargs"])
    conditions = _conditions(where, kwargs.pop("row_condition", None))
    _check_kwargs(where, entry["type"], kwargs)
    meta = entry["meta"]
    _check_meta(where, entry, table)
    rule = Rule(
        name=meta["rule"],
        table=meta.get("table", table),
        code=meta["code"],
        columns=tuple(meta["columns"]),
        drops=tuple(meta.get("drops", meta["columns"][:1])) if meta["code"] == "C11" else (),
        type=entry["type"],
        kwargs=kwargs,
        conditions=conditions,
        entry=entry,
    )
    _check_columns(where, rule)
    return rule


def _exactly(where: str, mapping: Mapping[str, Any], required: Iterable[str], allowed: Iterable[str]) -> None:
    missing, unknown = set(required) - set(mapping), set(mapping) - set(required) - set(allowed)
    if missing or unknown:
        raise RuleError(f"{where}: missing {sorted(missing)}, unknown {sorted(unknown)}")


def _check_kwargs(where: str, kind: str, kwargs: Mapping[str, Any]) -> None:
    if kind not in TYPES:
        raise RuleError(f"{where}: {kind} is not among the types that both executors know")
    required, allowed = TYPES[kind]
    _exactly(where, kwargs, required, allowed)
    if kind in IGNORE_MISSING and kwargs["ignore_row_if"] != IGNORE_MISSING[kind]:
        raise RuleError(f"{where}: ignore_row_if must be {IGNORE_MISSING[kind]}")
    if allowed and not allowed & set(kwargs):
        raise RuleError(f"{where}: one of {sorted(allowed)} is needed")
    for value in kwargs.values():
        if isinstance(value, Mapping) and (set(value) != {"$PARAMETER"} or value["$PARAMETER"] not in PARAMETERS):
            raise RuleError(f"{where}: unknown parameter {value}")


def _check_meta(where: str, entry: Mapping[str, Any], table: str | None) -> None:
    meta = entry["meta"]
    _exactly(where, meta, {"rule", "code", "class", "columns", "origin"}, {"table", "drops"})
    if meta["code"] not in WORDINGS or expected_key(meta["rule"]) is None:
        raise RuleError(f"{where}: no message for the code {meta['code']}")
    if meta["class"] != class_of(meta["code"]) or entry["severity"] != SEVERITY[meta["class"]]:
        raise RuleError(f"{where}: class or severity does not fit the code {meta['code']}")
    if not meta["columns"] or meta["origin"] not in ORIGINS:
        raise RuleError(f"{where}: columns or origin is not usable")
    if (table is None) == ("table" not in meta):
        raise RuleError(f"{where}: exactly one of the suite and the entry must name the table")


def _check_columns(where: str, rule: Rule) -> None:
    if rule.table == COVER:  # the cover is a form of labels; its columns are named in duban.core.gate.cover
        return
    for name in rule.frame_columns:
        try:
            unnamed = set(sources(name)) - set(rule.columns)
        except KeyError:
            raise RuleError(f"{where}: a frame has no column {name}") from None
        if unnamed:
            raise RuleError(f"{where}: meta.columns lacks {sorted(unnamed)}, which {name} is made of")


def _conditions(where: str, condition: object) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    if not isinstance(condition, Mapping):
        raise RuleError(f"{where}: a row condition must be a structure, not code")
    if condition.get("type") == "and":
        _exactly(where, condition, {"type", "conditions"}, ())
        return tuple(_condition(where, part) for part in condition["conditions"])
    return (_condition(where, condition),)


def _condition(where: str, condition: Mapping[str, Any]) -> Condition:
    match condition:
        case {"type": "nullity", "column": {"name": str(column)}, "is_null": bool(is_null)}:
            return Condition(column, NULLITY[is_null])
        case {"type": "comparison", "column": {"name": str(column)}, "operator": operator, "parameter": parameter}:
            if operator in OPERATORS and isinstance(parameter, list) == (operator == "IN"):
                return Condition(column, operator, tuple(parameter) if operator == "IN" else parameter)
    raise RuleError(f"{where}: row condition not understood: {condition}")


def _refuse_twins(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.name in seen:
            raise RuleError(f"two rules are called {rule.name}")
        seen.add(rule.name)
