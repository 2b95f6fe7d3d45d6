"""Papers that follow from a decision: 通报 for criticism, 更正通报, 撤销通知; 部门待办清单 (domain.md §6, §7)."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.parts import colophon, file_head, remark, sealed, slip_head, title, unsealed

_PART = (
    "{% if row.part == 'rank' %}排名"
    "{% elif row.part == 'committees.required' %}业主委员会成立应完成数"
    "{% elif row.part == 'committees.done' %}业主委员会成立已完成数"
    "{% elif row.part == 'improvements.required' %}小区管理提升应完成数"
    "{% else %}小区管理提升已完成数{% endif %}"
)
CORRECTED = (
    Column("序号", 14, "{{ loop.index }}"),
    Column("单位", 40, "{{ row.office }}"),
    Column("项目", 58, _PART),
    Column("原为", 22, "{{ row.was }}"),
    Column("更正为", 22, "{{ row.now }}"),
)
_MATTERS = (
    Column("序号", 11, "{{ loop.index }}"),
    Column("承办部门", 24, "{{ row.department }}"),
    Column("提请单位", 24, "{{ row.office }}"),
    Column("小区", 26, "{{ row.name }}\n（{{ row.compound }}）", "Cell"),
    Column("问题", 34, "{{ row.problem }}", "Cell"),
    Column("提请日期\n应复日期", 22, "{{ row.asked }}\n{{ row.due }}"),
    Column("已超\n工作日", 15, "{{ row.overdue }}"),
)


def criticism() -> BasePaper:
    """The 通报 for criticism: facts, decision, demands, without headings."""
    paper = BasePaper("通报")
    file_head(paper)
    paper.body("经{{ proposal }}文件提请，现将{{ office }}在{{ work }}中有关事项逾期的情况通报如下。")
    paper.body(
        "截至{{ as_of }}，按照{{ source }}和有关通知，{{ office }}的下列事项已超过规定时限，未收到符合要求的材料："
        "{% for item in items %}{{ item.deliverable }}，规定时限为{{ item.due }}，已逾期{{ item.days }}天"
        "{% if not loop.last %}；{% endif %}{% endfor %}。"
        "{% if history %}此前已先后发出{{ history }}。{% endif %}"
    )
    paper.body("按照方案关于严格督导的规定，{{ decision }}，对{{ office }}予以通报批评。")
    paper.body(
        "{{ office }}要在收到本通报后立即对照上述事项查明原因、抓紧办理，办理结果随周报报送。"
        "各办事处要引以为戒，强化责任意识，按照规定时限完成各项工作。"
    )
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper


CAUSES = (
    Column("办事处", 30, "{{ row.office }}"),
    Column("材料", 76, "{{ row.file }}", "Cell"),
    Column("收到时间", 50, "{{ row.received }}"),
)


def correction() -> BasePaper:
    """更正通报."""
    paper = BasePaper("更正通报")
    file_head(paper)
    paper.body(
        "《{{ original }}》（{{ original_number }}）印发后，因有关办事处补报、更正材料或者任务基数调整，"
        "其中部分数据发生变化。现更正如下，以更正后的数据为准。"
    )
    paper.text("Caption", "更正数据表")
    paper.table(CORRECTED, "row", "rows")
    paper.text("Note", "注：更正后的数据与原文截止时点相同，依据此后收到并采用的材料重新计算。")
    paper.begin("if causes")
    paper.text("Caption", "更正所据的材料")
    paper.table(CAUSES, "row", "causes")
    paper.end("endif")
    paper.body("原文其他内容不变。请各收文单位据此更正存档。")
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper


def revocation() -> BasePaper:
    """撤销通知: a letter that was wrong is taken back from everybody who had it."""
    paper = BasePaper("撤销通知")
    slip_head(paper)
    paper.body(
        "{{ issuer }}印发的{{ original_name }}（{{ original_number }}，所述情况截至{{ original_as_of }}），"
        "{{ reason }}。现决定予以撤销。"
    )
    paper.body(
        "该{{ original_name }}自始不作为催办、督办和考核的依据，不计入各项统计。"
        "原收文单位（{{ recipients }}）收到本通知后，请将原件退回或者自行注明“已撤销”后存档。"
    )
    sealed(paper)
    remark(paper)
    colophon(paper)
    return paper


def department_list() -> BasePaper:
    """部门待办清单."""
    paper = BasePaper("部门待办清单")
    title(paper)
    paper.blank()
    paper.text("Addressee", "{{ addressee }}：")
    paper.body(
        "按照{{ source }}关于职责分工的规定，各办事处在{{ work }}中提请有关部门协调的事项，"
        "截至{{ as_of }}，提请后超过{{ allowed }}个工作日、在办事处最近一期周报中仍未销号的共{{ count }}项，"
        "列表如下，供督导落实时参考。"
    )
    paper.text("Caption", "部门待办事项表")
    paper.table(_MATTERS, "row", "rows")
    paper.text(
        "Note",
        "注：事项取自周报“项目台账”中“需协调部门”“提请日期”“存在问题”各栏；已超工作日自应复日期的次日起计算。",
    )
    unsealed(paper)
    remark(paper)
    return paper
