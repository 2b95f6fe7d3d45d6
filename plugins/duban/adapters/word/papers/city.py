"""The city's 通报 over its districts (全市汇总)."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.papers.progress import COMMITTEES, IMPROVEMENTS
from duban.adapters.word.parts import colophon, file_head, remark, sealed

_STANDING = (
    Column("区", 20, "{{ row.district }}"),
    Column("任务\n基数", 13, "{{ row.baseline }}"),
    Column("应成立", 15, "{{ row.committees_required }}", group=COMMITTEES),
    Column("已成立", 15, "{{ row.committees_done }}", group=COMMITTEES),
    Column("完成率", 18, "{{ row.committees_rate }}", group=COMMITTEES),
    Column("应完成", 15, "{{ row.improvements_required }}", group=IMPROVEMENTS),
    Column("已完成", 15, "{{ row.improvements_done }}", group=IMPROVEMENTS),
    Column("完成率", 18, "{{ row.improvements_rate }}", group=IMPROVEMENTS),
    Column("灯号", 12, "{{ row.light }}"),
    Column("排名", 15, "{{ row.rank }}"),
)
_RETURNS = (
    Column("区", 28, "{{ row.district }}"),
    Column("办事处", 18, "{{ row.due }}"),
    Column("已收到", 18, "{{ row.met }}"),
    Column("未收到", 18, "{{ row.missing }}"),
    Column("未收到周报的办事处", 74, "{{ row.names }}", "Cell"),
)
_OVERDUE = (
    Column("区", 24, "{{ row.district }}"),
    Column("督办事项", 52, "{{ row.deliverable }}", "Cell"),
    Column("责任单位", 34, "{{ row.owners }}", "Cell"),
    Column("规定时限", 26, "{{ row.due }}"),
    Column("逾期", 20, "{{ row.days }}天"),
)


def city_circular() -> BasePaper:
    """The 通报 of a city: what its districts come to together, side by side, and what is open in each."""
    paper = BasePaper("全市通报")
    file_head(paper)
    paper.body("现将{{ city }}{{ work }}进展情况通报如下。各项数据截至{{ as_of_full }}，由各区台账汇总。")
    _overall(paper)
    paper.heading("二、各区任务完成情况和排名")
    paper.text("Caption", "表1　各区任务完成情况与排名（单位：个）")
    paper.table(_STANDING, "row", "standing")
    paper.text(
        "Note",
        "注：1.各区任务数按本区方案计算；全市任务数、完成数为各区之和，全市完成率为完成数之和除以任务数之和，"
        "不是各区完成率的平均。2.排名办法：按综合完成率（两项完成率中较低的一项）由高到低排列；相同的，"
        "按两项完成数之和排列；仍相同的名次并列。3.完成数均为办事处自报。",
    )
    paper.heading("三、周报报送情况")
    paper.text("Caption", "表2　本期周报报送情况（单位：个）")
    paper.table(_RETURNS, "row", "returns")
    paper.heading("四、逾期事项")
    paper.body("截至{{ as_of }}，已过规定时限、尚未收到符合要求材料的事项见表3，周报除外。")
    paper.text("Caption", "表3　已过规定时限、尚未收到的事项")
    paper.table(_OVERDUE, "row", "overdue")
    paper.text("Note", "注：逾期天数为自然日。")
    paper.heading("五、下步要求")
    paper.body(
        "各区要对照年度目标任务，督促进度落后的办事处查找原因、制定措施，对逾期事项跟踪督办，"
        "确保周报按时报送、数据真实准确。"
    )
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper


def _overall(paper: BasePaper) -> None:
    """What the districts come to together, in prose."""
    paper.heading("一、总体进展")
    paper.body(
        "截至{{ as_of }}，全市{{ figure.city.districts }}个区、{{ figure.city.offices }}个办事处任务基数共"
        "{{ figure.city.baseline }}个"
        "{% if any_provisional %}（{{ provisional }}有办事处尚未确定基数，按已登记小区暂定）{% endif %}。"
        "应成立业主委员会{{ figure.city.committees.required }}个，已成立并备案{{ figure.city.committees.done }}个，"
        "完成率{{ figure.city.committees.rate }}；应完成管理提升小区{{ figure.city.improvements.required }}个，"
        "办事处自报完成并验收{{ figure.city.improvements.done }}个，完成率{{ figure.city.improvements.rate }}。"
    )
    paper.body(
        "综合亮绿灯的办事处{{ figure.city.lights.green }}个，黄灯{{ figure.city.lights.yellow }}个，"
        "蓝灯{{ figure.city.lights.blue }}个，红灯{{ figure.city.lights.red }}个；"
        "本期未收到周报的办事处{{ figure.city.missing }}个。"
    )
