"""Keeping what the board shows of an instant: worked out by the runs, so that nobody waits for it who only looks."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from duban.core.weeks import Weeks
from duban.pipeline.board_snapshot import Snapshot

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
    """Keeps the snapshot of a run's instant, and of the latest cut-off that lacks one. `survey` works one out."""

    def __init__(self, weeks: Weeks, survey: Callable[[datetime], Snapshot], keeper: SnapshotKeeper) -> None:
        self._weeks, self._survey, self._keeper = weeks, survey, keeper

    def run(self, as_of: datetime) -> list[datetime]:
        """Returns the instants kept now. A second time, or after a crash, it finds what is there."""
        cutoffs = [week.cutoff for week in self._weeks.closed_by(as_of)]
        kept = set(self._keeper.kept())
        lacking = [cutoff for cutoff in cutoffs if cutoff not in kept and cutoff != as_of]
        wanted = [*([] if as_of in kept else [as_of]), *lacking[-1:]]
        found = [moment for moment in wanted if self._keep(moment, lasting=moment in cutoffs)]
        self._keeper.forget_before(as_of)
        return found

    def _keep(self, as_of: datetime, *, lasting: bool) -> bool:
        claim = self._keeper.begin(as_of, lasting=lasting)
        kept = self._keeper.finish(claim, self._survey(as_of))
        if not kept:
            LOG.info("%s: something came while it was worked out; the next run does it", as_of.isoformat())
        return kept
