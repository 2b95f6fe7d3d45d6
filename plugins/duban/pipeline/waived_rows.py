"""The waivers in force, as the weekly report lists them (issue 3, item 8)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from duban.core.compound import Compound
from duban.core.messages import waived_title
from duban.core.plan import Plan
from duban.core.waivers import Waiver
from duban.core.wording import date_text
from duban.pipeline.figures import Row

InForce = Callable[[datetime], Sequence[Waiver]]
"""The waivers known and in force at an instant."""


def waived_rows(plan: Plan, waivers: Sequence[Waiver], state: Mapping[str, Mapping[str, Compound]]) -> list[Row]:
    """One row a waiver, in the order of the plan's offices, then by 小区编号."""
    rows: list[Row] = []
    for office in plan.offices:
        known = state.get(office.code, {})
        mine = sorted((w for w in waivers if w.compound.rpartition("-")[0] == office.code), key=_place)
        rows += [{"office": office.name} | _row(waiver, known.get(waiver.compound)) for waiver in mine]
    return rows


def _place(waiver: Waiver) -> tuple[str, str]:
    return waiver.compound, waiver.rule


def _row(waiver: Waiver, compound: Compound | None) -> Row:
    name = compound.name if compound and compound.name else ""
    return {
        "compound": f"{waiver.compound} {name}".strip(),
        "matter": waived_title(waiver.rule),
        "until": date_text(waiver.until),
        "reason": waiver.reason,
        "by": waiver.by,
    }


def quoted_of(rows: Sequence[Row]) -> Iterator[str]:
    """What the rows take over from outside: names, reasons, codes of rules."""
    for row in rows:
        yield from (str(row[key]) for key in ("compound", "matter", "reason", "by"))
