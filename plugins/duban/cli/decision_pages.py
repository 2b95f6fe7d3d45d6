"""What a person sees of decisions and of rechecked returns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.cli.tables import moment, new_table
from duban.core.amendments import Change, Proposal
from duban.core.empty import WaitingZeroReport
from duban.core.empty_texts import HOW_TO_CONFIRM, WAITING_TITLE
from duban.core.messages import message
from duban.core.waivers import Waiver

if TYPE_CHECKING:
    from duban.pipeline.recheck import Rechecked

CHANGES = {Change.ADD: "新出现，待列入", Change.REMOVE: "不再报送，待移出"}


def _table(title: str, *headers: str) -> Table:
    table = new_table(title)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def show_waivers(waivers: Sequence[Waiver]) -> None:
    """The waivers in force."""
    table = _table("有效的豁免", "小区编号", "规则", "至", "理由", "决定人", "决定时间")
    for one in waivers:
        decided = moment(one.decided_at)
        table.add_row(one.compound, one.rule, one.until.isoformat(), escape(one.reason), escape(one.by), decided)
    Console().print(table)


def show_proposals(proposals: Sequence[Proposal]) -> None:
    """The compounds that wait for a decision on the baseline."""
    table = _table("待决定的基数调整", "小区编号", "小区名称", "情况", "见于报表", "收到时间")
    for one in proposals:
        since = moment(one.since) if one.since else ""
        told_by = str(one.return_id) if one.return_id else ""
        table.add_row(one.compound, escape(one.name or ""), CHANGES[one.change], told_by, since)
    Console().print(table)


def show_zero_reports(zeros: Sequence[WaitingZeroReport]) -> None:
    """The zero reports of offices without a compound that wait for the bureau, and how it confirms one."""
    table = _table(WAITING_TITLE, "办事处", "见于报表", "收到时间")
    for one in zeros:
        table.add_row(one.office, str(one.return_id), moment(one.since))
    Console().print(table, HOW_TO_CONFIRM, highlight=False, soft_wrap=True)


def show_rechecked(checked: int, changed: Sequence["Rechecked"], notes: Sequence[str]) -> None:
    """The returns that the rules of today judge otherwise, each with what is new and what is gone."""
    console = Console()
    console.print(f"复核 {checked} 份报表，{len(changed)} 份结果有变化。", highlight=False)
    for one in changed:
        verdict = "[red]将不予采用[/]" if one.refused else "仍予采用"
        console.print(f"\n[bold]{one.record.return_id} {escape(one.record.path)}[/] {verdict}", highlight=False)
        for mark, findings in (("新", one.new), ("消", one.gone)):
            for finding in findings:
                console.print(f"  {mark} {finding.code} {escape(message(finding))}", highlight=False)
    for note in notes:
        console.print(f"已告知：{escape(note)}", highlight=False)
