"""The rules that follow from the form's declaration, as entries of expectations/*.json.

One column's type, required, choice, range, length and cut-off are declared in duban.core.returns alone; `build` writes
them out, and keeps every entry whose origin is "written". Building again changes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from duban.core.findings import class_of
from duban.core.gate.frame_values import aim_keys, order_of
from duban.core.messages import WORDINGS
from duban.core.returns import Column, Form, Kind, Presence, Table
from duban.core.rules import COVER, IGNORE_MISSING, RETURN_ID, SEVERITY, Suites

Entry = dict[str, Any]

SUITES = {"cover": COVER, "work_ledger": "work", "project_ledger": "project", "activities": "activities"}
ACROSS_WEEKS = "across_weeks"
FIRST_VERSION = "1"
# A set of choices that is the plan's own comes as a parameter.
PARAMETER_OF = {"ask_department": "departments"}
# A matter put to a department stands with its date or not at all.
PARTNERS = {"ask_department": "asked_on", "asked_on": "ask_department"}
NUMBER_KINDS = (Kind.INTEGER, Kind.DECIMAL)
COMPOUND_ID = "compound_id"


def generate(form: Form) -> dict[str, list[Entry]]:
    """The generated entries by suite."""
    tables = {suite: form.table(key) for suite, key in SUITES.items() if key != COVER}
    return {
        "cover": list(_cover(form)),
        **{suite: list(_table(table)) for suite, table in tables.items()},
        ACROSS_WEEKS: [entry for table in form.tables for entry in _steps_back(table)],
    }


def build(form: Form, present: Suites) -> dict[str, dict[str, Any]]:
    """The suites for a form: its generated entries, then those of `present` that were written by hand."""
    return {
        name: {
            "name": name,
            "expectations": entries + _written(present.get(name, {})),
            "meta": _suite_meta(name, present.get(name, {}), form),
        }
        for name, entries in generate(form).items()
    }


def fit(suites: Suites, form: Form) -> Suites:
    """The suites for a plan's form: as they stand if they were built for its aims, else built again for them."""
    built_for = [tuple(suite["meta"]["aims"]) for suite in suites.values() if "aims" in suite["meta"]]
    if all(aims == aim_keys(form.table("project")) for aims in built_for):
        return suites
    return build(form, suites)


def dump(suite: Mapping[str, Any]) -> str:
    """A suite as it stands in its file: an entry a line, so that a change of one rule is a change of one line."""
    entries = ",\n".join("    " + _json(entry) for entry in suite["expectations"])
    head, meta = _json(suite["name"]), _json(suite["meta"])
    return f'{{\n  "name": {head},\n  "expectations": [\n{entries}\n  ],\n  "meta": {meta}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(suite: Mapping[str, Any]) -> list[Entry]:
    return [entry for entry in suite.get("expectations", ()) if entry["meta"]["origin"] == "written"]


def _suite_meta(name: str, suite: Mapping[str, Any], form: Form) -> Entry:
    meta = dict(suite.get("meta", {"version": FIRST_VERSION}))
    if name in SUITES:
        meta["table"] = SUITES[name]
    if "aims" in meta:
        meta["aims"] = list(aim_keys(form.table("project")))
    return meta


def _cover(form: Form) -> Iterator[Entry]:
    for column in form.cover:
        if column.key in {"kind", "version"}:
            allowed = list(column.choices) or [column.example]
            yield _entry("F07", COVER, column, "blank", *_not_null(column.key))
            yield _entry("F07", COVER, column, "unknown", *_in_set(column.key, allowed))


def _table(table: Table) -> Iterator[Entry]:
    for column in table.columns:
        if column.kind is not Kind.IGNORED:
            yield from _column(table.key, column)


