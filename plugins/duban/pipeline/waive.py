"""Waiving: the bureau lifts a rule for one compound until a date, with a reason (issue 3, item 8)."""

from datetime import datetime

from duban.core.errors import UsageError
from duban.core.plan import Plan
from duban.core.waivers import Waiver, waivable
from duban.core.weeks import ZONE
from duban.pipeline.ports import Decisions, Ledger


class Waive:
    """Records waivers, each checked so that a slip of the pen lifts no rule of another compound."""

    def __init__(self, plan: Plan, ledger: Ledger, decisions: Decisions) -> None:
        self._plan, self._ledger, self._decisions = plan, ledger, decisions

    def run(self, waiver: Waiver) -> None:
        """Record a decision. With a last day that has passed it ends the waiver that is in force.

        Raises UsageError for a rule that cannot be waived, an unknown compound, a last day that has passed where there
        is nothing to end, and a decision without its reason or its maker.
        """
        self._check_rule(waiver.rule)
        check_signed(waiver.reason, waiver.by)
        check_known(self._plan, self._ledger, waiver.compound, waiver.decided_at)
        today = waiver.decided_at.astimezone(ZONE).date()
        if waiver.until < today and not self._in_force(waiver):
            raise UsageError(
                f"截止日期 {waiver.until} 已过，而 {waiver.compound} 没有可以提前结束的豁免；请改填以后的日期。"
            )
        self._decisions.waive(waiver)

    def _check_rule(self, rule: str) -> None:
        if rule not in waivable():
            raise UsageError(f"规则“{rule}”不能豁免，可豁免的有：{'、'.join(waivable())}。")

    def _in_force(self, waiver: Waiver) -> bool:
        known = self._decisions.waivers(waiver.decided_at)
        return any((one.rule, one.compound) == (waiver.rule, waiver.compound) for one in known)


def check_signed(reason: str, by: str) -> None:
    """Raises UsageError for a decision without its reason or its maker."""
    if not reason.strip() or not by.strip():
        raise UsageError("请用 --reason 写明理由，用 --by 写明由谁决定。")


def check_known(plan: Plan, ledger: Ledger, compound: str, as_of: datetime) -> str:
    """The office of a compound that somebody has returned by `as_of`; raises UsageError for any other."""
    office = compound.rpartition("-")[0]
    if plan.office(office) is None:
        codes = "、".join(known.code for known in plan.offices)
        raise UsageError(f"小区编号“{compound}”的前半不是办事处代码，可用的代码：{codes}。")
    [known] = ledger.states_of(office, [as_of])
    if compound not in known:
        raise UsageError(f"没有收到过小区“{compound}”的报表，请核对小区编号。")
    return office
