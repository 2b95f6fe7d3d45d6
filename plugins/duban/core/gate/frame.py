"""The frame: what a table's rules may look at, as columns of plain values. It never holds a verdict.

A column's name says what it holds; `<key>` is a column of the form:

    <key>             the typed value; text and choices as they stand, numbers as floats, dates as day numbers
    <key>__text       what stands in the cell, readable or not
    <key>__unread     what stands in the cell where no value of the column's kind could be read from it
    <key>__control    1 where a control character was dropped from the cell
    <key>__there      1 where the table has this column at all, else 0
    <key>__rank       the position of an ordered choice (提升方案, 业委会阶段, aims), counted from 0
    <key>__last       the value in the last accepted state of the compound
    <key>__last_rank  the position of that value
    <key>__folded     the value as choices are compared: without width and spaces
    <key>__last_folded    the value in the last accepted state, folded
    <key>__change     (this − last) ÷ last
    <key>__office     the part of a 小区编号 before its last hyphen
    <key>__work       the 小区编号 where it stands in 工作台账 of the same workbook
    office, cutoff, cutoff_year    of the return: code, day number, year
    households_per_building, aims_open, aims_done, aims_unconcerned    see FACTS

None stands for "nothing" everywhere; a rule says nothing about nothing unless it asks for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from duban.core.compound import DONE, NOT_CONCERNED, Compound
from duban.core.gate.frame_values import (
    AIM_ORDER,
    Scalar,
    Values,
    aim_keys,
    difference,
    folded,
    last_value_of,
    order_of,
    quotient,
    ranks,
    scalar,
    written,
)
from duban.core.returns import Kind, Table
from duban.core.tables import Cell, ReadTable

RETURN_COLUMNS = ("office", "cutoff", "cutoff_year")
AIMS = "aims"
# Suffixes of what is known of the last state.
LOOKS_BACK = frozenset({"last", "last_rank", "last_folded", "change"})
_TEXTS = frozenset({"text", "unread", "office", "work", "folded", "last_folded"})
_OF_CELLS = frozenset({"", "text", "unread", "control"})
_NUMBERS = frozenset({"control", "there", "rank", "last_rank", "change"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One table of one return. `rows` are the sheet's line numbers, `columns` lists of the same length.

    `texts` names the columns that hold texts; the others hold numbers.
    """

    rows: tuple[int, ...]
    columns: Mapping[str, Values]
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row is judged beside: the return's office and cut-off, its 工作台账, the last accepted state.

    `work_ids` is None when the workbook has no readable 工作台账, `last` when no last state was given. What is 数据待补
    in `last` was never accepted: it is known, but no value is compared with it.
    """

    office: str
    cutoff: date
    work_ids: frozenset[str] | None = None
    last: Mapping[str, Compound] | None = None


@dataclass(frozen=True, slots=True)
class _Builder:
    """Many columns of a frame look at the same cells; what is taken from them is kept, and never changed."""

    table: ReadTable
    around: Surroundings
    cells: dict[str, list[Cell | None]] = field(default_factory=dict)
    typed: dict[str, Values] = field(default_factory=dict)
    last: list[Compound | None] = field(default_factory=list)

    def of(self, key: str) -> list[Cell | None]:
        if key not in self.cells:
            self.cells[key] = [row.cells.get(key) for row in self.table.rows]
        return self.cells[key]

    def values(self, key: str) -> Values:
        if key not in self.typed:
            self.typed[key] = _values(self.of(key), self.table.table.column(key).kind)
        return self.typed[key]

    def column(self, name: str) -> Values:
        if name in RETURN_COLUMNS:
            return [_RETURN[name](self.around)] * len(self.table.rows)
        if name in FACTS:
            return FACTS[name].of(self)
        key, _, suffix = name.partition("__")
        if key not in self.table.columns and suffix in _OF_CELLS:
            return [None] * len(self.table.rows)
        return _SUFFIXES[suffix](self, key)

    def last_state(self) -> list[Compound | None]:
        if not self.last:
            known = {key: state for key, state in (self.around.last or {}).items() if not state.pending}
            self.last.extend(known.get(str(value)) for value in self.values("compound_id"))
        return self.last


def _values(cells: list[Cell | None], kind: Kind) -> Values:
    if kind is Kind.CHOICE:
        # What is none of the choices stays as it was written: R02 compares it with them.
        return [None if cell is None else _text_of(cell) or written(cell) for cell in cells]
    if kind is Kind.TEXT:
        return [None if cell is None else _text_of(cell) for cell in cells]
    return [None if cell is None else scalar(cell.value) for cell in cells]


def _text_of(cell: Cell) -> str | None:
    return cell.value if isinstance(cell.value, str) else None


def _typed(builder: _Builder, key: str) -> Values:
    return builder.values(key).copy()


def _text(builder: _Builder, key: str) -> Values:
    return [written(cell) for cell in builder.of(key)]


def _unread(builder: _Builder, key: str) -> Values:
    return [written(cell) if cell is not None and cell.value is None else None for cell in builder.of(key)]


def _control(builder: _Builder, key: str) -> Values:
    return [1.0 if cell is not None and cell.dirty else None for cell in builder.of(key)]


def _there(builder: _Builder, key: str) -> Values:
    return [float(key in builder.table.columns)] * len(builder.table.rows)


def _rank(builder: _Builder, key: str) -> Values:
    return ranks(order_of(builder.table.table.column(key)), builder.values(key))


def _last(builder: _Builder, key: str) -> Values:
    compounds = builder.last_state()
    if not any(compounds):
        return [None] * len(compounds)
    value_of = last_value_of(builder.table.table, key)
    return [None if compound is None else scalar(value_of(compound)) for compound in compounds]


def _last_rank(builder: _Builder, key: str) -> Values:
    return ranks(order_of(builder.table.table.column(key)), _last(builder, key))


def _folded(builder: _Builder, key: str) -> Values:
    return [folded(value) for value in builder.values(key)]


def _last_folded(builder: _Builder, key: str) -> Values:
    return [folded(value) for value in _last(builder, key)]


def _change(builder: _Builder, key: str) -> Values:
    pairs = zip(builder.values(key), _last(builder, key), strict=True)
    return [quotient(difference(now, before), before) for now, before in pairs]


def _office(builder: _Builder, key: str) -> Values:
    return [value.rpartition("-")[0] if isinstance(value, str) else None for value in builder.values(key)]


def _work(builder: _Builder, key: str) -> Values:
    known = builder.around.work_ids
    return [value if known is None or value in known else None for value in builder.values(key)]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure worked out from several cells of a row; `sources` are the columns it is made of.

    A fact on aims counts those that stand at one of its `states`.
    """

    sources: tuple[str, ...]
    of: Callable[[_Builder], Values]
    states: tuple[str, ...] = ()