def _column(table: str, column: Column) -> Iterator[Entry]:
    key = column.key
    if column.presence is Presence.REQUIRED:
        yield _entry("R01", table, column, "", *_not_null(f"{key}__text"))
    if column.kind is Kind.CHOICE:
        yield _entry("R02", table, column, "choice", *_in_set(key, _choices(column)))
    else:
        yield _entry("R03", table, column, "unreadable", *_null(f"{key}__unread"))
    if column.kind in NUMBER_KINDS and (column.low is not None or column.high is not None):
        yield _entry("R04", table, column, "range", *_between(key, column.low, column.high))
    if column.longest is not None:
        kwargs = {"column": key, "max_value": column.longest}
        yield _entry("R12", table, column, "length", "expect_column_value_lengths_to_be_between", kwargs)
    yield _entry("R12", table, column, "control", *_null(f"{key}__control"))
    if column.until_cutoff:
        yield _entry("R08", table, column, "late", *_at_least("cutoff", key))
    if key == COMPOUND_ID:
        yield from _compound_id(table, column)


def _compound_id(table: str, column: Column) -> Iterator[Entry]:
    key, equal = column.key, "expect_column_pair_values_to_be_equal"
    yield _entry("R05", table, column, "form", *_regex(key, "^.+-[0-9]{3}$"))
    yield _entry("R05", table, column, "office", *_pair(equal, f"{key}__office", "office"))
    unique = "expect_compound_columns_to_be_unique"
    kwargs = {"column_list": [RETURN_ID, key], "ignore_row_if": IGNORE_MISSING[unique]}
    yield _entry("R06", table, column, "", unique, kwargs)


def _steps_back(table: Table) -> Iterator[Entry]:
    for column in table.columns:
        if order_of(column):
            entry = _entry("C01", table.key, column, "", *_at_least(f"{column.key}__rank", f"{column.key}__last_rank"))
            entry["meta"]["columns"] = [column.key, COMPOUND_ID]
            entry["meta"]["table"] = table.key
            yield entry


def _entry(code: str, table: str, column: Column, variant: str, kind: str, kwargs: Entry) -> Entry:
    """One generated entry; a fault of class A in a column that decides nothing is C11 (returns.md, "Findings")."""
    lenient = code[0] == "R" and not column.strict
    said = "C11" if lenient else code
    meta: Entry = {
        "rule": ".".join(part for part in (said, table, column.key, variant) if part),
        "code": said,
        "class": class_of(said).value,
        "columns": [column.key],
        "origin": "form",
    }
    if lenient and column.key in PARTNERS:
        meta["drops"] = [column.key, PARTNERS[column.key]]
    description = f"{WORDINGS[code].title}：{column.header}"
    return {
        "type": kind,
        "kwargs": kwargs,
        "meta": meta,
        "severity": SEVERITY[meta["class"]],
        "description": description,
    }


def _choices(column: Column) -> object:
    parameter = PARAMETER_OF.get(column.key)
    return {"$PARAMETER": parameter} if parameter else list(column.choices)


def _not_null(column: str) -> tuple[str, Entry]:
    return "expect_column_values_to_not_be_null", {"column": column}


def _null(column: str) -> tuple[str, Entry]:
    return "expect_column_values_to_be_null", {"column": column}


def _in_set(column: str, allowed: object) -> tuple[str, Entry]:
    return "expect_column_values_to_be_in_set", {"column": column, "value_set": allowed}


def _between(column: str, low: int | None, high: int | None) -> tuple[str, Entry]:
    bounds = {name: bound for name, bound in (("min_value", low), ("max_value", high)) if bound is not None}
    return "expect_column_values_to_be_between", {"column": column, **bounds}


def _regex(column: str, regex: str) -> tuple[str, Entry]:
    return "expect_column_values_to_match_regex", {"column": column, "regex": regex}


def _pair(kind: str, first: str, second: str) -> tuple[str, Entry]:
    return kind, {"column_A": first, "column_B": second, "ignore_row_if": IGNORE_MISSING[kind]}


def _at_least(first: str, second: str) -> tuple[str, Entry]:
    kind, kwargs = _pair("expect_column_pair_values_a_to_be_greater_than_b", first, second)
    return kind, {**kwargs, "or_equal": True}
