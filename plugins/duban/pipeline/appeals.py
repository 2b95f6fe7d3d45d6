"""延期 and 异议: recorded step by step, each checked against how the item stands (domain.md §6)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from duban.core.appeals import Appeal, require_in_turn
from duban.core.assessment import Assessment, ObligationStatus
from duban.core.errors import UsageError
from duban.core.weeks import ZONE
from duban.pipeline.ports import Decisions

NO_SUCH_ITEM = "没有事项“{item}”；请用 duban preview 查看各办事处的事项编号，如 S1:MH。"


class Appeals:
    """What offices ask for an item, and what is decided of it."""

    def __init__(self, assess: Callable[[datetime], Assessment], decisions: Decisions) -> None:
        self._assess = assess
        self._decisions = decisions

    def record(self, appeal: Appeal) -> ObligationStatus:
        """Record one step; returns how the item stands then. Raises UsageError as `core.appeals.require_in_turn`,

        and for an unknown item.
        """
        before = self._item(appeal)
        taken = [one for one in self.history(appeal.at) if one.obligation == appeal.obligation]
        require_in_turn(taken, appeal, before.due.astimezone(ZONE).date())
        self._decisions.appeal(appeal)
        return self._item(appeal)

    def history(self, as_of: datetime) -> Sequence[Appeal]:
        """Every step taken by `as_of`, oldest first."""
        return self._decisions.appeals(as_of)

    def _item(self, appeal: Appeal) -> ObligationStatus:
        items = self._assess(appeal.at).obligations
        found = next((item for item in items if item.key == appeal.obligation), None)
        if found is None:
            raise UsageError(NO_SUCH_ITEM.format(item=appeal.obligation))
        return found
