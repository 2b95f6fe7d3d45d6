"""工作简报: the weekly report (domain.md §7; customary parts in gb9704.md §3)."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.parts import title
from duban.adapters.word.sheet import BULLETIN_DROP

_COMMITTEES, _IMPROVEMENTS = "业主委员会成立", "小区管理提升"

_STANDING = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("任务\n基数", 14, "{{ row.baseline }}"),
    Column("应成立", 16, "{{ row.committees_required }}", group=_COMMITTEES),
    Column("已成立", 16, "{{ row.committees_done }}", group=_COMMITTEES),
    Column("完成率", 19, "{{ row.committees_rate }}", group=_COMMITTEES),
    Column("应完成", 16, "{{ row.improvements_required }}", group=_IMPROVEMENTS),
    Column("已完成", 16, "{{ row.improvements_done }}", group=_IMPROVEMENTS),
    Column("完成率", 19, "{{ row.improvements_rate }}", group=_IMPROVEMENTS),
    Column("排名", 15, "{{ row.rank }}"),
)

_SPEED = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("增减", 11, "{{ row.committees_change }}", group=_COMMITTEES),
    Column("序时\n进度", 14, "{{ row.committees_pace }}", group=_COMMITTEES),
    Column("亮灯", 11, "{{ row.committees_light }}", group=_COMMITTEES),
    Column("周需", 11, "{{ row.committees_weekly }}", group=_COMMITTEES),
    Column("预计", 12, "{{ row.committees_projected }}", group=_COMMITTEES),
    Column("增减", 11, "{{ row.improvements_change }}", group=_IMPROVEMENTS),
    Column("序时\n进度", 14, "{{ row.improvements_pace }}", group=_IMPROVEMENTS),
    Column("亮灯", 11, "{{ row.improvements_light }}", group=_IMPROVEMENTS),
    Column("周需", 11, "{{ row.improvements_weekly }}", group=_IMPROVEMENTS),
    Column("预计", 12, "{{ row.improvements_projected }}", group=_IMPROVEMENTS),
    Column("综合\n亮灯", 13, "{{ row.light }}"),
)

_REJECTED = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("收到\n文件", 15, "{{ row.files }}"),
    Column("整份\n退回", 15, "{{ row.returned }}"),
    Column("退回\n行数", 15, "{{ row.rows }}"),
    Column("主要问题（规则代码、名称和处数）", 86, "{{ row.faults }}", "Cell"),
)


def _duties(situation: str) -> tuple[Column, ...]:
    return (
        Column("序号", 11, "{{ loop.index }}"),
        Column("督办事项", 41, "{{ row.deliverable }}", "Cell"),
        Column("责任单位", 41, "{{ row.owners }}", "Cell"),
        Column("规定时限", 24, "{{ row.due }}"),
        Column("情况", 23, situation),
        Column("依据", 16, "{{ row.ground }}"),
    )


_OVERDUE = _duties("逾期{{ row.days }}天")
_DUE_SOON = _duties("{% if row.left %}余{{ row.left }}个工作日{% else %}今日到期{% endif %}")


def weekly_report() -> BasePaper:
    """The base document of the weekly report."""
    paper = BasePaper("工作简报")
    _head(paper)
    _overall(paper)
    _offices(paper)
    _returns(paper)
    _duties_of_the_week(paper)
    _next_steps(paper)
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


def _overall(paper: BasePaper) -> None:
    paper.heading("一、总体情况")
    paper.body(
        "截至{{ as_of }}，全区{{ figure.offices }}个办事处登记住宅小区{{ figure.district.known }}个"
        "{% if pending %}，另有{{ figure.district.pending }}个小区数据待补{% endif %}，任务基数为"
        "{{ figure.district.baseline }}个"
        "{% if provisional %}（{{ provisional_of }}尚未确定基数，按已登记小区暂定）{% endif %}。"
        "按照{{ year }}年底累计完成{{ share }}的目标，全区应成立业主委员会{{ figure.district.committees.required }}个、"
        "完成管理提升小区{{ figure.district.improvements.required }}个。"
    )
    paper.body(
        "目前，全区已成立并备案业主委员会{{ figure.district.committees.done }}个"
        "{% if not first %}，{{ figure.district.committees.compared }}{% endif %}，"
        "完成率{{ figure.district.committees.rate }}；办事处自报完成管理提升并验收的小区"
        "{{ figure.district.improvements.done }}个"
        "{% if not first %}，{{ figure.district.improvements.compared }}{% endif %}，"
        "完成率{{ figure.district.improvements.rate }}。已拟定管理提升方案的小区{{ figure.district.schemes }}个，"
        "其中社区“两委”已议定{{ figure.district.deliberated }}个。"
        "{% if preexisting %}方案印发前已备案的业主委员会{{ figure.district.preexisting }}个，"
        "不计入任务数和完成数。{% endif %}"
        "{% if beyond %}另有基数以外的小区成立业主委员会{{ figure.district.committees.beyond }}个、完成管理提升"
        "{{ figure.district.improvements.beyond }}个，不计入完成率。{% endif %}"
    )
    paper.when(
        "started",
        (
            "BodyText",
            (
                "对照序时进度，综合亮绿灯的办事处{{ figure.lights.green }}个，黄灯{{ figure.lights.yellow }}个，"
                "蓝灯{{ figure.lights.blue }}个，红灯{{ figure.lights.red }}个。"
                "{% if behind %}落后于序时进度的有{{ behind }}。{% endif %}"
            ),
        ),
    )
    paper.when(
        "not started", ("BodyText", "全面实施阶段自{{ started_on }}开始，目前未到实施阶段，本期不作进度快慢评价。")
    )
    paper.when("calendar_provisional", ("BodyText", "国务院办公厅尚未公布的年度放假安排，工作日暂按周一至周五计算。"))


def _offices(paper: BasePaper) -> None:
    paper.heading("二、各办事处进展")
    paper.text("Caption", "表1　任务完成情况与排名（单位：个）")
    paper.table(_STANDING, "row", "standing")
    paper.text(
        "Note",
        "注：1.全区任务数按全区小区数计算，不等于各办之和。"
        "2.完成率为完成数除以{{ year }}年底累计应完成数，保留一位小数。"
        "3.排名办法：按综合完成率（业主委员会成立、小区管理提升两项完成率中较低的一项）由高到低排列；综合完成率相同的，"
        "按两项完成数之和排列；仍相同的名次并列。4.完成数均为办事处自报。",
    )
    paper.text("Caption", "表2　变化与进度（单位：个）")
    paper.table(_SPEED, "row", "speed")
    paper.text(
        "Note",
        "注：1.“增减”为完成数与上期相比；"
        "“周需”为按期完成任务平均每周需新增的个数，“预计”为按近四周速度推算的年底完成数。2.绿灯：不低于序时进度；"
        "黄灯：低于序时进度；蓝灯：有事项即将到期；红灯：有事项逾期。"
        "{% if not started %}3.“—”：未到实施阶段。{% endif %}",
    )


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
    paper.table(_OVERDUE, "row", "overdue")
    paper.text("Caption", "表5　即将到期的事项")
    paper.table(_DUE_SOON, "row", "due_soon")
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
