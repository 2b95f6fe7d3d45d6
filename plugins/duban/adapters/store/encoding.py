"""Between the core's types and PostgreSQL's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Row

from duban.core.checked import CheckedRow, Value, Verdict
from duban.core.compound import Compound
from duban.core.returns import Kind, declare_form

COMPOUND_COLUMNS = tuple(field.name for field in fields(Compound))
_COLUMNS_OF = attrgetter(*COMPOUND_COLUMNS)  # astuple copies, at ten times the cost
NUL = "\x00"
BETWEEN_AIMS = "\x1f"
"""As the statements that read states put them together."""


def storable(text: str) -> str:
    """`text` as PostgreSQL can hold it: NUL and lone surrogates, which its text cannot carry, become U+FFFD."""
    if text.isprintable():  # neither of them is
        return text
    return text.replace(NUL, "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_or_none(text: str | None) -> str | None:
    return None if text is None else storable(text)


class RowCodec:
    """Typed cells to JSON and back. JSON has neither dates nor decimals: the form's declaration says what a text is."""

    def __init__(self, aims: Sequence[str]) -> None:
        form = declare_form(tuple((aim, aim) for aim in aims), ())
        self._parsers = {
            table.key: {column.key: _PARSERS[column.kind] for column in table.columns if column.kind in _PARSERS}
            for table in form.tables
        }

    def encode(self, row: CheckedRow) -> str:
        """The cells of `row` as a JSON object."""
        with suppress(UnicodeEncodeError):  # a lone surrogate
            encoded = _ENCODE(row.values).decode()
            if encoded.isprintable() and _ESCAPED_NUL not in encoded:
                return encoded
        return _ENCODE(_storable(row.values)).decode()

    def as_stored(self, row: CheckedRow) -> CheckedRow:
        """`row` as it comes back from the store, without the way there."""
        if "".join([value for value in row.values.values() if isinstance(value, str)]).isprintable():
            return row
        return replace(row, values=_storable(row.values))

    def decode(self, table: str, cells: Mapping[str, str | int | None]) -> dict[str, Value]:
        """The cells of a stored row, typed as they were."""
        typed: dict[str, Value] = {**cells}
        for key, parse in self._parsers.get(table, {}).items():
            value = cells.get(key)
            if isinstance(value, str):
                typed[key] = parse(value)
        return typed

    def row(self, stored: Row[tuple[object, ...]]) -> CheckedRow:
        """A stored row as it was judged."""
        return CheckedRow(
            table=stored.table_key,
            row=stored.row,
            verdict=Verdict(stored.verdict),
            compound=stored.compound,
            values=self.decode(stored.table_key, stored.cells),
            reason=stored.reason,
        )


def _storable(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: storable(value) if isinstance(value, str) else value for key, value in values.items()}


_ENCODE = msgspec.json.Encoder().encode
"""A fifth of the time of json, with forms for dates and decimals: ISO 8601, and a text that keeps each digit."""
_ESCAPED_NUL = "\\u0000"


def _date(text: str) -> Value:
    """A date; a rejected row may hold what could not be read as one, which stays a text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _decimal(text: str) -> Value:
    """A decimal; as with dates, what could not be read stays a text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


_PARSERS: Mapping[Kind, Callable[[str], Value]] = {Kind.DATE: _date, Kind.DECIMAL: _decimal}


def compound_record(compound: Compound) -> tuple[object, ...]:
    """The columns of compound_state from `compound_id` on."""
    return tuple(_array(value) if isinstance(value, tuple) else value for value in _COLUMNS_OF(compound))


@lru_cache(maxsize=2**14)
def _array(texts: tuple[str, ...]) -> str:
    """Texts as PostgreSQL writes an array of them; the aims of most compounds stand like those of another."""
    listed = list(texts)
    return bytes(Transformer().get_dumper(listed, PyFormat.TEXT).dump(listed) or b"").decode()


@lru_cache(maxsize=2**14)
def compound_of(stored: tuple[Any, ...]) -> Compound:
    """A compound of its stored columns. One seen before is not made anew: from week to week most stay as they were."""
    values = dict(zip(COMPOUND_COLUMNS, stored, strict=True))
    counts = {key: None if values[key] is None else int(values[key]) for key in ("buildings", "households")}
    aims = () if values["aims"] is None else tuple(values["aims"].split(BETWEEN_AIMS))
    return Compound(**{**values, **counts, "aims": aims})


def states_of(stored: Iterable[Row[tuple[Any, ...]]]) -> dict[str, dict[str, Compound]]:
    """What select_compounds and its like tell, as the core knows it: by office, its compounds by 小区编号."""
    states: dict[str, dict[str, Compound]] = defaultdict(dict)
    for row in stored:
        compound = compound_of(tuple(row)[1:])
        states[row.office][compound.compound_id] = compound
    return dict(states)


def states_at(stored: Iterable[Row[tuple[Any, ...]]], instants: int) -> list[dict[str, Compound]]:
    """What select_office_states tells of so many instants: the state at each, its compounds by 小区编号."""
    states: list[dict[str, Compound]] = [{} for _ in range(instants)]
    for row in stored:
        compound = compound_of(tuple(row)[:-1])
        for place in row.places:
            states[place - 1][compound.compound_id] = compound
    return states
