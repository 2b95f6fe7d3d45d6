"""How exact numbers are printed: one decimal, half up, and never 100 % of what is not done (domain.md §5)."""

from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def percent(rate: Fraction) -> str:
    """`rate` (of 1, ≥ 0) in per cent: `37.5`.

    A rate below 1 never shows as 100.0 (1999/2000 is 99.9); over-fulfilment is shown as it is (112.5).
    """
    tenths = floor(rate * 1000 + HALF)
    if rate < 1:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}"
