"""The ranking 排名: by overall rate, then by the sum done; ties share the rank (domain.md §5)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from duban.core.assessment import Progress


def ranked(offices: Sequence[Progress]) -> tuple[Progress, ...]:
    """The offices in the same order, each with its rank; one without a task (no overall rate) has none.

    Two offices tied for second are both 2 (`rank_shared`, 并列第2名), the next is 4.
    """
    merits = sorted(merit for office in offices if (merit := _merit(office)) is not None)
    return tuple(_placed(office, merits) for office in offices)


def _merit(office: Progress) -> tuple[Fraction, int] | None:
    if office.overall_rate is None:
        return None
    return office.overall_rate, office.committees.done + office.improvements.done


def _placed(office: Progress, merits: Sequence[tuple[Fraction, int]]) -> Progress:
    merit = _merit(office)
    if merit is None:
        return office
    first, after = bisect_left(merits, merit), bisect_right(merits, merit)
    return replace(office, rank=len(merits) - after + 1, rank_shared=after - first > 1)
