"""What readers are told of a state, one word each, on every page and in every command (docs/glossary.md).

Those of papers and deliveries stand with their other texts: signing_texts.STATES, delivery_texts.STATES.
"""

from duban.core.assessment import State
from duban.core.checked import Status

OBLIGATIONS = {
    State.PENDING: "未到期",
    State.DUE_SOON: "临期",
    State.MET: "按期完成",
    State.MET_LATE: "逾期完成",
    State.OVERDUE: "逾期",
    State.IN_CORRECTION: "退回补正中",
    State.LAPSED: "失效",
}
WEEKLY = {
    State.PENDING: "待报",
    State.DUE_SOON: "待报",
    State.MET: "已报",
    State.MET_LATE: "逾期报送",
    State.IN_CORRECTION: "退回补正中",
    State.OVERDUE: "未收到",
    State.LAPSED: "未收到",
}
"""How the return of the current week stands."""
RETURNS = {
    Status.ACCEPTED: "采用",
    Status.PARTIAL: "部分采用",
    Status.RETURNED: "退回补正",
    Status.DUPLICATE: "重复",
}
"""What became of a file that came."""
