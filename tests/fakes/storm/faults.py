"""What goes wrong: seeded, so that a year that failed can be run again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from duban.orchestration import ticks
from fakes.storm.weeks import Weeks


class Kind(StrEnum):
    """The faults of issue 7, in the order of its list."""

    KILL = "kill -9"
    STOP = "SIGSTOP"
    DATABASE = "database restart"
    DISK = "full disk"
    MAIL = "SMTP down"
    SLOW = "slow upload"
    TWICE = "duplicate upload"


@dataclass(frozen=True)
class Fault:
    """A fault at a tick; `at`: before which effect of its process, for those that strike a process."""

    kind: Kind
    at: int = 0


def fault_at(weeks: Weeks, place: int, effects: int, share: float, seed: int) -> Fault | None:
    """What goes wrong at a tick, by chance of its own: a `share` of the ticks at which a run without faults wrote

    anything (so many `effects`), or an upload is under way.
    """
    chance = Random(f"{seed} {place}")  # noqa: S311 - repeatable chance, not secrets
    kinds = _possible(weeks, effects, place)
    if not kinds or chance.random() >= share:
        return None
    return Fault(chance.choice(kinds), chance.randint(1, max(1, effects)))


def _possible(weeks: Weeks, effects: int, place: int) -> Sequence[Kind]:
    found = [Kind.KILL, Kind.STOP, Kind.DATABASE, Kind.DISK] if effects else []
    if weeks.ticks[place][1] == ticks.DELIVER and effects:
        found += [Kind.MAIL] * 4  # there are few occasions
    if weeks.arriving.get(place + 1):
        found += [Kind.SLOW]
    if weeks.arriving.get(place):
        found += [Kind.TWICE]
    return found
