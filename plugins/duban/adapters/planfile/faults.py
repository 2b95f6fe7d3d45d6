"""What is wrong with a plan file, told in Chinese: file, line, key, what was found, what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duban.core.errors import PlanError

MOST = 20

MESSAGES: Mapping[str, str] = {
    "no_file": "找不到这个文件，请核对路径",
    "unreadable": "读不出这个文件（{found}），请另存为 UTF-8 编码的文本",
    "syntax": "YAML 写法有误（{found}），请检查此行及上一行的缩进、冒号和引号",
    "recursive": "引用了它自身，请把内容直接写在此处",
    "odd_key": "键须是一个词，请改正",
    "twice": "这个键在第{first}行已经写过，请删去一处",
    "missing": "缺少这个键，请补上",
    "extra_forbidden": "不认识这个键，请改正或删去；此处可用：{allowed}",
    "mapping": "此处应写若干“键: 值”，写的是“{found}”，请改正",
    "list": "此处应写列表（每项以“- ”开头），写的是“{found}”，请改正",
    "text": "此处应写文字，写的是“{found}”，请改正",
    "blank": "此处不能空着，请填写",
    "day": "“{found}”不是日期，请按 2018-07-30 的样子填写",
    "hour": "“{found}”不是时刻，请按 17:00 的样子填写",
    "share": "“{found}”不是百分数，请按 30、33.5% 或 100/3 的样子填写，须大于 0、不超过 100",
    "code": "“{found}”不能作代码，请用以字母开头的大写字母和数字，最多 8 个",
    "name": "“{found}”不能作标识，请用小写字母、数字和连字符",
    "copy_number": '“{found}”不是份号，请写 6 位阿拉伯数字并加引号，例如 "000001"',
    "secrecy": "“{found}”不是密级和保密期限，请按“机密★1年”的样子填写",
    "head_lines": "{found}没有公文版头，不能标注份号、密级、紧急程度，请删去",
    "int_parsing": "“{found}”不是整数，请改正",
    "bool_parsing": "“{found}”不是 true 或 false，请改正",
    "choice": "“{found}”不可用，请改为其中之一：{expected}",
    "greater_than_equal": "“{found}”太小，请改为不小于 {ge} 的数",
    "less_than_equal": "“{found}”太大，请改为不大于 {le} 的数",
    "too_short": "列表至少要有 {min_length} 项，请补上",
    "ground": "clause（原文）与 decision（理由）须写且只写其一，请改正",
    "duty_text": "以 decision 为依据的职责须另写 text，请补上",
    "needs": "evidence 为“{evidence}”时必须写 {needed}，请补上",
    "not_with": "due 与 phase 不能同时写，请删去其一",
    "unknown": "“{found}”没有定义，请改为其中之一：{expected}",
    "same": "“{found}”与前面的重复，请改正",
    "aims": "目标须恰为 11 项，键依次为 aim_01 至 aim_11，请改正",
    "years": "年份须逐年递增，且完成期限须在当年，请改正",
    "over": "各年份额合计超过 100%，请改正",
    "order": "各级须按 working_days 从小到大排列，请调整",
    "days_order": "结束日早于开始日，请改正",
    "no_start": "阶段“{found}”没有 start，请补上",
    "number_form": "编号格式“{found}”须含 {{number}}，且只能用 {{prefix}}、{{year}}、{{number}}，请改正",
    "placeholder": "“{found}”中的占位符不可用，请只用：{expected}",
    "papers": "缺少下列文种：{found}，请补上",
    "same_person": "核稿人与签发人都是“{found}”，请改由两人担任",
    "reminder": "提醒时刻不早于截止时刻，请改正",
    "both": "{found} 既列为放假又列为上班，请删去一处",
    "not_in_year": "{found} 不归 {year} 年的通知管，请改正",
    "mail": "“{found}”不是邮箱地址，请改正",
    "mailbox": "以电子邮件送达的须写邮箱地址 address，写的是“{found}”，请改正",
    "group": "“{found}”已列出 members，不能再写 channel 或 address，请删去",
    "other": "“{found}”不可用，请改正",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its `code` in MESSAGES, the `place` of the entry (keys and indexes from 0), what fills the message."""

    code: str
    place: tuple[str | int, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None


def plan_error(path: Path, faults: Iterable[Fault]) -> PlanError:
    """The faults of one file, a line of text each, in the order of the file; no more than MOST.

    A misspelt key also leaves its right name missing: the misspelling is told first.
    """
    ordered = sorted(faults, key=lambda fault: (fault.line or 0, fault.code == "missing"))
    told = [_sentence(path, fault) for fault in ordered[:MOST]]
    if len(ordered) > MOST:
        told.append(f"……另有 {len(ordered) - MOST} 处，请改正以上各处后再试。")
    return PlanError("\n".join(told))


def _sentence(path: Path, fault: Fault) -> str:
    line = f" 第{fault.line}行" if fault.line else ""
    key = f" {_dotted(fault.place)}" if fault.place else ""
    return f"{path}{line}{key}：{MESSAGES[fault.code].format(**fault.context)}。"


def _dotted(place: tuple[str | int, ...]) -> str:
    """`ladder[2].paper`: items counted from 1, as people do."""
    dotted = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return dotted.removeprefix(".")
