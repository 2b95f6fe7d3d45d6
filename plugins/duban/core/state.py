"""The state of a compound at an instant (returns.md, last section): the fold over an office's returns."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from duban.core.checked import CheckedReturn, CheckedRow, Status, Value, Verdict
from duban.core.compound import Compound
from duban.core.returns import NUMBER, WORK

PROJECT = "project"


@dataclass(frozen=True, slots=True)
class DatedReturn:
    """A judged return with its time of receipt and its path in the inbox; duplicates (F10) are none."""

    path: str
    received_at: datetime
    checked: CheckedReturn


def fold(before: Mapping[str, Compound], rows: Sequence[CheckedRow], aims: Sequence[str]) -> dict[str, Compound]:
    """The state after one return: `before` with every accepted row of `rows` set; `aims` are the aims' keys in order.

    An accepted row of 工作台账 sets the compound's ledger half, one of 项目台账 its project half. A rejected or missing
    row leaves what stood; a rejected row of 工作台账 whose 小区编号 is valid, unique and new makes the compound known
    as 数据待补 (`pending`), until an accepted row comes.
    """
    state = dict(before)
    for row in rows:
        if row.table == WORK.key and row.compound is not None:
            _set_ledger_half(state, row.compound, row)
    for row in rows:
        # A project row needs a ledger row in its own workbook (R07), so its compound is known by now.
        if row.table == PROJECT and row.verdict is Verdict.ACCEPTED and row.compound in state:
            state[row.compound] = _with_project_half(state[row.compound], row.values, aims)
    return state


def _set_ledger_half(state: dict[str, Compound], compound_id: str, row: CheckedRow) -> None:
    known = state.get(compound_id)
    if row.verdict is Verdict.ACCEPTED:
        state[compound_id] = _with_ledger_half(known, compound_id, row.values)
    elif row.verdict is Verdict.REJECTED and known is None:
        state[compound_id] = replace(_with_ledger_half(None, compound_id, row.values), pending=True)


def _with_ledger_half(known: Compound | None, compound_id: str, values: Mapping[str, Value]) -> Compound:
    ledger = Compound(
        compound_id=compound_id,
        pending=False,
        name=_text(values, "name"),
        community=_text(values, "community"),
        kind=_text(values, "kind"),
        buildings=_integer(values, "buildings"),
        households=_integer(values, "households"),
        planned_year=_text(values, "planned_year"),
    )
    if known is None:
        return ledger
    return replace(
        ledger,
        scheme=known.scheme,
        deliberated_on=known.deliberated_on,
        aims=known.aims,
        accepted_on=known.accepted_on,
        committee_stage=known.committee_stage,
        filed_on=known.filed_on,
        project_digest=known.project_digest,
    )


def _with_project_half(known: Compound, values: Mapping[str, Value], aims: Sequence[str]) -> Compound:
    return replace(
        known,
        scheme=_text(values, "scheme"),
        deliberated_on=_date(values, "deliberated_on"),
        aims=tuple(_text(values, aim) or "" for aim in aims),
        accepted_on=_date(values, "accepted_on"),
        committee_stage=_text(values, "committee_stage"),
        filed_on=_date(values, "filed_on"),
        project_digest=digest(values),
    )


def digest(values: Mapping[str, Value]) -> str:
    """The sha-256 (hex) over a row's values, however its columns stand and its numbers are written; 序号 is none."""
    canonical = {key: _canonical(value) for key, value in values.items() if key != NUMBER.key and value is not None}
    return hashlib.sha256(_ENCODE(canonical).encode()).hexdigest()


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _canonical(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _text(values: Mapping[str, Value], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def _integer(values: Mapping[str, Value], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) else None


def _date(values: Mapping[str, Value], key: str) -> date | None:
    value = values.get(key)
    return value if isinstance(value, date) else None


def fold_season(returns: Iterable[DatedReturn], as_of: datetime, aims: Sequence[str]) -> dict[str, dict[str, Compound]]:
    """The state of every office at `as_of`, from all its returns at once: the definition, word for word.

    It is what the ledger's incremental state is measured against.
    """
    state: dict[str, dict[str, Compound]] = {}
    chosen = _last_of_each_week(returns, as_of)
    for office, week in sorted(chosen):
        state[office] = fold(state.get(office, {}), chosen[office, week].checked.rows, aims)
    return state


def _last_of_each_week(returns: Iterable[DatedReturn], as_of: datetime) -> dict[tuple[str, str], DatedReturn]:
    """Of each office and week the return received last; equal times of receipt by path."""
    chosen: dict[tuple[str, str], DatedReturn] = {}
    for dated in sorted(returns, key=lambda dated: (dated.received_at, dated.path)):
        office, week = dated.checked.office, dated.checked.week
        if dated.received_at <= as_of and dated.checked.status is not Status.RETURNED and office and week:
            chosen[office, week] = dated
    return chosen
