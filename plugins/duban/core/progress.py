"""Progress against the target of the year in force: indicators, rates, lights (domain.md §5)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from duban.core.assessment import Indicator, Light, ObligationStatus, Progress
from duban.core.lights import REPORTING, WORK_ITEMS, indicator_light, light_of_items, overall_light
from duban.core.moment import Moment
from duban.core.plan import Evidence, Plan
from duban.core.tally import Tally
from duban.core.targets import Yardstick, projected, required_count


@dataclass(frozen=True, slots=True)
class Earlier:
    """The counts at an earlier cut-off, from which the straight line is drawn."""

    at: datetime
    tally: Tally


@dataclass(frozen=True, slots=True)
class Measuring:
    """What progress is measured with: the plan, the moment and the yardstick of the year in force."""

    plan: Plan
    moment: Moment
    yardstick: Yardstick

    @classmethod
    def at(cls, plan: Plan, moment: Moment) -> "Measuring":
        return cls(plan, moment, Yardstick.of(plan, plan.target_in_force(moment.day), moment))

    def progress(
        self,
        office: str | None,
        counts: Tally,
        earlier: Earlier | None,
        items: Sequence[ObligationStatus],
        *,
        provisional: bool,
    ) -> Progress:
        """The progress of an office (or the district, `office` None) with its `counts` and its obligations `items`."""
        committees = self._committees(counts, earlier, items)
        improvements = self._improvements(counts, earlier, items)
        return Progress(
            office=office,
            known=counts.known,
            pending=counts.pending,
            baseline=counts.base,
            provisional=provisional,
            committees_formed=counts.formed,
            committees_preexisting=counts.preexisting,
            compounds_improved=counts.improved,
            scheme_drafted=counts.drafted,
            deliberated=counts.deliberated,
            committees=committees,
            improvements=improvements,
            overall_rate=min((r for r in (committees.rate, improvements.rate) if r is not None), default=None),
            light=overall_light(
                (committees.light, improvements.light),
                self._of(items, WORK_ITEMS),
                begun=self.yardstick.elapsed is not None,
                # Before the freeze nobody knows that there is no task: an office that sent nothing is not excused.
                task=provisional or counts.base > 0,
            ),
            reporting_light=light_of_items(self._of(items, REPORTING)),
        )

    def _committees(self, counts: Tally, earlier: Earlier | None, items: Sequence[ObligationStatus]) -> Indicator:
        before = None if earlier is None else (earlier.tally.committees_done, earlier.at)
        targets = self._of(items, {Evidence.COMMITTEES})
        return self._indicator(counts.committee_base, counts.committees_done, before, targets)

    def _improvements(self, counts: Tally, earlier: Earlier | None, items: Sequence[ObligationStatus]) -> Indicator:
        before = None if earlier is None else (earlier.tally.improvements_done, earlier.at)
        targets = self._of(items, {Evidence.IMPROVEMENTS})
        return self._indicator(counts.base, counts.improvements_done, before, targets)

    def _indicator(
        self, compounds: int, done: int, before: tuple[int, datetime] | None, targets: Sequence[ObligationStatus]
    ) -> Indicator:
        required = required_count(compounds, self.yardstick.cumulative)
        if required == 0:
            return Indicator(done, required, rate=None, pace=None, light=Light.NONE)
        rate = Fraction(done, required)
        pace = self.yardstick.pace(compounds)
        return Indicator(
            done=done,
            required=required,
            rate=rate,
            pace=pace,
            light=indicator_light(rate, pace, targets),
            weekly_needed=self.yardstick.weekly_needed(required - done),
            projected=None if before is None else self._projected(compounds, done, *before),
        )

    def _projected(self, compounds: int, done: int, earlier: int, since: datetime) -> int:
        """Never more than there are compounds, however fast it went."""
        return min(projected(done, earlier, since, self.moment, self.yardstick.due), compounds)

    def _of(self, items: Sequence[ObligationStatus], kinds: Set[Evidence]) -> list[ObligationStatus]:
        keys = {rule.key for rule in self.plan.obligations if rule.evidence in kinds}
        return [item for item in items if item.rule in keys]
