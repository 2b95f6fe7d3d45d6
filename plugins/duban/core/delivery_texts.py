"""Every sentence about delivery that a person is told, in one table."""

from collections.abc import Sequence

STATES = {
    "pending": "待发送",
    "sending": "发送中",
    "sent": "已送达",
    "uncertain": "是否送达不明",
    "refused": "被拒收",
    "bounced": "被退信",
    "held": "暂缓发送",
    "cancelled": "不再发送",
}
CHANNELS = {"folder": "文件夹", "mail": "电子邮件"}

NO_SUCH_DELIVERY = "没有第 {id} 号送达记录，请用 duban deliveries 查看编号。"
NOT_TO_DECIDE = "第 {id} 号送达（{name}）{state}，不需要处理；只有是否送达不明、被拒收或被退信的可以重发或登记。"
NOTHING_HELD = "第 {id} 号文书没有暂缓发送的送达，不需要放行。"
REACHED = "第 {id} 号文书已经发出或可能已经发出（{names}），不能作废；请用 duban revoke 起草撤销通知。"

NOTHING_DUE = "没有待送达的公文。"
RELEASED = "第 {id} 号文书《{title}》已放行，将在下次送达时发出。"

ABANDONED = "发送途中程序中断，不知道对方是否收到；请向收文单位核实后登记或重发"
SET_ASIDE = "所列事项均已办结，暂缓发送，请签发人决定放行（duban release）或者作废（duban void）"
NAME_TAKEN = "收件文件夹中已有同名而内容不同的文件“{path}”，没有覆盖"
FOLDER_AWAY = "收件文件夹暂时不能写入（{error}），下次再试"
MAIL_AWAY = "邮件服务器没有应答（{error}），邮件没有发出，下次再试"
MAIL_LOGIN = "邮件服务器不接受用户名或密码（{code}），请核对设置"
MAIL_ANSWER_LOST = "邮件已交给服务器，但没有等到答复，不知道是否送达；请向收文单位核实后登记或重发"
BOUNCED = "邮件被退回：{said}"
MAIL_SAID = "邮件服务器答复 {code}：{answer}"
SENT_AGAIN = "决定重发"
CONFIRMED = "经核实已收到"


def not_to_decide(delivery_id: int, name: str, state: str) -> str:
    """That a delivery needs nobody's decision."""
    return NOT_TO_DECIDE.format(id=delivery_id, name=name, state=STATES[state])


def subject(title: str, number: str | None) -> str:
    """The subject of a mail: 催办通知单（明湖办事处）（郑经小区办催〔2018〕3号）."""
    return f"{title}（{number}）" if number else title


def letter(title: str, number: str | None, recipient: str, files: Sequence[str]) -> str:
    """The text of a mail: what is enclosed. What the paper says stands in the paper alone."""
    numbered = f"（{number}）" if number else ""
    enclosed = "\n".join(f"{n}. {file}" for n, file in enumerate(files, 1))
    return f"{recipient}：\n\n    现送上《{title}》{numbered}，请查收。附件：\n{enclosed}\n"
