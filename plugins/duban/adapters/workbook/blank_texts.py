"""Every text that duban itself writes into a blank workbook. Headers and choices come from the form."""

from duban.core.returns import NOTHING_TO_IMPROVE, REASONS, Column, Kind, Presence

GUIDE_SHEET = "填表说明"
LISTS_SHEET = "选项"
COVER_TITLE = "周报表"
COVER_NOTES = (
    "灰色栏目已由系统填好，无需改动；白色栏目请如实填写。",
    "本期没有变化的：报送类型选“零报告”，只报封面，各表不得有数据行。",
    f"辖区内没有小区的：报零报告，在“{REASONS.sheet}”表的“说明”栏写“{NOTHING_TO_IMPROVE}”，经领导小组办公室确认。",
    "更正以往报表的：报送类型选“更正报送”，按更正后的全部数据填报。",
)
TABLE_TITLE = "{sheet}（{office}，截至 {cutoff}）"
FOOTER = "&C第 &P 页，共 &N 页"
DAY = "{day.year}年{day.month}月{day.day}日"

GUIDE_TITLE = "填表说明"
GUIDE_NOTES = (
    "1. 深蓝色表头为必填栏目，浅蓝色表头为选填或视情填写的栏目；标红的格子必填而未填，标黄的格子已过规定时限。",
    "2. 一个小区一行，从表头下第一行填起。请不要改动工作表名称和表头，也不要合并数据行的单元格。",
    "3. 日期须年、月、日齐全，如 2018-09-10；只写月日或两位数年份的不予受理。",
    "4. 有下拉箭头的格子请从选项中选取，不要自行增加选项。",
    "5. 灰色格子是系统已掌握的编号，已锁定；确需删去的，先在“审阅”中撤销工作表保护（无密码）。",
    "6. 系统提示需要说明的事项（B、C 类），请在“说明原因”表中写明规则代码、小区编号和原因。",
)
GUIDE_HEADERS = ("工作表", "栏目", "是否必填", "填写要求", "示例")
PRESENCE = {
    Presence.REQUIRED: "必填",
    Presence.CONDITIONAL: "视情必填",
    Presence.VOLUNTARY: "选填",
    Presence.OPTIONAL: "选填",
}
SPECIAL = {
    "compound_id": "办事处代码加三位数字，一个小区一个编号，各期保持不变",
    "old": "方案重点扶持的老旧小区填“是”",
    "deliberated_on": "提升方案为“两委已议定”时填写，其他情况留空",
    "accepted_on": "各项目标全部为“已完成”或“不涉及”后填写",
    "filed_on": "业委会阶段为“已备案”时填写，其他情况留空",
    "self_raised": "不大于投入资金",
    "asked_on": "填了“需协调部门”才填写",
    "code": "系统退回单或核对结果中列出的代码",
    "reason": "不少于 6 个字",
}

PROMPT_TITLE = "填写提示"
ERROR_TITLE = "请核对"
ERROR = "“{header}”{domain}。"
IDENTIFIER_ERROR = "小区编号应为“{code}-”加三位数字（如 {code}-001），且不得与其他行重复。"
KNOWN_IDENTIFIER_ERROR = "小区编号应是“{sheet}”中已有的编号，且不得重复。"


def domain(column: Column) -> str:
    """What may stand in a column, as a phrase."""
    phrases = [_kind(column), SPECIAL.get(column.key, "")]
    if column.until_cutoff:
        phrases.append("不晚于报告期截止日")
    return "；".join(phrase for phrase in phrases if phrase)


def prompt(phrase: str, example: str) -> str:
    """What Excel shows beside the cell that is being filled in."""
    return f"{phrase}，如 {example}" if example else phrase


def _kind(column: Column) -> str:
    match column.kind:
        case Kind.CHOICE:
            return "从下列选项中选一项：" + "、".join(column.choices)
        case Kind.DATE:
            return "日期，年、月、日齐全"
        case Kind.INTEGER:
            return "整数" + _bounds(column)
        case Kind.DECIMAL:
            return f"数字，最多 {column.places} 位小数" + _bounds(column)
        case Kind.TEXT:
            return f"不超过 {column.longest} 个字" if column.longest else ""
        case Kind.IGNORED:
            return "自行编号，系统不读取"


def _bounds(column: Column) -> str:
    unit = f" {column.unit}" if column.unit else ""
    if column.low is not None and column.high is not None:
        return f"，{column.low} 至 {column.high}{unit}"
    return f"，不小于 {column.low}{unit}" if column.low is not None else ""
