"""Every sentence about review, signature and numbers that a person is told, in one table."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from duban.core.conformance import Deviation
from duban.core.issuers import Issuer, Person
from duban.core.papers import PaperRecord, PaperState
from duban.core.weeks import ZONE
from duban.core.wording import date_text, full_moment_text

SIGNED_SUFFIX = "-签发.docx"
REDRAFT_SUFFIX = "-重拟{times}.docx"
STATES = {
    PaperState.DRAFTED: "待核稿",
    PaperState.REVIEWED: "待签发",
    PaperState.SIGNED: "已签发",
    PaperState.DELIVERED: "已送达",
    PaperState.ACKNOWLEDGED: "已签收",
    PaperState.REJECTED: "已退回修改",
    PaperState.WITHDRAWN: "已撤稿",
    PaperState.DECLINED: "已决定不予督办",
    PaperState.VOID: "已作废",
    PaperState.REVOKED: "已撤销",
}
ACTIONS = {
    PaperState.REVIEWED: "核稿",
    PaperState.SIGNED: "签发",
    PaperState.DELIVERED: "登记送达",
    PaperState.ACKNOWLEDGED: "登记签收",
    PaperState.REJECTED: "退回修改",
    PaperState.WITHDRAWN: "撤稿",
    PaperState.DECLINED: "决定不予督办",
    PaperState.VOID: "作废",
    PaperState.REVOKED: "撤销",
}
ROLES = {"reviewer": "核稿人", "signer": "签发人"}
HANDS = {PaperState.DRAFTED: "起草", PaperState.REVIEWED: "核稿"}
ADVICE = {
    PaperState.DRAFTED: "请先核稿：duban review {id} --as 姓名。",
    PaperState.SIGNED: "尚未送达的可以作废：duban void {id} --as 姓名 --reason 原因。",
    PaperState.DELIVERED: "已送达的文书只能以撤销通知收回。",
    PaperState.ACKNOWLEDGED: "已送达的文书只能以撤销通知收回。",
}
NO_ADVICE = "不能再处理。"

NO_REASON = "没有写明原因，请用 --reason 写明。"
OWN_NUMBERS = "{issuer}的编号由本系统按顺序编排，请不要填写编号。"
NO_NUMBER = "{name}不编号，请不要填写编号。"
NUMBER_WANTED = "{issuer}自行登记编号，请用 --number 填写{name}的编号，例如 {example}。"
BAD_NUMBER = "编号“{number}”不符合格式，请写成 {example}，或只写序号；序号不加“第”，不补零。"
WRONG_YEAR = "编号“{number}”的年份是 {found} 年，签发日期在 {year} 年，请核对。"
NUMBER_TAKEN = "编号“{number}”已用于第 {other} 号文书（编号作废也不再使用），请核对登记簿。"
NO_SUCH_PAPER = "没有第 {id} 号文书，请用 duban papers 查看编号。"
NO_CONTENT = "第 {id} 号文书由旧版本起草，没有留存内容，无法编号成文，请退回后重新起草。"
NOT_AUTOMATIC = "第 {id} 号文书《{title}》须由{issuer}签发人签发，不能由系统自动签发。"
NOT_DECLINABLE = "第 {id} 号文书《{title}》不是可以不予督办的一级；不同意签发的，请退回修改（duban reject）。"
WRONG_RULE = "第 {id} 号文书《{title}》按“{rule}”自动签发，而不是“{given}”。"
STALE = "第 {id} 号文书《{title}》刚由他人处理，现在是“{state}”，请重新查看后再办。"
LOST = "数据库连接中断，第 {id} 号文书没有办成，也没有占用编号，请稍后重办。"
UNKNOWN = "数据库连接中断，暂不知道第 {id} 号文书是否办成；请在数据库恢复后重办，已办成的不会重复编号。"
NO_LONGER_DUE = "签发前复核：{items}已不应再催（已办结、补正中、延期或有异议），撤回原稿。"
WITHDRAWN = "第 {id} 号文书《{title}》没有签发：{items}已不应再催，原稿已撤。"
DRAWN_ANEW = "其余事项已另拟第 {id} 号草稿，请重新核稿、签发。"
DRAFT_AGAIN = "其余事项仍然成立，请据原建议重新起草（duban draft criticism）。"
REVOKED_BY = "由{number}撤销"
NOT_TO_REVOKE = "第 {id} 号文书《{title}》{state}，不能撤销；已编号发出的才以撤销通知收回，未发出的请作废。"
ALREADY_REVOKING = "第 {id} 号文书的撤销通知已经起草（第 {notice} 号），请办理该件。"
REDRAFTED = "第 {id} 号草稿退回后重拟，{by}的意见：{remark}"


def not_now(record: PaperRecord, after: PaperState) -> str:
    """That an act does not fit the paper's state."""
    advice = ADVICE.get(record.state, NO_ADVICE).format(id=record.id)
    return f"第 {record.id} 号文书《{record.title}》{STATES[record.state]}，不能{ACTIONS[after]}。{advice}"


