"""The lights 灯号: how an indicator, an office and its reporting stand (domain.md §5)."""

from collections.abc import Iterable
from fractions import Fraction

from duban.core.assessment import Light, ObligationStatus, State
from duban.core.plan import Evidence

WORST_FIRST = (Light.RED, Light.BLUE, Light.YELLOW, Light.GREEN, Light.NONE)

REPORTING = frozenset({Evidence.WEEKLY_RETURN, Evidence.CORRECTION, Evidence.REPLY})
"""W, K and A items have a light of their own."""

WORK_ITEMS = frozenset({
    Evidence.SURVEY,
    Evidence.ACTIVITY,
    Evidence.PROJECT_LEDGER,
    Evidence.SCHEMES_DRAFTED,
    Evidence.SCHEMES_DELIBERATED,
    Evidence.ALL_OF,
    Evidence.COMMITTEES,
    Evidence.IMPROVEMENTS,
})
"""S and Y items: those that the light of an office speaks of."""


def worst(lights: Iterable[Light]) -> Light:
    """The worst of red > blue > yellow > green; none of none."""
    return min(lights, key=WORST_FIRST.index, default=Light.NONE)


def light_of_items(items: Iterable[ObligationStatus]) -> Light:
    """Red when one is overdue, blue when one is due within 3 working days and not met, else green; none of none.

    What is 未判定 shines for nobody's fault: neither red nor blue.
    """
    return worst(_light_of(item) for item in items)


def _light_of(item: ObligationStatus) -> Light:
    if item.undecided:
        return Light.GREEN
    return {State.OVERDUE: Light.RED, State.DUE_SOON: Light.BLUE}.get(item.state, Light.GREEN)


def indicator_light(rate: Fraction | None, pace: Fraction | None, targets: Iterable[ObligationStatus]) -> Light:
    """The light of one indicator: that of its `targets` (Y items), and yellow when `rate` is behind the pace line.

    None before the implementation phase (no `pace`) and when nothing is required.
    """
    if rate is None or pace is None:
        return Light.NONE
    return worst((light_of_items(targets), Light.YELLOW if rate < pace else Light.GREEN))


def overall_light(indicators: Iterable[Light], items: Iterable[ObligationStatus], *, begun: bool, task: bool) -> Light:
    """The light of an office: the worst of its S and Y items and its indicators' lights.

    None before the implementation phase has `begun` and for an office without a `task` (N = 0).
    """
    if not begun or not task:
        return Light.NONE
    return worst((*indicators, light_of_items(items)))