def _households_per_building(builder: _Builder) -> Values:
    pairs = zip(builder.values("households"), builder.values("buildings"), strict=True)
    return [quotient(households, buildings) for households, buildings in pairs]


def _aims_at(*states: str) -> Fact:
    def count(builder: _Builder) -> Values:
        aims = [builder.values(key) for key in aim_keys(builder.table.table)]
        return [float(sum(value in states for value in row)) for row in zip(*aims, strict=True)]

    return Fact((AIMS,), count, states)


FACTS = {
    "households_per_building": Fact(("households", "buildings"), _households_per_building),
    "aims_open": _aims_at(*AIM_ORDER[:-1]),
    "aims_done": _aims_at(DONE),
    "aims_unconcerned": _aims_at(NOT_CONCERNED),
}
_SUFFIXES: dict[str, Callable[[_Builder, str], Values]] = {
    "": _typed,
    "text": _text,
    "unread": _unread,
    "control": _control,
    "there": _there,
    "rank": _rank,
    "last": _last,
    "last_rank": _last_rank,
    "folded": _folded,
    "last_folded": _last_folded,
    "change": _change,
    "office": _office,
    "work": _work,
}
_RETURN: dict[str, Callable[[Surroundings], Scalar]] = {
    "office": lambda around: around.office,
    "cutoff": lambda around: around.cutoff.toordinal(),
    "cutoff_year": lambda around: around.cutoff.year,
}


def sources(name: str) -> tuple[str, ...]:
    """The columns of the form that a frame column is made of; raises KeyError for a name with no meaning."""
    if name in RETURN_COLUMNS:
        return ()
    if name in FACTS:
        return FACTS[name].sources
    key, _, suffix = name.partition("__")
    if suffix not in _SUFFIXES:
        raise KeyError(name)
    # What is known of the last state was found by the row's 小区编号.
    return (key, "compound_id") if suffix in LOOKS_BACK or suffix == "work" else (key,)


def is_text(name: str, table: Table) -> bool:
    """Whether a frame column of this name holds texts."""
    if name in RETURN_COLUMNS or name in FACTS:
        return name == "office"
    key, _, suffix = name.partition("__")
    if suffix in _TEXTS or suffix in _NUMBERS:
        return suffix in _TEXTS
    return table.column(key).kind in (Kind.TEXT, Kind.CHOICE)


def build_frame(table: ReadTable, names: Iterable[str], around: Surroundings) -> Frame:
    """The frame of one table with the columns of these names and no others."""
    builder = _Builder(table, around)
    columns = {name: builder.column(name) for name in names}
    texts = frozenset(name for name in columns if is_text(name, table.table))
    return Frame(tuple(row.row for row in table.rows), columns, texts)
