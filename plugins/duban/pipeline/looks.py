"""Whether anybody looked around a deadline: without that, what came around it is 未判定 (domain.md §3)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from duban.core.assessment import ObligationStatus, State
from duban.core.deadlines import LOOKED_WITHIN, Deadline
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

    Nothing is asked of what came well before its deadline: most of the items, once many weeks have passed.
    """
    asked = {deadline for item in items if (deadline := _deadline(item)) and deadline[1] <= as_of}
    found = looks.undecided(asked, as_of) if asked else frozenset()
    return tuple(replace(item, undecided=_deadline(item) in found) for item in items) if found else tuple(items)


def _deadline(item: ObligationStatus) -> Deadline | None:
    """The instant that decides on the item, by its 延期 where it has one.

    None of the district's, and of what was met before the time in which somebody has to have looked.
    """
    if item.office is None:
        return None
    deadline = max(item.due, end_of_day(item.extended_until) if item.extended_until else item.due)
    known = item.met.known if item.state is State.MET and item.met else None
    return None if known and known < deadline - LOOKED_WITHIN else (item.office, deadline)
