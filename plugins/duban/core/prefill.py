"""The pre-filled blank: what an office last had accepted, so that a clerk types only what changed (returns.md).

Unchanged it is read back without a finding, but for rows that were refused and never accepted: what was refused of them
stands empty and red, so that a blank never ends a correction by leaving it out.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from duban.core.baseline import in_scope
from duban.core.checked import CheckedRow, Value, Verdict
from duban.core.compound import Compound
from duban.core.gate.executor import Gate
from duban.core.gate.frame import LOOKS_BACK
from duban.core.gate.reasons import StandingReason
from duban.core.plan import Evidence, Plan
from duban.core.returns import SCHEMES, WORK, Form, Kind, Presence, Table
from duban.core.rules import Rule
from duban.core.state_evidence import planned_by

COMPOUND_ID = "compound_id"
PROJECT = "project"
SCHEME = "scheme"
# A finding of C11 drops its cell.
DROPPED = "C11"

Values = Mapping[str, Value]
Rows = Sequence[Values]
Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Overdue:
    """A column in which these compounds should by now have one of the choices `met_by`."""

    table: str
    column: str
    met_by: tuple[str, ...]
    compounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What stands in a blank: the form with the columns that it offers, rows by table, and what is to be seen of them:
    by table and 小区编号 the columns that were refused, and what is overdue.
    """

    form: Form
    tables: Mapping[str, Rows] = field(default_factory=dict)
    refused: Mapping[Place, Set[str]] = field(default_factory=dict)
    overdue: tuple[Overdue, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an office: its compounds; by table and 小区编号 the last row, and for which columns one was
    refused; the reasons that stand.
    """

    compounds: Mapping[str, Compound]
    rows: Mapping[Place, CheckedRow]
    refused: Mapping[Place, Set[str]]
    reasons: Sequence[StandingReason]


def prefill(form: Form, gate: Gate, known: Known) -> Prefilled:
    """The blank of an office of which this is known."""
    rows: dict[str, Rows] = {table: _rows(known, table) for table in (WORK.key, PROJECT)}
    offered = replace(form, tables=tuple(_offered(table, rows.get(table.key, ()), gate) for table in form.tables))
    reasons = list(_reasons(known, offered, gate))
    return Prefilled(offered, {**rows, form.reasons.key: reasons}, known.refused)


def _rows(known: Known, table: str) -> Rows:
    """The last row of every compound, by 小区编号; of a rejected one without the cells that it was refused for."""
    places = [(table, key) for key in sorted(known.compounds) if (table, key) in known.rows]
    return [
        {key: None if key in known.refused.get(place, ()) else value for key, value in known.rows[place].values.items()}
        for place in places
    ]


def _offered(table: Table, rows: Rows, gate: Gate) -> Table:
    """The table without the optional columns that the office does not use and that the rules ask about once there.

    Offered and left blank they would be a finding on every row (C08, C10).
    """
    asked = gate.frame_columns(table.key)

    def offers(key: str) -> bool:
        return not rows or f"{key}__there" not in asked or any(row.get(key) is not None for row in rows)

    kept = (c for c in table.columns if c.presence is not Presence.OPTIONAL or c.kind is Kind.IGNORED or offers(c.key))
    return replace(table, columns=tuple(kept))


def _reasons(known: Known, offered: Form, gate: Gate) -> Iterator[Values]:
    """The reasons that answer a finding of the blank: on a row that was accepted as it stands there."""
    lasting = {(rule.table, rule.code) for rule in gate.rules if _lasts(rule, offered)}
    told: set[tuple[str, str | None]] = set()
    for reason in known.reasons:
        key, row = (reason.code, reason.compound), known.rows.get((reason.table or "", reason.compound))
        stands = row is not None and row.verdict is Verdict.ACCEPTED and (reason.table, reason.code) in lasting
        if stands and key not in told:
            told.add(key)
            yield {"code": reason.code, COMPOUND_ID: reason.compound, "reason": reason.reason}


def _lasts(rule: Rule, offered: Form) -> bool:
    """Whether a rule finds the same of the same row again: its cell is kept and offered, and it does not look back at a
    change, which is over.
    """
    looks_back = any(name.partition("__")[2] in LOOKS_BACK for name in rule.frame_columns)
    keys = {column.key for table in offered.tables if table.key == rule.table for column in table.columns}
    return rule.code != DROPPED and not looks_back and rule.marked in keys


_REACHED: Mapping[Evidence, tuple[str, ...]] = {
    Evidence.SCHEMES_DRAFTED: SCHEMES[1:],
    Evidence.SCHEMES_DELIBERATED: SCHEMES[-1:],
}


def overdue(plan: Plan, compounds: Mapping[str, Compound], today: date) -> tuple[Overdue, ...]:
    """What every compound in scope should have reached by a date that has passed (domain.md §4: S3a, S3b)."""
    concerned = in_scope(compounds, plan.kinds_in_scope)
    late = [rule for rule in plan.obligations if rule.evidence in _REACHED and rule.due and rule.due < today]
    found = []
    for rule in late:
        year = rule.year or (rule.due.year if rule.due else today.year)
        planned = frozenset(key for key in concerned if planned_by(compounds[key], year))
        found.append(Overdue(PROJECT, SCHEME, _REACHED[rule.evidence], planned))
    return tuple(found)