def not_your_paper(issuer: Issuer, role: str, person: Person, by: str, day: date) -> str:
    """Who may act in that role, and when the deputy may."""
    deputy = ""
    if person.deputy is not None:
        days = "至".join(date_text(one) for one in (person.deputy_from, person.deputy_until) if one)
        deputy = f"，代理人是{person.deputy}（{days or '未限定日期'}）"
    return f"{issuer.name}的{ROLES[role]}是{person.name}{deputy}；{by}在{date_text(day)}不能办理。"


def own_hands(by: str, done: PaperState) -> str:
    """That one person may not do two of the three."""
    return f"{by}是这份文书的{HANDS[done]}人；起草、核稿、签发须由不同的人办理，请换人。"


def too_early(at: datetime, latest: datetime) -> str:
    """That an act names an instant before the last one."""
    return f"办理时间{_precise(at)}早于上一步的{_precise(latest)}，请核对时间。"


def _precise(moment: datetime) -> str:
    return f"{full_moment_text(moment)}（{moment.astimezone(ZONE):%H:%M:%S}）"


def changed(record: PaperRecord) -> str:
    """That the draft is not the one registered."""
    return (
        f"第 {record.id} 号文书的草稿“{record.path}”与登记的不一致，已被改动，不能办理；请恢复原稿，或退回后重新起草。"
    )


def not_conforming(record: PaperRecord, faults: Sequence[Deviation], count: int) -> str:
    """That a paper breaks what is laid down: clause, where, what was found, what was expected, what to do."""
    told = "；".join(_fault(fault) for fault in faults)
    more = f"等 {count} 处" if count > len(faults) else ""
    advice = f"请退回修改（duban reject {record.id} --as 姓名 --reason 原因），改正模板或数据后重新起草。"
    return f"第 {record.id} 号文书《{record.title}》违反格式规定，不能签发，未占用编号：{told}{more}。{advice}"


def _fault(fault: Deviation) -> str:
    wanted = f"，应为：{fault.expected}" if fault.expected and fault.expected not in fault.message else ""
    return f"{fault.clause}（{fault.id}）{fault.message.removesuffix('。')}{wanted}"


def undrafted(path: str) -> str:
    """Where the first draft on a matter stands, of the path of any: 催办通知单-MH-重拟1.docx → 催办通知单-MH.docx."""
    before, _, after = REDRAFT_SUFFIX.partition("{times}")
    return re.sub(f"{re.escape(before)}[0-9]+{re.escape(after)}$", after, path)


def outcome(record: PaperRecord) -> str:
    """What became of a paper, for the person who acted: 第 12 号文书《…》已签发：郑经小区办催〔2018〕3号，…"""
    text = f"第 {record.id} 号文书《{record.title}》{STATES[record.state]}"
    if record.signature is None:
        return f"{text}。"
    number = f"{record.number}，" if record.number else ""
    return f"{text}：{number}{date_text(record.signature.dated)}，文件“{record.signature.path}”。"
