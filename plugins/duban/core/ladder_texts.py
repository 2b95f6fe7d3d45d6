"""How the ladder explains itself to people: one sentence for each reason."""

from collections.abc import Mapping

from duban.core.ladder import Why

UNDECIDED = "截至 %s 未判定、不发文的事项：%s；这些期限前两小时没有完成收件，请检查收件任务和收件文件夹"

REASONS: Mapping[Why, str] = {
    Why.DUE: "到了这一级，拟发",
    Why.TAKEN: "这一级已经拟过，不重复",
    Why.NOT_YET: "未到提醒的时候",
    Why.HOUR: "周报的提醒在截止当日规定的时刻发出",
    Why.NOT_ESCALATED: "只列示，不催办",
    Why.IN_CORRECTION: "已报送、退回补正中，不催办",
    Why.EXTENDED: "已同意延期，未到新的期限",
    Why.DISPUTED: "办事处有异议，待决定，暂不催办",
    Why.NO_BASIS: "到期时尚无已签发的报送通知为依据，只提醒、不催办",
    Why.REOPENED: "办结后重开，等待期未满",
    Why.NOT_SIGNED: "上一级文书未签发、未送达或错过，不补发、不越级",
    Why.DECLINED: "已决定不予督办，不再拟，也不升级",
    Why.UNDECIDED: "截止前两小时没有完成收件，是否按时未判定，不发文，请数据组查看",
    Why.TOO_FRESH: "上一级文书送达未满规定的工作日",
}
