"""The papers of the ladder (domain.md §6): 工作提示, 催办通知单, 督办通知单, 提请通报批评的建议.

They say what was not received, never 未开展 or 未完成. Working papers, none of the fifteen genres of 条例 8: the page
and the type follow GB/T 9704-2012, the head is that of slips.
"""

from duban.adapters.word import oxml
from duban.adapters.word.paper import BasePaper
from duban.adapters.word.parts import colophon, letter_foot, letter_head, remark, sealed, slip_head, title, unsealed

_RECEIPTS = (
    "{% if item.receipts %}最近收到的文件：{% for receipt in item.receipts %}"
    "{{ receipt.when }}收到“{{ receipt.file }}”，"
    "{% if receipt.outcome == 'returned' %}因有必须更正的问题已整份退回补正"
    "{% elif receipt.outcome == 'partial' %}已部分采用，尚不符合本事项的要求"
    "{% else %}已采用，尚不符合本事项的要求{% endif %}{% if not loop.last %}；{% endif %}{% endfor %}。{% endif %}"
)
_DUE = (
    "规定时限：{{ item.due }}（{{ item.weekday }}"
    "{% if item.workday %}，非工作日；此前最后一个工作日为{{ item.workday }}{% endif %}）"
    "{% if item.extended %}，已同意延期至{{ item.extended }}{% endif %}"
)
_GROUND = (
    "BodyText",
    (
        "依据：{% if item.source %}{{ item.source }}{% else %}本办工作安排{% endif %}"
        "{% if item.quote %}规定：{{ item.quote }}{% endif %}。"
    ),
)
_ITEM_HEAD = ("Heading2", "（{{ item.ordinal }}）{{ item.deliverable }}")


def _waiting(paper: BasePaper, sender: str = "你办") -> None:
    """What waits for departments: an office does not answer for it (domain.md §4 D-n)."""
    told = (
        f"待部门事项：截至{{{{ as_of }}}}，{sender}提请{{{{ waiting }}}}协调的问题{{{{ waiting_count }}}}项"
        f"尚未办结，待有关部门办理，不作为{sender}逾期。"
    )
    paper.when("waiting", ("BodyText", told))


def _overdue_item(receiver: str, sender: str = "你办") -> tuple[tuple[str, str], ...]:
    """One item of a letter; `receiver` is who has not received it from `sender`."""
    return (
        _ITEM_HEAD,
        _GROUND,
        ("BodyText", _DUE + "，已逾期{{ item.days }}天（{{ item.working_days }}个工作日）。"),
        (
            "BodyText",
            f"收到情况：截至{{{{ as_of }}}}，{receiver}未收到{sender}{{{{ item.deliverable }}}}方面符合要求的材料。"
            + _RECEIPTS,
        ),
    )


def urge() -> BasePaper:
    """催办通知单: one a rung and office, with all its items."""
    paper = BasePaper("催办通知单")
    slip_head(paper)
    paper.body("截至{{ as_of }}，你办下列事项已超过规定时限，我办未收到符合要求的材料，现予催办。")
    paper.heading("一、催办事项")
    paper.each("item", "items", *_overdue_item("我办"))
    _waiting(paper)
    paper.heading("二、办理要求")
    paper.body(
        "请你办于{{ deadline }}前将上述材料报送我办。"
        "{% if next_issuer %}届时仍未收到的，将按规定程序转{{ next_issuer }}督办。{% endif %}"
    )
    paper.heading("三、反馈方式")
    paper.body(
        "材料按周报规定的表样填写，随周报工作簿报送。已经报送的，请告知报送时间和文件名称，以便核对；"
        "对上述情况有异议或者确需延期的，请在上述时限前书面说明理由。"
        "收到本通知后，请告知我办签收码{{ receipt_code }}，以便登记签收。"
    )
    sealed(paper)
    remark(paper)
    colophon(paper)
    return paper


def supervision() -> BasePaper:
    """督办通知单 with its tear-off 回执."""
    paper = BasePaper("督办通知单")
    slip_head(paper)
    paper.body(
        "{{ prior_issuer }}催办后，截至{{ as_of }}，你办下列事项仍未收到符合要求的材料。"
        "按照{{ source }}关于督导落实的要求，现予督办。"
    )
    paper.heading("一、督办事项")
    paper.each("item", "items", *_overdue_item("{{ prior_issuer }}"))
    _waiting(paper)
    paper.heading("二、办理要求")
    paper.body(
        "承办单位：{{ office }}。请于{{ deadline }}前将上述材料报送{{ prior_issuer }}，并按一事一文填写回执，"
        "经主要负责人签字、加盖公章后报送我办。不能按期办结的，须在上述时限前书面说明原因和预计办结时间。"
    )
    paper.heading("三、反馈方式")
    paper.body(
        "回执书面报送我办，不直接报送领导同志个人；以电子文件报送的，文件名为“回执-{{ receipt_code }}”。"
        "收到本通知后，请告知我办签收码{{ receipt_code }}，以便登记签收。"
    )
    sealed(paper)
    remark(paper)
    _receipt(paper)
    colophon(paper)
    return paper


def _receipt(paper: BasePaper) -> None:
    paper.text("Tear", "……………………………（由此裁下）……………………………")
    paper.text("Title", "{{ name }}回执")
    paper.part(oxml.paragraph("Normal", "", "<w:keepNext/>"))  # the 回执 stays on one page, to be torn off
    paper.sheet(
        38,
        (
            ("督办编号", "{{ number }}"),
            ("签收码", "{{ receipt_code }}"),
            ("承办单位", "{{ office }}"),
            ("收到时间", "　　　　年　　月　　日　　时"),
            ("办理情况", ""),
            ("预计办结时间", "　　　　年　　月　　日"),
            ("承办责任人", ""),
            ("主要负责人签字", "　　　　　　　　　　　　　　　　　　　（公章）"),
        ),
    )


def reminder() -> BasePaper:
    """工作提示: a plain message before the due date, no number, no seal."""
    paper = BasePaper("工作提示")
    title(paper)
    paper.blank()
    paper.text("Addressee", "{{ addressee }}：")
    paper.body("截至{{ as_of }}，你办下列事项即将到期，我办尚未收到符合要求的材料，特此提示。")
    paper.each(
        "item",
        "items",
        _ITEM_HEAD,
        _GROUND,
        ("BodyText", _DUE + "，{% if item.left %}还有{{ item.left }}个工作日{% else %}今日到期{% endif %}。"),
        ("BodyText", _RECEIPTS + "请在规定时限前报送；已经报送的，请告知报送时间和文件名称，以便核对。"),
    )
    _waiting(paper)
    unsealed(paper)
    remark(paper)
    return paper


def proposal() -> BasePaper:
    """提请通报批评的建议: facts and evidence only; what follows is for the addressee to decide."""
    paper = BasePaper("提请通报批评的建议")
    letter_head(paper)
    paper.body("按照{{ source }}关于严格督导的要求，现将{{ office }}有关事项逾期的事实报送你办，请研究。")
    paper.heading("一、基本事实")
    paper.each("item", "items", *_overdue_item("我办", "{{ office }}"))
    _waiting(paper, "{{ office }}")
    paper.heading("二、催办督办经过")
    paper.each("step", "history", ("BodyText", "{{ step.when }}，{{ step.paper }}（{{ step.number }}）。"))
    paper.when("not history", ("BodyText", "无。"))
    paper.heading("三、处理意见")
    paper.body("（由{{ addressee }}研究填写）")
    sealed(paper)
    remark(paper)
    letter_foot(paper)
    return paper
