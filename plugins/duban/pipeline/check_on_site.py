"""Checks on site: recorded by a named person; and the list of the compounds most worth a visit (domain.md §5)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from duban.core.errors import UsageError
from duban.core.facts import OfficeFacts
from duban.core.plan import Plan
from duban.core.site_checks import SiteCheck
from duban.core.spot_checks import BY_CODE, Candidate, spot_checks
from duban.core.weeks import ZONE
from duban.pipeline.ports import Decisions, Ledger
from duban.pipeline.waive import check_known

NO_CHECKER = "请用 --by 写明由谁核查。"
NOT_YET = "核查日期 {day} 晚于登记的日子 {today}，请核对。"


class CheckOnSite:
    """What was found where somebody went, and where to go next."""

    def __init__(
        self, plan: Plan, ledger: Ledger, decisions: Decisions, facts: Callable[[datetime], Sequence[OfficeFacts]]
    ) -> None:
        self._plan = plan
        self._ledger = ledger
        self._decisions = decisions
        self._facts = facts

    def record(self, check: SiteCheck) -> None:
        """Record a check; raises UsageError for an unknown compound, no name, or a visit that has not taken place."""
        if not check.by.strip():
            raise UsageError(NO_CHECKER)
        today = check.recorded_at.astimezone(ZONE).date()
        if check.visited_on > today:
            raise UsageError(NOT_YET.format(day=check.visited_on, today=today))
        check_known(self._plan, self._ledger, check.compound, check.recorded_at)
        self._decisions.check_on_site(check)

    def history(self, as_of: datetime) -> Sequence[SiteCheck]:
        """Every check known at `as_of`, oldest first."""
        return self._decisions.site_checks(as_of)

    def worth_a_visit(self, as_of: datetime) -> tuple[Candidate, ...]:
        """The 抽查清单 at `as_of`; the same instant gives the same list, whatever came later."""
        day = as_of.astimezone(ZONE).date()
        suspicions = self._ledger.suspicions(as_of, BY_CODE)
        return spot_checks(self._plan, self._facts(as_of), suspicions, self.history(as_of), day)
