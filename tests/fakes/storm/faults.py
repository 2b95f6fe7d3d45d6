"""What goes wrong: seeded, so that a year that failed can be run again."""

from collections.abc import Mapping, Sequence
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


def choose(weeks: Weeks, effects: Mapping[int, int], share: float, seed: int) -> dict[int, Fault]:
    """Tick → its fault: a `share` of the ticks at which a run without faults wrote anything."""
    chance = Random(seed)  # noqa: S311 - repeatable chance, not secrets
    busy = [place for place in range(len(weeks.ticks)) if effects.get(place) or weeks.arriving.get(place + 1)]
    struck = sorted(chance.sample(busy, max(1, round(len(busy) * share))))
    return {place: _one(weeks, effects, place, chance) for place in struck}


def _one(weeks: Weeks, effects: Mapping[int, int], place: int, chance: Random) -> Fault:
    kind = chance.choice(list(_possible(weeks, effects, place)))
    return Fault(kind, chance.randint(1, max(1, effects.get(place, 1))))


def _possible(weeks: Weeks, effects: Mapping[int, int], place: int) -> Sequence[Kind]:
    found = [Kind.KILL, Kind.STOP, Kind.DATABASE, Kind.DISK] if effects.get(place) else []
    if weeks.ticks[place][1] == ticks.DELIVER and effects.get(place):
        found += [Kind.MAIL] * 4  # there are few occasions
    if weeks.arriving.get(place + 1):
        found += [Kind.SLOW]
    if weeks.arriving.get(place):
        found += [Kind.TWICE]
    return found
