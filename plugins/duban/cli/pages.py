"""What a person sees in the terminal: tables of offices, obligations, returns, findings, papers."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from duban.core.assessment import Assessment, Light, State
from duban.core.checked import Status
from duban.core.findings import Finding, FindingClass
from duban.core.messages import message
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.status import overall_text, rate_text

if TYPE_CHECKING:
    from duban.wiring import App

LIGHTS = {
    Light.GREEN: "[green]● 绿[/]",
    Light.YELLOW: "[yellow]▲ 黄[/]",
    Light.BLUE: "[blue]◆ 蓝[/]",
    Light.RED: "[red]■ 红[/]",
    Light.NONE: "—",
}
STATES = {
    State.PENDING: "未到期",
    State.DUE_SOON: "即将到期",
    State.MET: "按期完成",
    State.MET_LATE: "逾期完成",
    State.OVERDUE: "逾期",
    State.IN_CORRECTION: "退回补正中",
    State.LAPSED: "缺报",
}
STATUSES = {
    Status.ACCEPTED: "接收",
    Status.PARTIAL: "部分接收",
    Status.RETURNED: "退回",
    Status.DUPLICATE: "重复",
}
CLASSES = {
    FindingClass.A: "[red]必改[/]",
    FindingClass.B: "[yellow]需说明[/]",
    FindingClass.C: "[blue]核实[/]",
    FindingClass.D: "[dim]提示[/]",
}


def _console() -> Console:
    return Console()


def show_assessment(plan: Plan, assessment: Assessment) -> None:
    """The offices with their lights, then what is overdue or due soon."""
    console = _console()
    console.print(_offices(plan, assessment))
    console.print(_obligations(plan, assessment))


def _offices(plan: Plan, assessment: Assessment) -> Table:
    table = Table(title=f"各办事处进展（截至 {assessment.as_of:%Y-%m-%d %H:%M}）")
    for header in ("单位", "基数", "业委会成立", "小区提升", "完成率%", "灯号", "名次", "本期报表"):
        table.add_column(header, justify="left" if header == "单位" else "right")
    for progress in assessment.offices:
        office = plan.office(progress.office or "")
        table.add_row(
            office.name if office else "",
            f"{progress.baseline}{'（暂定）' if progress.provisional else ''}",
            f"{progress.committees.done}/{progress.committees.required}（{rate_text(progress.committees) or '—'}）",
            f"{progress.improvements.done}/{progress.improvements.required}"
            f"（{rate_text(progress.improvements) or '—'}）",
            overall_text(progress) or "—",
            LIGHTS[progress.light],
            "—" if progress.rank is None else str(progress.rank),
            "已报" if progress.returned else "未收到",
        )
    return table


def _obligations(plan: Plan, assessment: Assessment) -> Table:
    table = Table(title="逾期和即将到期的事项")
    for header in ("事项", "单位", "期限", "状态", "逾期天数"):
        table.add_column(header)
    shown = (State.OVERDUE, State.DUE_SOON, State.IN_CORRECTION)
    for status in assessment.obligations:
        if status.state not in shown:
            continue
        office = plan.office(status.office) if status.office else None
        table.add_row(
            f"{status.key.split(':')[0]} {plan.obligation(status.rule).deliverable}",
            office.name if office else plan.district,
            f"{status.due:%Y-%m-%d %H:%M}",
            STATES[status.state],
            str(status.days_overdue or ""),
        )
    return table


def show_returns(records: Sequence[ReturnRecord]) -> None:
    """Every return, then its findings that an office must answer."""
    console = _console()
    table = Table(title="收到的报表")
    for header in ("收到时间", "文件", "状态", "读取", "接收", "退回", "问题"):
        table.add_column(header)
    for record in records:
        codes = sorted({f.code for f in record.findings if f.cls is not FindingClass.D})
        table.add_row(
            f"{record.received_at.astimezone(ZONE):%m-%d %H:%M}",
            record.path,
            STATUSES[record.status],
            *(str(record.rows[key]) for key in ("read", "accepted", "rejected")),
            "、".join(codes),
        )
    console.print(table)


def show_findings(name: str, findings: Sequence[Finding], not_checked: Sequence[str]) -> None:
    """The findings of one file, and what could not be checked."""
    console = _console()
    if not findings:
        console.print(f"[green]{name}：没有发现问题。[/]")
    else:
        table = Table(title=name)
        for header in ("类别", "代码", "位置", "小区编号", "问题与办法"):
            table.add_column(header)
        for finding in findings:
            place = "!".join(part for part in (finding.sheet, finding.cell) if part)
            table.add_row(CLASSES[finding.cls], finding.code, place, finding.compound or "", message(finding))
        console.print(table)
    if not_checked:
        console.print(f"[dim]未检查（缺少资料）：{'；'.join(not_checked)}[/]")


def show_papers(records: Sequence[PaperRecord], folder: Path) -> None:
    """The register of papers with their files."""
    table = Table(title=f"公文（{folder}）")
    for header in ("截至", "标题", "主送", "状态", "文件"):
        table.add_column(header, overflow="fold")
    for record in records:
        table.add_row(
            f"{record.as_of.astimezone(ZONE):%m-%d %H:%M}",
            record.title,
            "、".join(record.to),
            record.state.value,
            record.path,
        )
    _console().print(table)


def closing_page(app: "App", as_of: datetime, home: Path) -> None:
    """How the demo ends: offices, obligations, rejected returns, papers, and how to open Airflow."""
    console = _console()
    show_assessment(app.plan, app.assess(as_of))
    records = app.ledger.return_records()
    show_returns([r for r in records if r.status in (Status.RETURNED, Status.PARTIAL, Status.DUPLICATE)])
    show_papers(app.register.papers(), app.settings.papers_path.absolute())
    console.print(f"\n网页：[bold]DUBAN_HOME={home} make up[/]，然后打开 http://localhost:8080")
    console.print(f"退回原因：[bold]DUBAN_HOME={home} .venv/bin/duban returns[/]")
