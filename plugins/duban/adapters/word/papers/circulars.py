"""公文 about progress: the monthly 通报, the 报告 to the superior, the 年度考核通报 (domain.md §7)."""

from duban.adapters.word.paper import BasePaper
from duban.adapters.word.papers.progress import open_items, overall, returns, standing
from duban.adapters.word.parts import colophon, file_head, remark, sealed

_ACCORDING = (
    "按照{{ source }}{% if ground %}关于{{ ground }}{% endif %}的{% if ground %}要求{% else %}规定{% endif %}，"
)


def circular() -> BasePaper:
    """The monthly 通报."""
    paper = BasePaper("通报")
    file_head(paper)
    paper.body(_ACCORDING + "现将{{ month }}{{ work }}进展情况通报如下。各项数据截至{{ as_of_full }}。")
    paper.heading("一、总体进展")
    overall(paper)
    paper.heading("二、各办事处任务完成情况和排名")
    standing(paper)
    paper.heading("三、周报报送情况")
    paper.body("截止时间在{{ month }}以内的各期周报，报送情况见表2。")
    returns(paper, 2, "{{ month }}周报报送情况")
    paper.text("Note", "注：“退回补正中”为已在截止时间前报送、因有必须更正的问题退回，尚在补正期限以内的周报。")
    paper.heading("四、逾期事项")
    paper.body("截至{{ as_of }}，已过规定时限、尚未收到符合要求材料的事项见表3。")
    open_items(paper, 3)
    paper.heading("五、下步要求")
    paper.body(
        "各办事处要对照年度目标任务，倒排工期，细化措施，加快推进{{ work }}。"
        "{% if behind %}{{ behind }}要分析进度落后的原因，明确今后各周的工作安排。{% endif %}"
        "{% if late %}{{ late }}要对照表3所列事项抓紧办理，办理结果随周报报送。{% endif %}"
        "各办事处要按时报送周报，主要负责同志审核把关，确保数据真实、准确、完整。"
    )
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper


def report() -> BasePaper:
    """The 报告 of a quarter: 上行文, with its signer, without a request."""
    paper = BasePaper("报告")
    file_head(paper, upward=True)
    paper.body(
        "按照{{ source }}的部署，现将{{ quarter }}{{ work }}进展情况报告如下。"
        "各项数据截至{{ as_of_full }}，完成数均为办事处自报。"
    )
    paper.heading("一、目标任务和完成情况")
    overall(paper)
    standing(paper)
    paper.heading("二、存在的问题")
    paper.when("behind", ("BodyText", "{{ behind }}完成率低于序时进度。"))
    paper.when("not behind", ("BodyText", "没有完成率低于序时进度的办事处。"))
    paper.begin("if overdue")
    paper.body("截至{{ as_of }}，已过规定时限、尚未收到符合要求材料的事项见表2。")
    open_items(paper, 2)
    paper.end("endif")
    paper.when("not overdue", ("BodyText", "截至{{ as_of }}，没有已过规定时限而尚未收到材料的事项。"))
    paper.heading("三、下一步工作")
    paper.body(
        "一是督促进度落后的办事处查找原因、制定措施，按序时进度推进。二是会同有关部门做好业主委员会成立、备案的指导和"
        "小区管理提升的验收，对办事处自报的完成情况进行抽查核实。三是坚持每周调度、每月通报，对逾期事项跟踪督办，"
        "确保年度目标任务按期完成。"
    )
    paper.body("特此报告。")
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper


def year_assessment() -> BasePaper:
    """The 年度考核通报."""
    paper = BasePaper("年度考核通报")
    file_head(paper)
    paper.body(_ACCORDING + "现将{{ year }}年度{{ work }}考核情况通报如下。")
    paper.heading("一、考核依据和口径")
    paper.body(
        "考核以{{ year }}年底累计完成{{ share }}的目标为依据。备案日期、验收日期在{{ as_of }}以前（含当日），"
        "并在{{ known_at }}以前收到的，计入{{ year }}年度。完成数均为办事处自报。"
    )
    paper.heading("二、目标任务完成情况")
    standing(paper)
    paper.when("reached", ("BodyText", "{{ reached }}两项任务均达到年度目标。"))
    paper.when("not reached", ("BodyText", "没有两项任务均达到年度目标的办事处。"))
    paper.when("short", ("BodyText", "{{ short }}尚未达到年度目标。"))
    paper.heading("三、周报报送情况")
    returns(paper, 2, "{{ year }}年周报报送情况")
    paper.text("Note", "注：统计截止时间在{{ year }}年以内的各期周报，至{{ known_at }}的收到情况。")
    paper.heading("四、结果运用")
    paper.body(
        "上述结果纳入目标管理考核体系。各办事处要认真总结经验，查找不足，"
        "{% if short %}{{ short }}要制定整改措施，补齐欠账，{% endif %}按照方案确定的年度目标做好下一年度工作。"
    )
    sealed(paper, "mark")
    remark(paper)
    colophon(paper, "mark")
    return paper
