"""What a year's target asks: required count, pace line, pace still needed, projection (domain.md §5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor

from duban.core.moment import Moment
from duban.core.plan import AnnualTarget, Plan

DAYS_A_WEEK = 7


def required_count(compounds: int, cumulative: Fraction) -> int:
    """Required by a year's end = ceil(N × cumulative share), exactly: N=10 at 30 % is 3, not binary floats' 4."""
    return ceil(compounds * cumulative)


def share_before(plan: Plan, target: AnnualTarget) -> Fraction:
    """The cumulative share of the year before; 0 for the first year."""
    earlier = (other.cumulative for other in reversed(plan.targets) if other.year < target.year)
    return next(earlier, Fraction(0))


def year_begins(plan: Plan, target: AnnualTarget) -> date:
    """The first day on which a year's target is worked at: the implementation phase's first, later 1 January."""
    if target == plan.targets[0]:
        return plan.implementation_start
    return date(target.year, 1, 1)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The target of the year in force, measured at a moment.

    `elapsed` is e / t of the pace line: the share of the year's working days that have come; None before the
    implementation phase. `weeks_left` are calendar weeks to the due date.
    """

    cumulative: Fraction
    before: Fraction
    due: date
    elapsed: Fraction | None
    weeks_left: Fraction

    @classmethod
    def of(cls, plan: Plan, target: AnnualTarget, moment: Moment) -> "Yardstick":
        return cls(
            cumulative=target.cumulative,
            before=share_before(plan, target),
            due=target.due,
            elapsed=_elapsed(plan, target, moment),
            weeks_left=Fraction(max((target.due - moment.day).days, 0), DAYS_A_WEEK),
        )

    def pace(self, compounds: int) -> Fraction | None:
        """The pace line 序时进度 = (R₋₁ + (R − R₋₁) × e / t) / R; None before the phase, and of nothing."""
        required = required_count(compounds, self.cumulative)
        if self.elapsed is None or required == 0:
            return None
        last = required_count(compounds, self.before)
        return (last + (required - last) * self.elapsed) / required

    def weekly_needed(self, missing: int) -> Fraction | None:
        """Compounds a week that are still needed; a last part of a week counts as one. None after the due date."""
        if self.weeks_left == 0:
            return None if missing > 0 else Fraction(0)
        return max(missing, 0) / max(self.weeks_left, Fraction(1))


def _elapsed(plan: Plan, target: AnnualTarget, moment: Moment) -> Fraction | None:
    eve = year_begins(plan, target) - timedelta(days=1)
    if moment.day <= eve:
        return None
    whole = moment.workdays.between(eve, target.due)
    return Fraction(min(moment.since(eve), whole), whole) if whole else Fraction(1)


def projected(done: int, earlier: int, since: datetime, moment: Moment, due: date) -> int:
    """The count on `due` in the straight line from `earlier` (counted at `since`) through `done` (counted now)."""
    days = (moment.as_of - since).days
    to_come = max((due - moment.day).days, 0)
    return max(floor(done + Fraction((done - earlier) * to_come, days)), 0) if days else done
