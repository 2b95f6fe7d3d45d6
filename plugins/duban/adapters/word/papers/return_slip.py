"""退回（补正）通知单: why a return came back, where each fault stands, what is wanted, by when (条例 24(三))."""

from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.parts import colophon, remark, sealed, slip_head

_ACTION = "{% if row.class == 'A' %}必改{% elif row.class == 'B' %}说明{% else %}核实{% endif %}"
_CHANGES = (
    "已采用的各行与上次采用的相比有以下变化："
    "{% for change in changes %}{{ change }}{% if not loop.last %}；{% endif %}{% endfor %}"
    "{% if more_changes %}；其余见回执{% endif %}。"
)
_FINDINGS = (
    Column("序号", 11, "{{ loop.index }}"),
    Column("工作表", 20, "{{ row.sheet }}"),
    Column("单元格", 15, "{{ row.cell }}"),
    Column("小区\n编号", 18, "{{ row.compound }}"),
    Column("规则", 12, "{{ row.code }}"),
    Column("填报内容", 29, "{{ row.found }}", "Cell"),
    Column("应为", 39, "{{ row.expected }}", "Cell"),
    Column("处理", 12, _ACTION),
)


def return_slip() -> BasePaper:
    """The base document of the correction slip."""
    paper = BasePaper("退回（补正）通知单")
    slip_head(paper)
    paper.body(
        "你办{{ received }}报送的“{{ file }}”"
        "{% if week %}（报告期截止日{{ week }}）{% endif %}已收到。"
        "经核对，{% if whole %}该文件不符合报送要求，现整份退回。"
        "{% else %}共{{ figure.rows.read }}行，采用{{ figure.rows.accepted }}行，退回{{ figure.rows.rejected }}行，"
        "未列入统计{{ figure.rows.ignored }}行。{% endif %}请按下表逐项更正或者说明。"
    )
    paper.text("Caption", "问题清单")
    paper.table(_FINDINGS, "row", "findings")
    paper.text("Note", "注：“必改”须更正；“说明”须更正或者在“说明原因”表中写明理由；“核实”请核对，确属实情的写明理由。")
    paper.when("changes", ("BodyText", _CHANGES))
    paper.body(
        "请于{{ deadline }}前将更正后的工作簿按原渠道重新报送（报送类型填“更正报送”）。"
        "{% if whole %}在此期间，本期周报按“已报送、退回补正中”统计。{% else %}已采用的各行照常统计。{% endif %}"
    )
    sealed(paper)
    remark(paper)
    colophon(paper)
    return paper
