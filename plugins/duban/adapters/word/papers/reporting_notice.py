"""报送通知 with its annexes: the paper that orders the weekly returns (domain.md §7)."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.parts import annex, attachments, colophon, file_head, remark, sealed

_ANNEXES = 3
_PRESENCE = (
    "{% if row.presence == 'required' %}必填{% elif row.presence == 'conditional' %}视情必填{% else %}选填{% endif %}"
)
_KIND = (
    "{% if row.kind == 'choice' %}选一项：{{ row.choices }}{% elif row.kind == 'date' %}日期，年、月、日齐全"
    "{% elif row.kind == 'integer' %}整数{% elif row.kind == 'decimal' %}数字{% elif row.kind == 'text' %}文字"
    "{% else %}自行编号{% endif %}"
)
_COLUMNS = (
    Column("序号", 12, "{{ loop.index }}"),
    Column("工作表", 24, "{{ row.sheet }}"),
    Column("栏目", 40, "{{ row.header }}", "Cell"),
    Column("是否必填", 20, _PRESENCE),
    Column("填写要求", 60, _KIND, "Cell"),
)
_CALENDAR = (
    Column("期次", 16, "{{ loop.index }}"),
    Column("报告期", 54, "{{ row.span }}"),
    Column("截止时间", 34, "{{ row.cutoff }}"),
    Column("星期", 18, "{{ row.weekday }}"),
    Column(
        "备注",
        34,
        "{% if row.several %}与前一周合并报送{% elif row.moved %}节假日调整{% endif %}"
        "{% if row.provisional %}{% if row.several or row.moved %}，{% endif %}暂定{% endif %}",
    ),
)
_RULES = (
    "1.每个小区填一行，从表头下第一行填起；小区编号为办事处代码加三位数字，一个小区一个编号，各期保持不变。",
    "2.不得改动工作表名称、表头和表样版本（第{{ version }}版），不得合并数据行的单元格；有下拉选项的从选项中选取。",
    "3.日期须年、月、日齐全；备案日期、验收日期、两委议定日期不得晚于报告期截止日。",
    "4.工作台账、项目台账每期填报全部小区的最新情况；工作动态只填本期开展的活动。",
    "5.本期没有变化的，封面“报送类型”填“零报告”，各表不填数据行；更正以往报表的填“更正报送”，并按更正后的全部数据填报。",
    "6.核对结果要求说明原因的，在“{{ reasons_sheet }}”表中写明规则代码、小区编号和原因；确属实情的，说明后照常采用。",
    "7.业主委员会已备案的，须填备案日期；各项目标全部为“已完成”或者“不涉及”后，方可填验收日期。",
)


def reporting_notice() -> BasePaper:
    """The base document of the 报送通知."""
    paper = BasePaper("报送通知")
    file_head(paper)
    _terms(paper)
    attachments(paper)
    sealed(paper, "mark")
    remark(paper)
    _annexes(paper)
    colophon(paper, "mark")
    return paper


def _terms(paper: BasePaper) -> None:
    paper.body(
        "为及时掌握{{ district }}{{ work }}进展情况，按照{{ source }}{% if ground %}关于{{ ground }}的要求{% endif %}，"
        "现就报送{{ work }}周报有关事项通知如下。"
    )
    paper.heading("一、报送内容")
    paper.body(
        "各办事处每周填报{{ work }}周报，包括{{ sheets }}各表（表样见附件1，填报说明见附件2）。"
        "本期没有变化的，也要按零报告报送。"
    )
    paper.heading("二、报送时间")
    paper.body(
        "每周报送一次，以当周最后一个工作日{{ cutoff_time }}为截止时间，首次报送的截止时间为{{ first_cutoff }}，"
        "各期截止时间见附件3。整周没有工作日的，并入下一期报送。"
        "{% if provisional %}尚未公布放假安排的日期为暂定，公布后以调整后的时间为准。{% endif %}"
    )
    paper.when(
        "terms",
        (
            "BodyText",
            (
                "{% for one in terms %}{{ one.deliverable }}应当于{{ one.due }}以前（含当日）首次报送，"
                "覆盖本办事处列入任务基数的全部小区{% if not loop.last %}；{% endif %}{% endfor %}。"
            ),
        ),
    )
    paper.heading("三、报送方式")
    paper.body(
        "使用统一的电子表样填写，经主要负责同志审核后，放入本办事处的报送文件夹。"
        "各办事处的代码为："
        "{% for one in codes %}{{ one.name }}{{ one.code }}{% if not loop.last %}、{% endif %}{% endfor %}。"
        "收到后即发回执，未见回执的视为没有收到，请及时与我办联系。"
    )
    paper.heading("四、审核和补正")
    paper.body(
        "我办收到后即行核对。有必须更正的问题的，发退回（补正）通知单，写明问题位置和更正要求"
        "{% if correction_days %}；各办事处应当在通知单发出后{{ correction_days }}个工作日内更正并重新报送{% endif %}。"
        "截止时间前已经报送、因有问题退回补正的，在补正期限内不作未收到处理。"
    )
    paper.heading("五、工作要求")
    paper.body(
        "各办事处要确定专人负责，保证数据真实、准确、完整，不得虚报、漏报、迟报。"
        "逾期没有收到的，我办将按{{ rungs }}的程序办理。"
        "{% if reply_days %}收到督办通知单的，应当在送达后{{ reply_days }}个工作日内书面回复。{% endif %}"
    )


def _annexes(paper: BasePaper) -> None:
    annex(paper, 1, _ANNEXES)
    paper.body("周报为电子工作簿，由封面和下列各表组成，第一行为表名，表头各栏目如下。")
    paper.table(_COLUMNS, "row", "columns")
    annex(paper, 2, _ANNEXES)
    for rule in _RULES:
        paper.body(rule)
    annex(paper, 3, _ANNEXES)
    paper.table(_CALENDAR, "row", "calendar")
    paper.text(
        "Note",
        "注：{% if provisional %}“暂定”指该日期的放假安排尚未公布，公布后以调整后的时间为准。{% endif %}"
        "节假日调整的，以最后一个工作日为截止日。",
    )
