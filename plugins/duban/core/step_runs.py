"""What became of the steps of runs: one record for each attempt at a step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class StepOutcome(StrEnum):
    """How an attempt ended; `retried`: it failed and is tried again."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    RETRIED = "retried"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StepRun:
    """One attempt at a step. `part` counts the parts of a step that is done in several, -1 of one that is not.

    `as_of` is the run's only clock, `began_at` and `ended_at` are the machine's. `error`: the sentence of one of ours,
    of any other only its kind.
    """

    dag: str
    run: str
    step: str
    part: int
    attempt: int
    as_of: datetime
    began_at: datetime
    ended_at: datetime
    outcome: StepOutcome
    error: str = ""

    @property
    def took(self) -> timedelta:
        return self.ended_at - self.began_at


@dataclass(frozen=True, slots=True)
class Run:
    """One run with the attempts at its steps, in the order in which they ended."""

    dag: str
    run: str
    as_of: datetime
    steps: tuple[StepRun, ...]

    @property
    def last(self) -> tuple[StepRun, ...]:
        """The last attempt at each step: what became of it."""
        latest: dict[tuple[str, int], StepRun] = {}
        for one in self.steps:
            latest[one.step, one.part] = one
        return tuple(latest.values())

    @property
    def outcome(self) -> StepOutcome:
        """Failed when a step failed; retried while one is to be tried again; skipped when nothing was done at all."""
        found = {one.outcome for one in self.last}
        order = (StepOutcome.FAILED, StepOutcome.RETRIED, StepOutcome.SUCCEEDED)
        return next((one for one in order if one in found), StepOutcome.SKIPPED)

    @property
    def ended_at(self) -> datetime:
        return max(one.ended_at for one in self.steps)


def runs_of(steps: Iterable[StepRun]) -> tuple[Run, ...]:
    """The runs that these attempts belong to, in the order in which they ended."""
    grouped: dict[tuple[str, str], list[StepRun]] = {}
    for one in steps:
        grouped.setdefault((one.dag, one.run), []).append(one)
    runs = (Run(dag, run, attempts[-1].as_of, tuple(attempts)) for (dag, run), attempts in grouped.items())
    return tuple(sorted(runs, key=lambda run: run.ended_at))


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What came in within a day: returns by status, findings by code."""

    returns: Mapping[str, int]
    findings: Mapping[str, int]
