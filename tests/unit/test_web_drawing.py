"""The pace chart's scale: a reader counts in ones, twos, fives and tens."""

from datetime import date
from fractions import Fraction

import pytest

from duban.pipeline.board_views import Point
from duban.web.drawing import DATES, MOST_TICKS, _step, pace_chart
from fakes.assessments import indicator


@pytest.mark.parametrize(
    ("top", "step"),
    [(1.1, 1), (5.5, 1), (6, 2), (12, 5), (55, 10), (36.3, 10), (110, 20), (1_650, 500), (82_500, 20_000)],
)
def test_ticks_lie_at_round_numbers_and_are_few(top: float, step: int) -> None:
    assert _step(top) == step
    assert top / step < MOST_TICKS


@pytest.mark.parametrize("day", [date(2018, 7, 27), date(2018, 8, 10), date(2018, 10, 12), date(2018, 12, 28)])
@pytest.mark.parametrize("done", [0, 1, 30])
def test_what_was_done_is_not_written_upon_the_days_below_the_chart(day: date, done: int) -> None:
    """Nothing is done yet when a season begins: the word would lie on the first day."""
    history = [Point(date(2018, 7, 27), 0, 0), Point(day, done, 0)]
    told = indicator(done, 39, Fraction(0))
    chart = pace_chart("committees", history, told, date(2018, 8, 11), date(2018, 12, 31))

    across, up = chart.beside
    first_ends, due_begins = 106, 362  # ten figures of 12 px each, as browsers draw them
    beside_both = across >= first_ends and across + 60 <= due_begins
    assert beside_both or up <= DATES - 12
