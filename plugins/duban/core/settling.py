"""The bureau's decisions on an office's compounds over time: what had been settled by an instant (domain.md §3, §5).

What was met by the decisions of its day is not undone by later ones: a compound switched in, a waiver that ran out, a
report found 不属实 count from their own instant on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.amendments import Amendment, amended
from duban.core.facts import Baseline, Settled
from duban.core.site_checks import SiteCheck, refuted
from duban.core.waivers import Waiver, unsuited


@dataclass(frozen=True, slots=True)
class Decided:
    """Every decision known, oldest first each; amendments of all offices."""

    amendments: Sequence[Amendment] = ()
    waivers: Sequence[Waiver] = ()
    checks: Sequence[SiteCheck] = ()

    def settled(self, office: str, frozen: Baseline | None, at: datetime, day: date) -> Settled:
        """What had been settled of an office by `at`, for `day`; `frozen` is its baseline as it was frozen."""
        amendments = (one for one in self.amendments if one.office == office and one.decided_at <= at)
        return Settled(
            amended(frozen, amendments),
            unsuited((one for one in self.waivers if one.decided_at <= at), day),
            refuted(one for one in self.checks if one.recorded_at <= at),
        )
