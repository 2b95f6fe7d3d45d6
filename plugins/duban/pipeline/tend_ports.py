"""What tending needs from the outside: the book of steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from duban.core.step_runs import DayCounts, StepRun


class StepBook(Protocol):
    """What became of the steps of runs, and what came in meanwhile."""

    def record(self, step: StepRun) -> None:
        """Keep an attempt; the same attempt again replaces it."""
        ...

    def between(self, after: datetime, until: datetime) -> Sequence[StepRun]:
        """The attempts that ended in (after, until], in that order."""
        ...

    def counts(self, after: datetime, until: datetime) -> DayCounts:
        """What was received in (after, until] and is judged."""
        ...
