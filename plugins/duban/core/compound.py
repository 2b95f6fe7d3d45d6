"""A compound 小区 as the ledger knows it at an instant, and the two things derived from it (domain.md §5)."""

from dataclasses import dataclass
from datetime import date

from duban.core.returns import SCHEMES, STAGES

FILED = STAGES[-1]
DELIBERATED = SCHEMES[-1]
DONE, NOT_CONCERNED = "已完成", "不涉及"
_NOTHING_LEFT = frozenset((DONE, NOT_CONCERNED))


@dataclass(frozen=True, slots=True)
class Compound:
    """The folded state of one compound. `pending` 数据待补: known only from rejected rows with a valid 小区编号.

    The project half (from `scheme` on) is None or empty until an accepted 项目台账 row came; `project_digest` is the
    sha-256 over all values of that row, so that "identical to last week" (C05) can be seen.
    """

    compound_id: str
    pending: bool
    name: str | None
    community: str | None
    kind: str | None
    buildings: int | None
    households: int | None
    planned_year: str | None
    scheme: str | None = None
    deliberated_on: date | None = None
    aims: tuple[str, ...] = ()
    accepted_on: date | None = None
    committee_stage: str | None = None
    filed_on: date | None = None
    project_digest: str | None = None

    def committee_formed(self, start: date, today: date) -> bool:
        """Committee formed: stage 已备案 with 备案日期 between the plan's start and today."""
        return self.committee_stage == FILED and self.filed_on is not None and start <= self.filed_on <= today

    def committee_preexisting(self, start: date) -> bool:
        """原有业委会: filed before the plan's start; outside numerator and denominator of committees."""
        return self.committee_stage == FILED and self.filed_on is not None and self.filed_on < start

    def improved(self, today: date) -> bool:
        """Compound improved: 验收日期 up to today, every aim 已完成 or 不涉及, at least one of them 已完成."""
        if self.accepted_on is None or self.accepted_on > today or DONE not in self.aims:
            return False
        return _NOTHING_LEFT.issuperset(self.aims)

    @property
    def scheme_drafted(self) -> bool:
        """提升方案 at 已拟定 or beyond."""
        return self.scheme in SCHEMES[1:]

    def deliberated(self, today: date) -> bool:
        """At 两委已议定 with its date, up to today."""
        return self.scheme == DELIBERATED and self.deliberated_on is not None and self.deliberated_on <= today
