"""What a person sees of deliveries."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from duban.cli.tables import moment, new_table
from duban.core.delivery import Delivery, counted
from duban.core.delivery_texts import CHANNELS, STATES
from duban.core.receipt_texts import NOBODY_MISSING
from duban.pipeline.receipts import Unconfirmed


def show_deliveries(found: Sequence[Delivery], titles: Mapping[int, str]) -> None:
    """Each delivery with its last change; and how many are in each state."""
    table = new_table("送达记录")
    for header in ("编号", "文书", "收文单位", "方式", "结果", "时间", "说明"):
        table.add_column(header, overflow="fold")
    for one in found:
        paper = f"{one.paper_id} {titles.get(one.paper_id, '')}"
        way = f"{CHANNELS[one.to.channel.value]} {one.to.address}"
        told = (str(one.id), paper, one.to.name, way, STATES[one.state.value])
        table.add_row(*map(escape, told), moment(one.at), escape(one.why))
    Console().print(table)
    summary = "，".join(f"{STATES[state.value]} {count} 项" for state, count in counted(found).items())
    Console().print(f"共 {len(found)} 项：{summary}。")


def show_unsigned(found: Sequence[Unconfirmed]) -> None:
    """Who is to be reminded by telephone."""
    if not found:
        Console().print(NOBODY_MISSING)
        return
    table = new_table("逾期未签收，请电话提醒")
    for header in ("文书", "收文单位", "送达时间", "已过工作日"):
        table.add_column(header, overflow="fold")
    for one in found:
        paper, units = f"{one.paper.id} {one.paper.title}", "、".join(one.paper.to)
        told = (paper, units, moment(one.delivered_at), str(one.working_days))
        table.add_row(*map(escape, told))
    Console().print(table)
