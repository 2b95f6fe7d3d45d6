"""Parts about progress that several papers share: the overall situation, the table of standing, that of open items."""

from duban.adapters.word.paper import BasePaper, Column

COMMITTEES, IMPROVEMENTS = "业主委员会成立", "小区管理提升"

_STANDING = (
    Column("办事处", 25, "{{ row.office }}"),
    Column("任务\n基数", 14, "{{ row.baseline }}"),
    Column("应成立", 16, "{{ row.committees_required }}", group=COMMITTEES),
    Column("已成立", 16, "{{ row.committees_done }}", group=COMMITTEES),
    Column("完成率", 19, "{{ row.committees_rate }}", group=COMMITTEES),
    Column("应完成", 16, "{{ row.improvements_required }}", group=IMPROVEMENTS),
    Column("已完成", 16, "{{ row.improvements_done }}", group=IMPROVEMENTS),
    Column("完成率", 19, "{{ row.improvements_rate }}", group=IMPROVEMENTS),
    Column("排名", 15, "{{ row.rank }}"),
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


OVERDUE = _duties("逾期{{ row.days }}天")
DUE_SOON = _duties("{% if row.left %}余{{ row.left }}个工作日{% else %}今日到期{% endif %}")


_RETURNS = (
    Column("办事处", 36, "{{ row.office }}"),
    Column("应报\n期数", 24, "{{ row.due }}"),
    Column("按期收到", 24, "{{ row.met }}"),
    Column("逾期收到", 24, "{{ row.late }}"),
    Column("退回\n补正中", 24, "{{ row.correcting }}"),
    Column("未收到", 24, "{{ row.missing }}"),
)


def overall(paper: BasePaper) -> None:
    """The overall situation in prose (fields of duban.pipeline.overall)."""
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
                "{% if behind %}{{ behind }}落后于序时进度。{% endif %}"
            ),
        ),
    )
    paper.when(
        "not started", ("BodyText", "全面实施阶段自{{ started_on }}开始，目前未到实施阶段，本期不作进度快慢评价。")
    )
    paper.when("calendar_provisional", ("BodyText", "国务院办公厅尚未公布的年度放假安排，工作日暂按周一至周五计算。"))


def standing(paper: BasePaper, number: int = 1) -> None:
    """The table of tasks, what was done, rates and ranks, with the method under it."""
    paper.text("Caption", f"表{number}　任务完成情况与排名（单位：个）")
    paper.table(_STANDING, "row", "standing")
    paper.text(
        "Note",
        "注：1.全区任务数按全区小区数计算，不等于各办之和。"
        "2.完成率为完成数除以{{ year }}年底累计应完成数，保留一位小数。"
        "3.排名办法：按综合完成率（业主委员会成立、小区管理提升两项完成率中较低的一项）由高到低排列；综合完成率相同的，"
        "按两项完成数之和排列；仍相同的名次并列。4.完成数均为办事处自报。",
    )


def returns(paper: BasePaper, number: int, caption: str) -> None:
    """The table of weekly returns of a period."""
    paper.text("Caption", f"表{number}　{caption}（单位：期）")
    paper.table(_RETURNS, "row", "returns")


def open_items(paper: BasePaper, number: int) -> None:
    """The table of what is overdue, with the meaning of its last column."""
    paper.text("Caption", f"表{number}　已过规定时限、尚未收到的事项")
    paper.table(OVERDUE, "row", "overdue")
    paper.text(
        "Note",
        "注：“依据”一栏，“方案”指{{ source }}的规定，“本办”指领导小组办公室为落实方案作出的安排。逾期天数为自然日。",
    )
