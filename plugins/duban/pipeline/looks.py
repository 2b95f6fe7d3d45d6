"""Whether anybody looked around a deadline: without that, what came around it is 未判定 (domain.md §3)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from duban.core.assessment import ObligationStatus, State
from duban.core.deadlines import Deadline
from duban.core.weeks import end_of_day


class Looks(Protocol):
    """What is known of the listings of the offices' folders."""

    def undecided(self, deadlines: Collection[Deadline], as_of: datetime) -> frozenset[Deadline]:
        """Those deadlines with no completed listing in the `LOOKED_WITHIN` before them, and either none between them

        and `as_of`, or something that a listing since then showed and that may have come before or after.
        """
        ...


class EverythingLooked:
    """Plays Looks where no listings are kept: every deadline was watched."""

    def undecided(self, deadlines: Collection[Deadline], as_of: datetime) -> frozenset[Deadline]:  # noqa: ARG002 - port
        """None."""
        return frozenset()


EVERYTHING_LOOKED = EverythingLooked()


def marked(items: Sequence[ObligationStatus], looks: Looks, as_of: datetime) -> tuple[ObligationStatus, ...]:
    """The items, each marked whose timeliness cannot be told at `as_of`; what is due later still can be.

    What was in time was seen to be: nobody is asked about it, and the weeks that have passed are most of the items.
    """
    asked = {deadline for item in items if (deadline := _deadline(item)) and deadline[1] <= as_of}
    found = looks.undecided(asked, as_of) if asked else frozenset()
    return tuple(replace(item, undecided=_deadline(item) in found) for item in items) if found else tuple(items)


def _deadline(item: ObligationStatus) -> Deadline | None:
    """The instant that decides on the item, by its 延期 where it has one; none of the district's and of what is met."""
    if item.office is None or item.state is State.MET:
        return None
    granted = end_of_day(item.extended_until) if item.extended_until else item.due
    return item.office, max(item.due, granted)
