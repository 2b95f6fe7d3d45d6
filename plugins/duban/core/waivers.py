"""Waivers 豁免: the bureau lifts a rule for one compound until a date (domain.md §5; decision).

A waiver holds for what is received while it is in force. A later one on the same rule and compound replaces it, so that
one is ended by deciding again with a date that has passed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.findings import class_of
from duban.core.messages import WORDINGS
from duban.core.weeks import ZONE

COMMITTEE = "committee"
"""暂不具备成立条件: the compound leaves the numerator and the denominator of committees."""

# What the office would have to say about such a compound, the bureau has said.
_LIFTED_WITH = {COMMITTEE: ("B06",)}
# Of class A, what is readable and may yet be true of one compound. What cannot be read, has no compound, or speaks of a
# day that has not come, no decision makes usable; nor is C11, which drops a cell and keeps the row.
_CLASS_A = frozenset({"R04", "R09", "R10", "R11"})
_NEVER = frozenset({"C05", "C09", "C11"})

Lifted = Mapping[tuple[str, str], "Waiver"]


@dataclass(frozen=True, slots=True)
class Waiver:
    """One decision: `rule` is a finding's code or COMMITTEE; `until` is the last day on which it holds."""

    rule: str
    compound: str
    until: date
    reason: str
    by: str
    decided_at: datetime


def waivable() -> tuple[str, ...]:
    """What may be waived: COMMITTEE, every B and C code that speaks of a compound, and a few of class A."""
    codes = (code for code in WORDINGS if code in _CLASS_A or (class_of(code) in {"B", "C"} and code not in _NEVER))
    return (COMMITTEE, *codes)


def lifted(waivers: Iterable[Waiver]) -> Lifted:
    """The waivers in force by code and compound, what they bring with them included."""
    found: dict[tuple[str, str], Waiver] = {}
    for waiver in waivers:
        for code in (waiver.rule, *_LIFTED_WITH.get(waiver.rule, ())):
            found.setdefault((code, waiver.compound), waiver)
    return found


def in_force(waivers: Iterable[Waiver], at: datetime) -> list[Waiver]:
    """Of the waivers known (oldest first) those decided by `at` that hold on its day, by compound and rule."""
    latest = {(waiver.compound, waiver.rule): waiver for waiver in waivers if waiver.decided_at <= at}
    day = at.astimezone(ZONE).date()
    return [latest[place] for place in sorted(latest) if latest[place].until >= day]


def unsuited(waivers: Iterable[Waiver], day: date) -> frozenset[str]:
    """The compounds that the bureau records as 暂不具备成立条件 on `day`, by its decisions, oldest first."""
    latest = {waiver.compound: waiver for waiver in waivers if waiver.rule == COMMITTEE}
    return frozenset(compound for compound, waiver in latest.items() if waiver.until >= day)
