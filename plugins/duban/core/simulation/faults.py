"""Faults put into simulated returns on purpose, each with the one finding that a correct reader has for it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from duban.core.checked import Value
from duban.core.compound import DELIBERATED, DONE, FILED, NOT_CONCERNED
from duban.core.returns import Form, ReturnKind, Table
from duban.core.simulation import words
from duban.core.simulation.district import Row
from duban.core.simulation.files import Content, Planted

WORK, PROJECT = "work", "project"
_NO_SUCH_NUMBER = 900


@dataclass(frozen=True, slots=True)
class Situation:
    """What a fault must know: whose return it is, on which cut-off day, and the other offices (code and name)."""

    form: Form
    office: str
    cutoff_day: date
    others: tuple[tuple[str, str], ...]
    project_required: bool


# ── of the whole file ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A content spoilt as a whole; `truncated` leaves only half of the file."""

    code: str
    content: Content
    truncated: bool = False


def spoil_file(rng: Random, content: Content, situation: Situation) -> FaultyFile:
    """`content` with one of the faults of a whole file."""
    return rng.choice(_FILE_FAULTS)(rng, content, situation)


def _damaged(_rng: Random, content: Content, _situation: Situation) -> FaultyFile:
    return FaultyFile("F01", content, truncated=True)


def _sheet_missing(_rng: Random, content: Content, situation: Situation) -> FaultyFile:
    gone = PROJECT if situation.project_required else WORK
    tables = {key: rows for key, rows in content.tables.items() if key != gone}
    return FaultyFile("F02", replace(content, tables=tables))


def _column_missing(rng: Random, content: Content, _situation: Situation) -> FaultyFile:
    gone = rng.choice(("households", "community", "management", "grid_officer"))
    return FaultyFile("F03", replace(content, left_out=content.left_out | {(WORK, gone)}))


def _office_blank(_rng: Random, content: Content, _situation: Situation) -> FaultyFile:
    return FaultyFile("F04", _with_cover(content, office=None))


def _week_without_year(_rng: Random, content: Content, situation: Situation) -> FaultyFile:
    day = situation.cutoff_day
    return FaultyFile("F05", _with_cover(content, week=words.NO_YEAR.format(month=day.month, day=day.day)))


def _office_of_others(rng: Random, content: Content, situation: Situation) -> FaultyFile:
    if not situation.others:
        return _office_blank(rng, content, situation)
    _, name = rng.choice(situation.others)
    return FaultyFile("F06", _with_cover(content, office=name))


def _kind_unknown(_rng: Random, content: Content, _situation: Situation) -> FaultyFile:
    return FaultyFile("F07", _with_cover(content, kind=words.NO_RETURN_KIND))


def _no_rows(_rng: Random, content: Content, _situation: Situation) -> FaultyFile:
    tables = {key: () for key in content.tables if key in (WORK, PROJECT)}
    return FaultyFile("F09", replace(_with_cover(content, kind=ReturnKind.NORMAL.value), tables=tables))


def _with_cover(content: Content, **values: Value) -> Content:
    return replace(content, cover={**content.cover, **values})


_FILE_FAULTS: tuple[Callable[[Random, Content, Situation], FaultyFile], ...] = (
    _damaged, _sheet_missing, _sheet_missing, _column_missing, _column_missing, _office_blank, _week_without_year,
    _office_of_others, _kind_unknown, _no_rows,
)  # fmt: skip

# ── of one row ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _RowFault:
    """A fault of one row: its table, code and column, what the spoilt row differs in, and for which rows it works."""

    table: str
    code: str
    column: str
    change: Callable[[Row, Situation], Mapping[str, Value]]
    suits: Callable[[Row], bool] = lambda _row: True


def _aim_keys(row: Row) -> list[str]:
    return [key for key in row if key.startswith("aim_")]


def _unfinished(row: Row) -> bool:
    return row["accepted_on"] is None and any(row[key] not in (DONE, NOT_CONCERNED) for key in _aim_keys(row))


def _id_of_another_office(row: Row, situation: Situation) -> Mapping[str, Value]:
    own, _, number = str(row["compound_id"]).rpartition("-")
    others = [code for code, _ in situation.others] or [own * 2]
    return {"compound_id": f"{others[0]}-{number}"}


def _after_cutoff(column: str) -> Callable[[Row, Situation], Mapping[str, Value]]:
    return lambda _row, situation: {column: situation.cutoff_day + timedelta(days=40)}


