"""The pace chart's scale: a reader counts in ones, twos, fives and tens."""

import pytest

from duban.web.drawing import MOST_TICKS, _step


@pytest.mark.parametrize(
    ("top", "step"),
    [(1.1, 1), (5.5, 1), (6, 2), (12, 5), (55, 10), (36.3, 10), (110, 20), (1_650, 500), (82_500, 20_000)],
)
def test_ticks_lie_at_round_numbers_and_are_few(top: float, step: int) -> None:
    assert _step(top) == step
    assert top / step < MOST_TICKS
