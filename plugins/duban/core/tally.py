"""Counting compounds: of one office at one instant, or summed for the district (domain.md §5)."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from duban.core.compound import Compound


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of compounds. `known` have an accepted ledger row, `pending` are 数据待补.

    `base` is N; `committee_base` is N without 原有业委会 and compounds that the bureau records as 暂不具备成立条件.
    `committees_done` and `improvements_done` count within these two, the others among all that is known.
    """

    known: int = 0
    pending: int = 0
    formed: int = 0
    preexisting: int = 0
    improved: int = 0
    drafted: int = 0
    deliberated: int = 0
    base: int = 0
    committee_base: int = 0
    committees_done: int = 0
    improvements_done: int = 0


EVERY_COUNT = attrgetter(*(field.name for field in fields(Tally)))


def tally(compounds: Mapping[str, Compound], base: Set[str], unsuited: Set[str], start: date, today: date) -> Tally:
    """The counts of one office's folded state: dates from `start` (the plan's) to `today`."""
    known = compounds.values()
    formed = {c.compound_id for c in known if c.committee_formed(start, today)}
    preexisting = {c.compound_id for c in known if c.committee_preexisting(start)}
    improved = {c.compound_id for c in known if c.improved(today)}
    committee_base = base - preexisting - unsuited
    pending = sum(c.pending for c in known)
    return Tally(
        known=len(compounds) - pending,
        pending=pending,
        formed=len(formed),
        preexisting=len(preexisting),
        improved=len(improved),
        drafted=sum(c.scheme_drafted for c in known),
        deliberated=sum(c.deliberated(today) for c in known),
        base=len(base),
        committee_base=len(committee_base),
        committees_done=len(formed & committee_base),
        improvements_done=len(improved & base),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """The district's counts: the offices' sums."""
    return Tally(*map(sum, zip(*map(EVERY_COUNT, tallies), strict=True)))
