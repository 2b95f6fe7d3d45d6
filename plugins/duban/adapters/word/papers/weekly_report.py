"""工作简报: the weekly report (domain.md §7; customary parts in gb9704.md §3)."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.papers.decisions import CORRECTED
from duban.adapters.word.papers.progress import COMMITTEES, DUE_SOON, IMPROVEMENTS, OVERDUE, overall, standing
from duban.adapters.word.parts import title
from duban.adapters.word.sheet import BULLETIN_DROP

_SPEED = (
    Column("办事处", 24, "{{ row.office }}"),
    Column("增减", 11, "{{ row.committees_change }}", group=COMMITTEES),
    Column("序时\n进度", 16, "{{ row.committees_pace }}", group=COMMITTEES),
    Column("亮灯", 11, "{{ row.committees_light }}", group=COMMITTEES),
    Column("周需", 11, "{{ row.committees_weekly }}", group=COMMITTEES),
    Column("预计", 11, "{{ row.committees_projected }}", group=COMMITTEES),
    Column("增减", 11, "{{ row.improvements_change }}", group=IMPROVEMENTS),
    Column("序时\n进度", 16, "{{ row.improvements_pace }}", group=IMPROVEMENTS),
    Column("亮灯", 11, "{{ row.improvements_light }}", group=IMPROVEMENTS),
    Column("周需", 11, "{{ row.improvements_weekly }}", group=IMPROVEMENTS),
    Column("预计", 11, "{{ row.improvements_projected }}", group=IMPROVEMENTS),
    Column("综合\n亮灯", 12, "{{ row.light }}"),
)

_REJECTED = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("收到\n文件", 15, "{{ row.files }}"),
    Column("整份\n退回", 15, "{{ row.returned }}"),
    Column("退回\n行数", 15, "{{ row.rows }}"),
    Column("主要问题（规则代码、名称和处数）", 86, "{{ row.faults }}", "Cell"),
)


_WAIVED = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("小区", 36, "{{ row.compound }}", "Cell"),
    Column("豁免事项", 36, "{{ row.matter }}", "Cell"),
    Column("有效期至", 22, "{{ row.until }}"),
    Column("理由（决定人）", 37, "{{ row.reason }}（{{ row.by }}）", "Cell"),
)


_CHECKED = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("小区", 40, "{{ row.compound }}", "Cell"),
    Column("自报事项", 33, "{{ row.matter }}", "Cell"),
    Column("核查结果", 18, "{{ row.result }}"),
    Column("核查日期", 22, "{{ row.visited }}"),
    Column("核查人", 18, "{{ row.by }}", "Cell"),
)


def weekly_report() -> BasePaper:
    """The base document of the weekly report."""
    paper = BasePaper("工作简报")
    _head(paper)
    paper.heading("一、总体情况")
    overall(paper)
    _offices(paper)
    _returns(paper)
    _duties_of_the_week(paper)
    _next_steps(paper)
    _box(paper)
    _waived(paper)
    _checked(paper)
    paper.colophon(("报：{{ report_to }}。", ""), ("送：{{ send_to }}。", ""), ("发：{{ issue_to }}。", ""))
    return paper


def _head(paper: BasePaper) -> None:
    paper.drop(BULLETIN_DROP)
    paper.text("Mark", "{{ mark }}")
    paper.text("Issue", "{{ number }}")
    paper.text("Editor", "{{ issuer }}\t{{ dated }}")
    paper.red_rule()
    paper.blank()
    title(paper)
    paper.text("Subtitle", "（截至{{ as_of_full }}{% if provisional %}，暂定{% endif %}）")
    paper.blank()


def _offices(paper: BasePaper) -> None:
    paper.heading("二、各办事处进展")
    standing(paper)
    paper.text("Caption", "表2　变化与进度（单位：个）")
    paper.table(_SPEED, "row", "speed")
    paper.text(
        "Note",
        "注：1.“增减”为完成数与上期相比；"
        "“周需”为按期完成任务平均每周需新增的个数，“预计”为按近四周速度推算的年底完成数。2.绿灯：不低于序时进度；"
        "黄灯：低于序时进度；蓝灯：有事项即将到期；红灯：有事项逾期。"
        "{% if not started %}3.“—”：未到实施阶段。{% endif %}",
    )
    _charts(paper)


def _box(paper: BasePaper) -> None:
    """更正: what the last issue said and no longer holds, in a table at the end."""
    paper.begin("if corrected")
    paper.text("Caption", "更正")
    paper.body(
        "上期简报（数据截至{{ last_as_of }}）下列数据，因其后收到更正报表或者任务基数调整而变化，以更正后的为准。"
    )
    paper.table(CORRECTED, "row", "corrected")
    paper.end("endif")


def _waived(paper: BasePaper) -> None:
    """附: the rules lifted for single compounds, and what is recorded of them, in a table at the end."""
    paper.begin("if waivers")
    paper.text("Caption", "附：经{{ issuer }}同意、目前有效的豁免事项")
    paper.table(_WAIVED, "row", "waivers")
    paper.text(
        "Note",
        "注：豁免只对所列小区有效，期满自动恢复。“暂不具备成立业主委员会的条件”的小区不计入业主委员会任务数。",
    )
    paper.end("endif")


def _checked(paper: BasePaper) -> None:
    """附: what was found on site; what the offices report and nobody has seen is 自报."""
    paper.begin("if site_checks")
    paper.text("Caption", "附：现场核查情况")
    paper.table(_CHECKED, "row", "site_checks")
    paper.text("Note", "注：完成数除表列属实的以外均为办事处自报；经核查不属实的，不计入完成数。")
    paper.end("endif")


def _charts(paper: BasePaper) -> None:
    for number, name in enumerate((COMMITTEES, IMPROVEMENTS), start=1):
        paper.begin("if charts")
        paper.text("Chart", "")
        paper.text("FigureCaption", f"图{number}　{name}完成率与序时进度")
        paper.end("endif")


def _returns(paper: BasePaper) -> None:
    paper.heading("三、报送情况")
    paper.body(
        "本期应报送周报的办事处{{ figure.returns.due }}个，截至{{ as_of }}，已收到并采用{{ figure.returns.accepted }}个"
        "{% if correcting %}；已报送、退回补正中{{ figure.returns.correcting }}个：{{ correcting }}{% endif %}"
        "{% if missing %}；未收到{{ figure.returns.missing }}个：{{ missing }}"
        "{% else %}，没有未收到的办事处{% endif %}。"
        "{% if lapsed %}以前各期截至目前仍未收到的周报：{{ lapsed }}。{% endif %}"
    )
    paper.text("Caption", "表3　本期退回补正情况")
    paper.table(_REJECTED, "row", "rejected")
    paper.text(
        "Note", "注：表内统计上期截止时间以后收到的报表，重复报送的相同文件不计。各处问题及位置见退回（补正）通知单。"
    )


def _duties_of_the_week(paper: BasePaper) -> None:
    paper.heading("四、督办事项")
    paper.text("Caption", "表4　已过规定时限、尚未收到的事项")
    paper.table(OVERDUE, "row", "overdue")
    paper.text("Caption", "表5　即将到期的事项")
    paper.table(DUE_SOON, "row", "due_soon")
    paper.text(
        "Note", "注：“依据”一栏，“方案”指{{ source }}的规定，“本办”指本办为落实方案作出的安排。逾期天数为自然日。"
    )


def _next_steps(paper: BasePaper) -> None:
    paper.heading("五、下步工作")
    paper.begin("for step in steps")
    for kind, text in _STEPS:
        paper.when(f"step.kind == '{kind}'", ("BodyText", "{{ loop.index }}." + text))
    paper.end("endfor")


_STEPS = (
    ("missing", "请{{ step.offices }}尽快报送本期周报；已报送而未被收到的，请与本办联系。"),
    ("correct", "请{{ step.offices }}按照退回（补正）通知单更正后重新报送。"),
    ("overdue", "请{{ step.offices }}对照表4所列事项抓紧办理，办理结果随周报报送。"),
    ("due_soon", "请{{ step.offices }}对照表5所列事项，在规定时限前办理并报送。"),
    ("behind", "请{{ step.offices }}分析进度落后的原因，按表2“周需”个数安排今后各周工作。"),
    ("next", "下期周报请各办事处于{{ step.cutoff }}前报送。"),
)
