"""The plain values of a frame: how a cell's value, an ordered choice and a last accepted value become one."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import inf
from operator import attrgetter

from duban.core.checked import Value
from duban.core.cleaning import fold_choice
from duban.core.compound import Compound
from duban.core.returns import AIM_STATES, SCHEMES, STAGES, Column, Table
from duban.core.tables import Cell

Scalar = str | float | None
Values = list[Scalar]

ORDERS = {"scheme": SCHEMES, "committee_stage": STAGES}
AIM_ORDER = AIM_STATES[:3]


def aim_keys(table: Table) -> tuple[str, ...]:
    """The keys of the plan's aims, in the plan's order."""
    return tuple(column.key for column in table.columns if column.choices == AIM_STATES)


def order_of(column: Column) -> tuple[str, ...]:
    """The choices of an ordered column from the lowest on; empty when it has no order."""
    return AIM_ORDER if column.choices == AIM_STATES else ORDERS.get(column.key, ())


def scalar(value: Value) -> Scalar:
    """A value as the frame holds it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.toordinal()
    return _number(value)


def _number(value: int | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:  # a whole number beyond any float is beyond any bound too
        return inf if value > 0 else -inf


def written(cell: Cell | None) -> str | None:
    """What stands in a cell, None when it is blank."""
    return None if cell is None else cell.text or cell.fault


def folded(value: object) -> str | None:
    """A text as choices are compared; None for anything else."""
    return fold_choice(value) if isinstance(value, str) else None


def ranks(order: Sequence[str], values: Iterable[Scalar]) -> Values:
    """The place of each choice in its order; None for anything else."""
    places = {choice: place for place, choice in enumerate(order)}
    return [places.get(value) if isinstance(value, str) else None for value in values]


def last_value_of(table: Table, key: str) -> Callable[[Compound], Value]:
    """What tells of a compound the value that `key` had in its last accepted state."""
    aims = aim_keys(table)
    if key not in aims:
        return attrgetter(key)
    place = aims.index(key)
    return lambda compound: compound.aims[place] if place < len(compound.aims) else None


def difference(now: Scalar, before: Scalar) -> Scalar:
    """`now` − `before`; None where one is no number."""
    return now - before if isinstance(now, float) and isinstance(before, float) else None


def quotient(above: Scalar, below: Scalar) -> Scalar:
    """`above` ÷ `below`; None where one is no number, or nothing."""
    if isinstance(above, float) and isinstance(below, float) and below:
        return above / below
    return None
