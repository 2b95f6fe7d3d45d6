"""Counting compounds: of one office at one instant, or summed for the district (domain.md §5)."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from duban.core.compound import Compound
from duban.core.site_checks import NOTHING_REFUTED, Refuted


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


@dataclass(frozen=True, slots=True)
class Members:
    """The compounds behind each count of a Tally, under its name."""

    known: frozenset[str]
    pending: frozenset[str]
    formed: frozenset[str]
    preexisting: frozenset[str]
    improved: frozenset[str]
    drafted: frozenset[str]
    deliberated: frozenset[str]
    base: frozenset[str]
    committee_base: frozenset[str]
    committees_done: frozenset[str]
    improvements_done: frozenset[str]


def members(
    compounds: Mapping[str, Compound],
    base: Set[str],
    unsuited: Set[str],
    start: date,
    today: date,
    refuted: Refuted = NOTHING_REFUTED,
) -> Members:
    """Who is counted in one office's folded state: dates from `start` (the plan's) to `today`, but for `refuted`."""
    known = compounds.values()
    pending = frozenset(c.compound_id for c in known if c.pending)
    formed = frozenset(c.compound_id for c in known if c.committee_formed(start, today)) - refuted.committees
    preexisting = frozenset(c.compound_id for c in known if c.committee_preexisting(start))
    improved = frozenset(c.compound_id for c in known if c.improved(today)) - refuted.improvements
    committee_base = frozenset(base) - preexisting - unsuited
    return Members(
        known=frozenset(compounds) - pending,
        pending=pending,
        formed=formed,
        preexisting=preexisting,
        improved=improved,
        drafted=frozenset(c.compound_id for c in known if c.scheme_drafted),
        deliberated=frozenset(c.compound_id for c in known if c.deliberated(today)),
        base=frozenset(base),
        committee_base=committee_base,
        committees_done=formed & committee_base,
        improvements_done=improved & base,
    )


def tally(
    compounds: Mapping[str, Compound],
    base: Set[str],
    unsuited: Set[str],
    start: date,
    today: date,
    refuted: Refuted = NOTHING_REFUTED,
) -> Tally:
    """The counts of one office's folded state: how many `members` there are of each kind."""
    return Tally(*map(len, EVERY_COUNT(members(compounds, base, unsuited, start, today, refuted))))


def total(tallies: Iterable[Tally]) -> Tally:
    """The district's counts: the offices' sums."""
    return Tally(*map(sum, zip(*map(EVERY_COUNT, tallies), strict=True)))
