"""Keeping what the board shows of an instant: worked out by the runs, so that nobody waits for it who only looks."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from duban.core.weeks import Weeks
from duban.pipeline.board_snapshot import Snapshot

A_NIGHT = 10
"""As many cut-offs of a province as can be worked out in a night without being in the way of the morning."""
LOG = logging.getLogger(__name__)


class SnapshotKeeper(Protocol):
    """Where snapshots are kept. The store itself throws one away when a fact comes that its instant knew."""

    def kept(self) -> Collection[datetime]:
        """The instants that have one."""
        ...

    def begin(self, as_of: datetime, *, lasting: bool) -> str:
        """Claim an instant, before anything is read for it; whoever claimed it before has lost it."""
        ...

    def finish(self, claim: str, snapshot: Snapshot) -> bool:
        """Keep it; False when a fact came meanwhile that it may not know, or somebody else claimed the instant."""
        ...

    def forget_before(self, as_of: datetime) -> None:
        """Throw away those of earlier instants that are no cut-offs."""
        ...


class KeepSnapshot:
    """Keeps the snapshot of a run's instant and of the cut-off before it. `survey` works them out, one by one."""

    def __init__(
        self, weeks: Weeks, survey: Callable[[Sequence[datetime]], Iterable[Snapshot]], keeper: SnapshotKeeper
    ) -> None:
        self._weeks, self._survey, self._keeper = weeks, survey, keeper

    def run(self, as_of: datetime) -> list[datetime]:
        """Returns the instants kept now. A second time, or after a crash, it finds what is there."""
        cutoffs = self._cutoffs(as_of)
        last = [cutoff for cutoff in cutoffs if cutoff < as_of][-1:]
        kept = set(self._keeper.kept())
        wanted = [moment for moment in (as_of, *last) if moment not in kept]
        found = self._keep(wanted, cutoffs)
        self._keeper.forget_before(as_of)
        return found

    def make_good(self, as_of: datetime) -> list[datetime]:
        """Keep the latest cut-offs that lack a snapshot, a night's work at most: after another plan or version, a late

        decision, a run that failed. Returns those kept now.
        """
        cutoffs, kept = self._cutoffs(as_of), set(self._keeper.kept())
        lacking = [cutoff for cutoff in reversed(cutoffs) if cutoff not in kept]
        return self._keep(lacking[:A_NIGHT], cutoffs)

    def _cutoffs(self, as_of: datetime) -> list[datetime]:
        return [week.cutoff for week in self._weeks.closed_by(as_of)]

    def _keep(self, instants: Sequence[datetime], lasting: Collection[datetime]) -> list[datetime]:
        """Returns those kept. All are claimed before anything is read: what is read for one serves the others."""
        claims = [self._keeper.begin(instant, lasting=instant in lasting) for instant in instants]
        kept = []
        for claim, snapshot in zip(claims, self._survey(instants), strict=True):
            if self._keeper.finish(claim, snapshot):
                kept.append(snapshot.as_of)
            else:
                LOG.info("%s: something came while it was worked out; the next run does it", snapshot.as_of.isoformat())
        return kept