_ROW_FAULTS = (
    _RowFault(WORK, "R01", "grid_officer", lambda _r, _s: {"grid_officer": None}),
    _RowFault(WORK, "R01", "community", lambda _r, _s: {"community": None}),
    _RowFault(WORK, "R02", "kind", lambda _r, _s: {"kind": words.NO_KIND}),
    _RowFault(WORK, "R03", "households", lambda _r, _s: {"households": words.NO_NUMBER}),
    _RowFault(WORK, "R04", "buildings", lambda _r, _s: {"buildings": 0}),
    _RowFault(WORK, "R05", "compound_id", _id_of_another_office),
    _RowFault(WORK, "R12", "name", lambda row, _s: {"name": f"{row['name']}{words.LONG_NAME}"}),
    _RowFault(PROJECT, "R02", "aim", lambda row, _s: {_aim_keys(row)[-1]: words.NO_AIM_STATE}, _unfinished),
    _RowFault(PROJECT, "R08", "deliberated_on", _after_cutoff("deliberated_on"), lambda r: r["scheme"] == DELIBERATED),
    _RowFault(PROJECT, "R08", "filed_on", _after_cutoff("filed_on"), lambda r: r["committee_stage"] == FILED),
    _RowFault(PROJECT, "R09", "accepted_on", lambda _r, s: {"accepted_on": s.cutoff_day}, _unfinished),
    _RowFault(PROJECT, "R10", "filed_on", lambda _r, _s: {"committee_stage": FILED, "filed_on": None}),
    _RowFault(PROJECT, "R11", "deliberated_on", lambda _r, _s: {"scheme": DELIBERATED, "deliberated_on": None}),
)


@dataclass(frozen=True, slots=True)
class FaultyRows:
    """A content with faults in some rows: what was planted, and which rows (table, 小区编号 as written) are lost."""

    content: Content
    planted: tuple[Planted, ...]
    rejected: frozenset[tuple[str, str]]


def spoil_rows(rng: Random, content: Content, situation: Situation, count: int) -> FaultyRows:
    """`content` with `count` faults, each in the row of another compound (fewer where nothing suits)."""
    tables = {key: list(rows) for key, rows in content.tables.items()}
    planted: list[Planted] = []
    rejected: set[tuple[str, str]] = set()
    spoilt: set[str] = set()
    for _ in range(count):
        candidates = list(_candidates(tables, spoilt))
        if rng.random() < _SHARE_OF_ROWS_TOO_MANY:
            planted.append(_add_row_too_many(rng, tables, spoilt, situation, rejected))
        elif candidates:
            fault, place = rng.choice(candidates)
            planted.append(_spoil_row(fault, tables[fault.table], place, situation, spoilt, rejected))
    return FaultyRows(
        replace(content, tables={key: tuple(rows) for key, rows in tables.items()}), tuple(planted), frozenset(rejected)
    )


_SHARE_OF_ROWS_TOO_MANY = 0.15


def _candidates(tables: Mapping[str, Sequence[Row]], spoilt: Collection[str]) -> Iterator[tuple[_RowFault, int]]:
    for fault in _ROW_FAULTS:
        for place, row in enumerate(tables.get(fault.table, ())):
            if str(row["compound_id"]) not in spoilt and fault.suits(row):
                yield fault, place


def _spoil_row(
    fault: _RowFault,
    rows: list[Row],
    place: int,
    situation: Situation,
    spoilt: set[str],
    rejected: set[tuple[str, str]],
) -> Planted:
    own = str(rows[place]["compound_id"])
    rows[place] = {**rows[place], **fault.change(rows[place], situation)}
    written = str(rows[place]["compound_id"])
    spoilt |= {own, written}
    rejected |= {(fault.table, written), (PROJECT, own)}
    table = situation.form.table(fault.table)
    column = _aim_keys(rows[place])[-1] if fault.column == "aim" else fault.column
    return Planted(fault.code, table.sheet, written, table.column(column).header)


def _add_row_too_many(
    rng: Random,
    tables: Mapping[str, list[Row]],
    spoilt: set[str],
    situation: Situation,
    rejected: set[tuple[str, str]],
) -> Planted:
    """A compound that stands twice in the ledger (R06), or one that only the project ledger knows (R07)."""
    table: Table = situation.form.table(WORK)
    free = [row for row in tables[WORK] if row["compound_id"] not in spoilt]
    if tables.get(PROJECT) and (rng.random() < 0.5 or not free):
        stranger = f"{situation.office}-{_NO_SUCH_NUMBER + len(spoilt)}"
        tables[PROJECT].append({**tables[PROJECT][0], "compound_id": stranger, "name": stranger})
        rejected.add((PROJECT, stranger))
        table = situation.form.table(PROJECT)
    else:
        row = rng.choice(free)
        stranger = str(row["compound_id"])
        tables[WORK].append(row)
        rejected |= {(WORK, stranger), (PROJECT, stranger)}
    spoilt.add(stranger)
    return Planted("R06" if table.key == WORK else "R07", table.sheet, stranger, table.column("compound_id").header)
