"""The pace chart as numbers of an SVG picture: where each point lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Literal

from duban.core.assessment import Indicator
from duban.pipeline.board_views import Point

WIDTH, HEIGHT = 520, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 92, 16, 26
DATES = 194
"""The line on which the first day and the due day stand; each is up to 70 wide."""
DATE_WIDTH, WORD_WIDTH, WORD_HEIGHT = 70, 60, 14


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in SVG's units. `done` is a polyline, `pace` a line from the phase's start, `required` a height.

    `beside` is where the word for what was done stands.
    """

    done: str
    last: tuple[float, float]
    beside: tuple[float, float]
    required: float
    pace: tuple[float, float, float, float]
    projected: tuple[float, float] | None
    ticks: tuple[tuple[float, int], ...]
    first_day: date
    due: date


ROUND_STEPS = (1, 2, 5)
MOST_TICKS = 6


def pace_chart(
    name: Literal["committees", "improvements"], history: Sequence[Point], indicator: Indicator, start: date, due: date
) -> Chart:
    """What was done, what is required by the year's end, the pace line up to it, the projected finish."""
    first = min(start, history[0].day)
    top = max(indicator.required, indicator.done, indicator.projected or 0, 1) * 1.1
    last_day = max(due, history[-1].day)

    def x(day: date) -> float:
        share = (day - first).days / max((last_day - first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(count: float) -> float:
        return round(HEIGHT - BOTTOM - count / top * (HEIGHT - TOP - BOTTOM), 1)

    places = [(x(point.day), y(getattr(point, name))) for point in history]
    return Chart(
        done=" ".join(f"{across},{up}" for across, up in places),
        last=places[-1],
        beside=_beside(*places[-1]),
        required=y(indicator.required),
        pace=(x(start), y(0), x(due), y(indicator.required)),
        projected=None if indicator.projected is None else (x(due), y(indicator.projected)),
        ticks=tuple((y(count), count) for count in range(0, int(top) + 1, _step(top))),
        first_day=first,
        due=due,
    )


def _beside(across: float, up: float) -> tuple[float, float]:
    """Below the last point; near the bottom of the chart between the two days, or above where there is no room."""
    below = up + WORD_HEIGHT
    if below <= DATES - WORD_HEIGHT:
        return across + 7, below
    free = max(across + 7, LEFT + DATE_WIDTH)
    room = WIDTH - RIGHT - DATE_WIDTH - WORD_WIDTH
    return (free, DATES) if free <= room else (across + 7, up - 8)


def _step(top: float) -> int:
    """Between ticks: a round number, 1, 2 or 5 with any zeros, so that there are few of them."""
    digits = cycle(ROUND_STEPS)
    step = next(digits)
    zeros = 1
    while top / (step * zeros) >= MOST_TICKS:
        following = next(digits)
        zeros *= 10 if following < step else 1
        step = following
    return step * zeros
