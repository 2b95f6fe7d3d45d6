"""The words of the board's pages, Chinese and English. What comes from the plan and the papers stays Chinese."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TypeVar

from duban.core import delivery_texts, signing_texts
from duban.core.assessment import State
from duban.core.checked import Status
from duban.core.state_texts import OBLIGATIONS, RETURNS, WEEKLY

K = TypeVar("K", State, Status)

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("督办看板", "Supervision board"),
    "overview": ("总览", "Overview"),
    "offices": ("办事处", "Offices"),
    "returns": ("报送", "Returns"),
    "papers": ("公文", "Papers"),
    "plans": ("各区", "Districts"),
    "rules": ("指标", "Figures"),
    "language": ("English", "中文"),
    "as_of": ("截至", "As of"),
    "latest": ("最近", "latest"),
    "cutoff_of": ("第{}周截止", "cut-off of {}"),
    "show": ("查看", "Show"),
    "skip": ("跳到正文", "Skip to content"),
    "district": ("全区", "District"),
    "baseline": ("小区基数", "Compounds"),
    "provisional": ("暂定", "provisional"),
    "committees": ("业主委员会成立", "Committees formed"),
    "improvements": ("小区管理提升", "Compounds improved"),
    "of_required": ("年底应完成", "required by year's end"),
    "schemes": ("提升方案已拟定", "Schemes drafted"),
    "deliberated": ("两委已议定", "Deliberated"),
    "rate": ("完成率", "Rate"),
    "pace": ("序时进度", "Pace"),
    "done": ("完成数", "Done"),
    "required": ("任务数", "Required"),
    "projected": ("按近四周推算", "Projected"),
    "weekly": ("平均每周需完成", "Needed a week"),
    "chart_note": (
        "完成数按备案、验收日期累计，以截至时点所知为准。",
        "Done: by the days of filing and acceptance, as known at the instant.",
    ),
    "heat": ("各办事处事项", "Offices and obligations"),
    "office": ("办事处", "Office"),
    "light": ("灯号", "Light"),
    "rank": ("名次", "Rank"),
    "tied": ("并列", "="),
    "this_week": ("本期周报", "This week"),
    "returned_no": ("未收到", "missing"),
    "next": ("近期事项", "What comes next"),
    "due_7": ("七日内到期", "Due within 7 days"),
    "letters_next": ("下一工作日将拟制的通知", "Letters of the next working morning"),
    "letters_note": (
        "假定此后再无报送；{} 时点推算。",
        "If nothing more comes; worked out for {}.",
    ),
    "missing": ("本期未收到周报的办事处", "No return this week"),
    "nothing": ("无", "None"),
    "due": ("期限", "Due"),
    "state": ("状态", "State"),
    "item": ("事项", "Item"),
    "owner": ("责任主体", "Owner"),
    "days": ("逾期天数", "Days overdue"),
    "compounds": ("小区台账", "Compounds"),
    "compound": ("小区", "Compound"),
    "community": ("社区", "Community"),
    "scheme": ("提升方案", "Scheme"),
    "stage": ("业委会阶段", "Committee"),
    "accepted_on": ("验收日期", "Accepted on"),
    "pending": ("数据待补", "data missing"),
    "outside": ("基数外", "outside the baseline"),
    "aim_key": (
        "● 已完成　◐ 进行中　○ 未开始　／ 不涉及　· 未填",
        "● done ◐ going on ○ not begun ／ not concerned · empty",
    ),
    "findings": ("核对问题", "Findings"),
    "hints": ("提示", "Hints"),
    "finding_kind": ("类别", "Class"),
    "files": ("退回文件", "Files"),
    "received": ("收到时间", "Received"),
    "week": ("报告期", "Week"),
    "file": ("文件", "File"),
    "duties": ("事项与期限", "Obligations"),
    "letters": ("公文与送达", "Papers and receipts"),
    "number": ("文号", "Number"),
    "unnumbered": ("待编", "none yet"),
    "never_numbered": ("不编号", "none"),
    "signed_by": ("签发人", "Signed by"),
    "drafted_at": ("拟稿时点", "Drafted as of"),
    "deliveries": ("送达", "Deliveries"),
    "first_pass": ("首次合格率", "First-pass rate"),
    "by_code": ("问题分布", "Findings by code"),
    "count": ("次数", "Count"),
    "code": ("代码", "Code"),
    "on_time": ("按期", "on time"),
    "late": ("逾期", "late"),
    "paper_title": ("标题", "Title"),
    "download": ("下载 .docx", "Download .docx"),
    "preview_note": (
        "正文预览；版式以 .docx 为准。点击数字可查看来源。",
        "Text only; the .docx has the layout. Click a figure to see where it came from.",
    ),
    "chart_left_out": ("〔图表见 .docx〕", "[chart: see the .docx]"),
    "no_preview": ("这份公文没有留存正文，请下载 .docx。", "No text was kept; download the .docx."),
    "figure": ("数字溯源", "Where a figure came from"),
    "meaning": ("含义", "Meaning"),
    "definition": ("规则", "Rule"),
    "source": ("计算位置", "Worked out in"),
    "unit": ("单位", "Unit"),
    "sql": ("查询语句", "Statement"),
    "replays": ("重新计算一致", "The ledger gives the same"),
    "differs": ("重新计算得到", "The ledger now gives"),
    "counted": ("计入的小区与单元格", "Compounds counted, and their cells"),
    "inputs": ("来源报表", "Returns it came from"),
    "cell": ("单元格", "Cell"),
    "evidence": ("证据清单", "Evidence"),
    "evidence_note": (
        "拟稿时冻结，随公文登记；duban trace 编号 --evidence 可重新核对。",
        "Frozen with the draft and kept in the register; duban trace ID --evidence works it out anew.",
    ),
    "download_list": ("下载清单 .xlsx", "Download .xlsx"),
    "slider": ("拖动选择截止时点", "Choose a cut-off"),
    "waiting": ("待部门事项", "Waiting for departments"),
    "waits": ("待部门", "waits for a department"),
    "waiting_note": (
        "已提请部门协调、尚未办结的问题，由有关部门办理，不计为办事处逾期。",
        "Put to departments and still open; an office does not answer for them.",
    ),
    "department": ("部门", "Department"),
    "problem": ("问题", "Problem"),
    "asked_on": ("提请日期", "Asked on"),
    "earlier": ("更早", "Earlier"),
    "later": ("更近", "Later"),
    "part_of": ("第 {} 页，共 {} 页", "page {} of {}"),
    "part": ("第 {} 页", "page {}"),
    "previous": ("上一页", "Previous"),
    "following": ("下一页", "Next"),
    "and_more": ("……共 {} 项", "… {} in all"),
    "others": ("……", "…"),
    "newest_only": ("只列最近的；全部见“报送”“公文”。", "The newest only; Returns and Papers have them all."),
    "closed_note": (
        "已办结的周报等事项只列近十三周。",
        "Of weekly items that are done with, those of the last thirteen weeks.",
    ),
    "shown_only": (
        "合格率按本页所列各期计；问题按本页办事处在这些日子里收到的全部报表计。",
        "The rate is of the weeks shown; findings are of all that these offices sent in those days.",
    ),
    "whole": ("重新计算并逐格核对", "Work it out anew, down to the cells"),
    "whole_note": ("大范围的数字要算几分钟。", "A figure of many offices takes minutes."),
    "data_docs": ("数据文档", "Data Docs"),
    "data_docs_note": (
        "Great Expectations 生成的规则说明和校验记录，每晚重建；只有规则和计数，没有单元格内容。",
        "Great Expectations' pages on rules and validations, built every night; rules and counts, never a cell.",
    ),
    "suites": ("规则", "Rules"),
    "validations": ("校验记录", "Validations"),
    "checked_at": ("校验时间", "Checked at"),
    "checked_returns": ("报表（回执编号）", "Returns (by receipt)"),
    "checked_tables": ("各表结果", "Results by table"),
    "rules_version": ("规则版本", "Version of the rules"),
    "back": ("返回公文", "Back to the paper"),
    "login": ("前往登录", "Log in"),
    "clause": ("方案规定", "by the order"),
    "decision": ("本系统所定", "our decision"),
}
_LIGHTS = {
    "green": ("●", "绿 正常", "G on pace"),
    "yellow": ("▲", "黄 落后", "Y behind"),
    "blue": ("◆", "蓝 临期", "B due soon"),
    "red": ("■", "红 逾期", "R overdue"),
    "none": ("—", "无灯", "no light"),
}
_STATES = {
    State.PENDING: ("none", "○", "pending"),
    State.DUE_SOON: ("blue", "◆", "due soon"),
    State.MET: ("green", "●", "met"),
    State.MET_LATE: ("green", "◑", "met late"),
    State.OVERDUE: ("red", "■", "overdue"),
    State.IN_CORRECTION: ("yellow", "▲", "in correction"),
    State.LAPSED: ("red", "×", "lapsed"),
}
_WEEKLY = {
    State.PENDING: ("none", "○", "to come"),
    State.DUE_SOON: ("blue", "◆", "to come"),
    State.MET: ("green", "●", "in"),
    State.MET_LATE: ("yellow", "▲", "late"),
    State.IN_CORRECTION: ("yellow", "▲", "in correction"),
    State.OVERDUE: ("red", "■", "missing"),
    State.LAPSED: ("red", "■", "missing"),
}
_RETURNS = {
    Status.ACCEPTED: ("green", "●", "accepted"),
    Status.PARTIAL: ("yellow", "▲", "partial"),
    Status.RETURNED: ("red", "■", "returned"),
    Status.DUPLICATE: ("none", "＝", "duplicate"),
}
_REFUSALS = {
    401: ("请先登录 Airflow，再打开督办看板。", "Log in to Airflow first."),
    403: (
        "您的账号没有查看督办看板的权限，请联系数据组在 plans/access.yaml 中登记。",
        "Your account may not read the board; ask the data team to list it in plans/access.yaml.",
    ),
    404: ("没有找到，或者您无权查看。", "There is no such thing, or it is not for you."),
    422: ("网址中的参数写法不对，请返回总览重新选择。", "A parameter of the address is malformed."),
    0: ("看板出错，请联系数据组。", "The board failed; tell the data team."),
}
_SUITES = {
    "cover": ("封面", "cover"),
    "work_ledger": ("工作台账", "work ledger"),
    "project_ledger": ("项目台账", "project ledger"),
    "activities": ("工作动态", "activities"),
    "across_weeks": ("前后期比对", "across weeks"),
}
AIMS = {"已完成": "●", "进行中": "◐", "未开始": "○", "不涉及": "／"}
ROLES = {
    "bureau": ("房管局", "bureau"),
    "supervision": ("督查室", "supervision"),
    "office": ("办事处", "office"),
    "data_team": ("数据组", "data team"),
}


def _lamps(
    chinese: Mapping[K, str], shown: Mapping[K, tuple[str, str, str]], *, english: bool
) -> dict[K, tuple[str, str, str]]:
    """State → its light, its shape, its word."""
    return {key: (light, shape, word if english else chinese[key]) for key, (light, shape, word) in shown.items()}


def of(language: str) -> SimpleNamespace:
    """Every word in one language ("zh", "en"), by name."""
    english = language == "en"
    place = int(english)
    return SimpleNamespace(
        language_code="en" if english else "zh-CN",
        lights={key: (shape, (zh, en)[place]) for key, (shape, zh, en) in _LIGHTS.items()},
        weekly_returns=_lamps(WEEKLY, _WEEKLY, english=english),
        states=_lamps(OBLIGATIONS, _STATES, english=english),
        statuses=_lamps(RETURNS, _RETURNS, english=english),
        paper_states={state: state.value if english else name for state, name in signing_texts.STATES.items()},
        delivery_states={state: state if english else name for state, name in delivery_texts.STATES.items()},
        refusals={key: pair[place] for key, pair in _REFUSALS.items()},
        roles={key: pair[place] for key, pair in ROLES.items()},
        suite_names={key: pair[place] for key, pair in _SUITES.items()},
        aims=AIMS,
        **{name: pair[place] for name, pair in _WORDS.items()},
    )
