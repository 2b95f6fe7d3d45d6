"""The one table of what is told to a clerk, in Chinese: every finding's title, sentence and mend.

A message is a sentence or two: where, what was found, what to do. `{where}` is sheet, cell and compound, `{found}` and
`{expected}` come with the finding. EXPECTED is keyed by a rule's name, else by its code; its fields are filled by
duban.core.gate.findings.
"""

from dataclasses import dataclass

from duban.core.findings import Finding, FindingClass
from duban.core.masking import mask
from duban.core.returns import Column, Kind

BLANK = "空白"
NO_COLUMN = "无此列"
NO_LABEL = "无此项"
ADD_LABEL = "请按表样补上“{header}”；"  # before the mend of a blank one
LIST = "、"
LONGEST_FOUND = 60  # characters of a cell that a message repeats
OFFICE_WORD = "办事处"  # offices are also known by their names without it


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code is called, and its message."""

    title: str
    text: str


CLASSES = {
    FindingClass.A: "A 强制性",
    FindingClass.B: "B 准强制性",
    FindingClass.C: "C 核实性",
    FindingClass.D: "D 提示性",
}
WORDINGS = {
    "F01": Wording("文件无法读取", "{where}无法读取：{found}。{expected}。"),
    "F02": Wording("缺少工作表", "{found}。{expected}。"),
    "F03": Wording("缺少列或列重复", "{where}{found}。{expected}。"),
    "F04": Wording("填报单位不明", "{where}填报单位为“{found}”，不是应报送的办事处。{expected}。"),
    "F05": Wording("报告期截止日不可用", "{where}报告期截止日为“{found}”，无法确定报告周。{expected}。"),
    "F06": Wording("报错文件夹", "{where}填报单位为“{found}”，与文件所在文件夹不符。{expected}。"),
    "F07": Wording("表样版本或报送类型不明", "{where}“{found}”无法识别。{expected}。"),
    "F08": Wording("文件过大", "{where}过大：{found}。{expected}。"),
    "F09": Wording("数据行与报送类型不符", "{where}{found}。{expected}。"),
    "F10": Wording("重复文件", "{where}与已收到的报表完全相同，已登记，不再处理。{expected}。"),
    "R01": Wording("必填项空白", "{where}未填写。{expected}。"),
    "R02": Wording("不在可选项内", "{where}填写“{found}”，不在可选项内。{expected}。"),
    "R03": Wording("无法识别", "{where}填写“{found}”，无法识别。{expected}。"),
    "R04": Wording("超出范围", "{where}填写“{found}”，超出范围。{expected}。"),
    "R05": Wording("小区编号不符", "{where}小区编号“{found}”不符合要求。{expected}。"),
    "R06": Wording("小区编号重复", "{where}小区编号“{found}”重复。{expected}。"),
    "R07": Wording("工作台账无此小区", "{where}小区编号“{found}”在《工作台账》中没有。{expected}。"),
    "R08": Wording("日期晚于截止日", "{where}日期“{found}”晚于报告期截止日。{expected}。"),
    "R09": Wording("目标未完成却有验收日期", "{where}已填验收日期 {found}。{expected}。"),
    "R10": Wording("备案日期与业委会阶段不符", "{where}{found}。{expected}。"),
    "R11": Wording("议定日期与提升方案不符", "{where}{found}。{expected}。"),
    "R12": Wording("文字过长或含控制字符", "{where}文字过长或含有不可见字符：“{found}”。{expected}。"),
    "B01": Wording("日期早于方案印发", "{where}日期“{found}”早于方案开始日。{expected}。"),
    "B02": Wording("每栋户数异常", "{where}{found}。{expected}。"),
    "B03": Wording("不涉及的目标过多", "{where}已填验收日期 {found}。{expected}。"),
    "B05": Wording("楼栋数过多", "{where}楼栋数为“{found}”。{expected}。"),
    "B06": Wording("暂不具备条件", "{where}业委会阶段为“{found}”。{expected}。"),
    "C01": Wording("进度倒退", "{where}比上次报送倒退：{found}。{expected}。"),
    "C02": Wording("数量变化较大", "{where}与上次报送相差较大：{found}。{expected}。"),
    "C03": Wording("小区漏报", "{where}上次报送的小区“{found}”本次没有。{expected}。"),
    "C04": Wording("一周内集中验收", "{where}{found}。{expected}。"),
    "C05": Wording("项目台账无变化", "{where}{found}。{expected}。"),
    "C06": Wording("同一社区小区重名", "{where}小区名称“{found}”重复。{expected}。"),
    "C07": Wording("小区更名", "{where}小区名称变化：{found}。{expected}。"),
    "C08": Wording("缺验收单位", "{where}有验收日期而验收单位空白。{expected}。"),
    "C09": Wording("尚无项目台账", "{where}{found}。{expected}。"),
    "C10": Wording("范围空白", "{where}未填写。{expected}。"),
    "C11": Wording("非必填项有误", "{where}填写“{found}”有误，该格未采用，本行有效。{expected}。"),
    "D01": Wording("已规范数值", "{where}已规范：{found}。{expected}。"),
    "D02": Wording("多出的列", "{where}多出“{found}”列，已存档，不参与统计。{expected}。"),
    "D03": Wording("隐藏的行列", "{where}有隐藏的{found}，已照常读取。{expected}。"),
    "D04": Wording("日期不是截止日", "{where}报告期截止日为“{found}”。{expected}。"),
    "D05": Wording("未计入的行", "{where}{found}，未作为数据。{expected}。"),
    "D06": Wording("说明未采用", "{where}说明“{found}”未采用。{expected}。"),
    "D07": Wording("规则已豁免", "{where}{found}。{expected}。"),
    "D08": Wording("辖区内无小区，待确认", "{where}说明“{found}”已收到。{expected}。"),
}

_EXPLAIN = "有误的请改正；属实的请在《说明原因》中写明规则代码、小区编号和原因（不少于6字），未说明的该行不予采用"
_NOT_LATER = "{header}不得晚于 {cutoff}，尚未发生的请留空"
_VERIFY = "有误的请改正；属实的请在《说明原因》中说明"

EXPECTED = {
    "F01": "请用 Excel 或 WPS 打开原报表，另存为 .xlsx 后重新报送",
    "F02": "请使用下发的空白表，填写《{header}》后重新报送",
    "F02.csv": "请把各张表的 csv 文件放在以截止日命名的子文件夹（如 {example}）里一并报送，或改用下发的空白表",
    "F03.missing": "请按表样补上“{header}”后重新报送",
    "F03.twice": "“{header}”只能有一处，请删去多余的后重新报送",
    "F03.table": "《{header}》只能有一份，请删去多余的后重新报送",
    "F04": "请填写办事处全称，可填：{offices}",
    "F05": "请填写本报告周的截止日，年月日齐全，不早于 {first_day}，如 {example}",
    "F05.begun": "该报告周尚未开始，请核对日期",
    "F06": "此文件夹只收代码为 {folder} 的办事处的报表，请核对填报单位或报送位置",
    "F07": "{header}请填：{domain}",
    "F08": "每个文件不超过 20 MB，表样中的每张表不超过 {limit} 行数据，请删去多余内容后重新报送",
    "F09.empty": "本周确无变化请将报送类型改为“零报告”，否则请填写数据",
    "F09.rows": "有数据请将报送类型改为“正常报送”，确无变化请删去数据行",
    "F10": "无需再报",
    "R01": "请填写{header}：{domain}",
    "R02": "{header}请填：{domain}",
    "R02.other": "{header}请填：{domain}；请改填“{other}”列",
    "R03": "请改正，{header}应为{domain}",
    "R04": "请改正，{header}应为{domain}",
    "R05": "请改为本办代码加三位数字，如 {office}-001",
    "R06": "同一表内小区编号不能重复，另见第 {twins} 行，请改正；改正前这些行均不采用",
    "R07": "请在《工作台账》中补填该小区，或改正小区编号",
    "R08": _NOT_LATER,
    "R09": "已验收的，各项目标须为“已完成”或“不涉及”，且至少一项“已完成”；未验收的，请清空验收日期",
    "R10.wanted": "业委会阶段为“已备案”时，请填写备案日期；尚未备案的请改正阶段",
    "R10.unwanted": "备案日期只在业委会阶段为“已备案”时填写，请改正阶段或清空日期",
    "R11.wanted": "提升方案为“两委已议定”时，请填写两委议定日期；尚未议定的请改正提升方案",
    "R11.unwanted": "两委议定日期只在提升方案为“两委已议定”时填写，请改正提升方案或清空日期",
    "R12": "请改正，{header}应为{domain}，不含不可见字符",
    "B01": "{header}一般不早于 {plan_start}。" + _EXPLAIN,
    "B02": "每栋一般为 2 至 400 户。" + _EXPLAIN,
    "B03": "已验收小区“不涉及”的目标一般不超过 3 项。" + _EXPLAIN,
    "B05": "楼栋数一般不超过 300 栋。" + _EXPLAIN,
    "B06": _EXPLAIN,
    "C01": _VERIFY,
    "C02": "楼栋数、居民户数一般变化不超过 20%。" + _VERIFY,
    "C03": "已沿用上次数据，请在《工作台账》中补报；确需调出的请向领导小组办公室说明",
    "C04": "已列入抽查，请备好验收资料。" + _VERIFY,
    "C05": "本周确无变化的，可报“零报告”；有变化的请更新",
    "C06": "同一社区内小区名称一般不重复，另见第 {twins} 行。" + _VERIFY,
    "C07": _VERIFY,
    "C08": "请补填验收单位",
    "C09": "截止日在 {project_due} 及以后的报告周必须填报《{header}》，请提前准备",
    "C10": "请填写小区四至范围",
    "C11": "请改正，{header}应为{domain}",
    "C11.control": "请改正，{header}应为{domain}，不含不可见字符",
    "C11.late": _NOT_LATER,
    "C11.choice": "{header}请填：{domain}",
    "C11.later": "{header}不得晚于 {cutoff_year} 年，请核对",
    "C11.funds": "自筹资金不得超过投入资金，请核对",
    "C11.project.asked_on.wanted": "填写需协调部门的，请同时填写提请日期",
    "C11.project.ask_department.wanted": "填写提请日期的，请同时填写需协调部门",
    "D01": "请核对；下次请按规范填写：{domain}",
    "D02": "无需处理",
    "D03": "不需要的行列请删除",
    "D04": "按所在报告周（截止日 {cutoff}）处理，下次请填截止日",
    "D05": "如为数据，请改正后重报",
    "D06.short": "说明不少于6字，请补充",
    "D06.unused": "没有与规则代码和小区编号相符的问题，请核对",
    "D07": "领导小组办公室已同意至 {until} 不适用该规则（{reason}），无需处理",
    "D08": "无需处理，待领导小组办公室确认；确认后视为完成调查摸底，基数为 0，确认以前仍按未报送工作台账计",
}

# Whatever stands in a finding's `found` beside cells: by rule or code, then by frame column.
FOUND = {
    "F02": "没有《{header}》工作表",
    "F02.csv": "单个 csv 文件没有《{header}》，看不出是哪一周的报表",
    "F03.missing": "缺少“{header}”",
    "F03.twice": "“{header}”出现两次",
    "F03.table": "有 {count} 份",
    "F01.member": "文件夹中的“{name}”：{found}",
    "F01.workbook": "文件夹中的“{name}”是 Excel 工作簿，不是 csv",
    "F08.folder": "文件夹共 {size:.1f} MB，超过 {limit} MB",
    "F08": "{sheet}有 {count} 行",
    "R03.surplus": "本行多出 {count} 格，各列可能错位",
    "F09.empty": "没有任何数据行",
    "F09.rows": "零报告中有 {count} 行数据",
    "C04": "同一周（{week}）内有 {count} 个小区验收，占全办 {known} 个小区的 {percent}%",
    "C04.week": "截止日 {cutoff}",
    "C04.earlier": "{monday} 起",
    "C05": "《{header}》{count} 行与上次报送完全相同",
    "C09": "尚未填报《{header}》",
    "D01.many": "{cell} {note}（该列共 {count} 处）",
    "D03.rows": "第 {rows} 行",
    "D03.columns": "“{header}”列",
    "D05.total": "第 {rows} 行为合计行",
    "D05.note": "第 {rows} 行为说明文字",
    "D07": "{code} {title}：{found}",
}
WAIVED = {"committee": "暂不具备成立业主委员会的条件"}
FACT_LABELS = {
    "households_per_building": "每栋 {value} 户",
    "aims_open": "未完成的目标 {value} 项：{aims}",
    "aims_done": "已完成的目标 {value} 项",
    "aims_unconcerned": "不涉及的目标 {value} 项：{aims}",
}
LAST_LABEL = "上次为{value}"


def waived_title(rule: str) -> str:
    """What a waiver lifts: a finding's code and what it is called, or what is recorded of a compound."""
    return WAIVED[rule] if rule in WAIVED else f"{rule} {WORDINGS[rule].title}"


