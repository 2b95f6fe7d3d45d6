"""延期 and 异议: what an office asks for one item, and what is decided of it (domain.md §6; docs/decisions/appeals.md).

Every step is kept, and a later one on the same item replaces an earlier one. What stands at an instant follows from the
steps taken by then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from duban.core.errors import UsageError


class Step(StrEnum):
    """What was asked or decided of an item."""

    EXTENSION_ASKED = "extension_asked"  # 申请延期
    EXTENDED = "extended"  # 同意延期
    EXTENSION_REFUSED = "extension_refused"  # 不同意延期
    DISPUTED = "disputed"  # 提出异议
    UPHELD = "upheld"  # 异议成立
    DISMISSED = "dismissed"  # 异议不成立


EXTENSION = (Step.EXTENSION_ASKED, Step.EXTENDED, Step.EXTENSION_REFUSED)
DISPUTE = (Step.DISPUTED, Step.UPHELD, Step.DISMISSED)
WITH_A_DAY = (Step.EXTENSION_ASKED, Step.EXTENDED)

NO_REASON = "请用 --reason 写明理由，用 --by 写明由谁提出或决定。"
NO_DAY = "请用 --until 写明延期至哪一天（含当天）。"
DAY_PASSED = "延期至 {until} 不晚于原期限 {due}，不成其为延期；请改填以后的日期。"
NOTHING_ASKED = "事项 {item} 没有待决定的延期申请；请核对事项编号，或先登记申请。"
NOT_DISPUTED = "事项 {item} 没有待决定的异议；请核对事项编号，或先登记异议。"
DISPUTED_ALREADY = "事项 {item} 已有一项异议待决定，不必重复提出。"


@dataclass(frozen=True, slots=True)
class Appeal:
    """One step: on which `obligation` (`S1:MH`), what, by whom, why, when. `until` is the last day of an extension."""

    obligation: str
    step: Step
    until: date | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Relief:
    """What stands of an item's appeals: its new last day, since when a 异议 waits, since when one is upheld."""

    extended_until: date | None = None
    disputed_at: datetime | None = None
    upheld_at: datetime | None = None


NO_RELIEF = Relief()
Reliefs = Mapping[str, Relief]


def reliefs(appeals: Iterable[Appeal]) -> Reliefs:
    """What stands of each item after these steps, oldest first."""
    steps: dict[str, list[Appeal]] = {}
    for appeal in appeals:
        steps.setdefault(appeal.obligation, []).append(appeal)
    return {obligation: _relief(taken) for obligation, taken in steps.items()}


def _relief(steps: Sequence[Appeal]) -> Relief:
    granted = _last(steps, (Step.EXTENDED,))
    dispute = _last(steps, DISPUTE)
    return Relief(
        extended_until=granted.until if granted else None,
        disputed_at=dispute.at if dispute and dispute.step is Step.DISPUTED else None,
        upheld_at=dispute.at if dispute and dispute.step is Step.UPHELD else None,
    )


def _last(steps: Sequence[Appeal], kinds: Sequence[Step]) -> Appeal | None:
    return next((one for one in reversed(steps) if one.step in kinds), None)


def require_in_turn(taken: Sequence[Appeal], appeal: Appeal, due: date) -> None:
    """Raise UsageError for a step without its reason or day, or one that answers nothing that was asked.

    `taken` are the steps on the same item so far, `due` its legal due day. An extension may be granted unasked.
    """
    if not appeal.reason.strip() or not appeal.by.strip():
        raise UsageError(NO_REASON)
    if appeal.step in WITH_A_DAY:
        _require_later_day(appeal, due)
    if appeal.step is Step.EXTENSION_REFUSED and not _is_open(taken, EXTENSION, Step.EXTENSION_ASKED):
        raise UsageError(NOTHING_ASKED.format(item=appeal.obligation))
    disputed = _is_open(taken, DISPUTE, Step.DISPUTED)
    if appeal.step in {Step.UPHELD, Step.DISMISSED} and not disputed:
        raise UsageError(NOT_DISPUTED.format(item=appeal.obligation))
    if appeal.step is Step.DISPUTED and disputed:
        raise UsageError(DISPUTED_ALREADY.format(item=appeal.obligation))


def _require_later_day(appeal: Appeal, due: date) -> None:
    if appeal.until is None:
        raise UsageError(NO_DAY)
    if appeal.until <= due:
        raise UsageError(DAY_PASSED.format(until=appeal.until, due=due))


def _is_open(taken: Sequence[Appeal], kinds: Sequence[Step], asking: Step) -> bool:
    last = _last(taken, kinds)
    return last is not None and last.step is asking


def joint(parts: Sequence[Relief]) -> Relief:
    """What stands of an item that is made of others: the latest of their days, and any 异议 that waits."""
    days = [part.extended_until for part in parts if part.extended_until]
    disputes = [part.disputed_at for part in parts if part.disputed_at]
    return Relief(max(days, default=None), min(disputes, default=None), None)