def expected_key(rule: str) -> str | None:
    """The key of EXPECTED for a rule: its whole name, its code and last word (`C11.late`), or its code."""
    code, _, rest = rule.partition(".")
    keys = (rule, f"{code}.{rest.rpartition('.')[2]}", code)
    return next((key for key in keys if key in EXPECTED), None)


def domain(column: Column) -> str:
    """What a column may hold, in the words of the form."""
    if column.kind is Kind.CHOICE:
        return LIST.join(column.choices)
    if column.kind is Kind.DATE:
        return f"年月日齐全的日期，如 {column.example or '2018-09-10'}"
    if column.kind is Kind.TEXT:
        return _text_domain(column)
    what = "整数" if column.kind is Kind.INTEGER else f"数（最多 {column.places} 位小数）"
    if column.high is not None:
        return f"{column.low}—{column.high} 的{what}"
    return what if column.low is None else f"不小于 {column.low} 的{what}"


def _text_domain(column: Column) -> str:
    if column.longest is not None:
        return f"不超过 {column.longest} 字的文字"
    return f"文字，如 {column.example}" if column.example else "文字"


def shorten(text: str) -> str:
    """A cell's text as a message repeats it: not at any length, and no number of a person's card or telephone."""
    text = mask(text)
    return text if len(text) <= LONGEST_FOUND else text[:LONGEST_FOUND] + "…"


def where(finding: Finding) -> str:
    """The place of a finding: 《工作台账》F12（MH-003）."""
    if finding.sheet is None:
        return "本文件"
    compound = f"（{finding.compound}）" if finding.compound else ""
    return f"《{finding.sheet}》{finding.cell or ''}{compound}"


def message(finding: Finding) -> str:
    """The whole message: where, what was found, what to do; and the office's reason where it gave one."""
    text = WORDINGS[finding.code].text.format(where=where(finding), found=finding.found, expected=finding.expected)
    return f"{text}（已说明：{finding.reason}）" if finding.reason else text
