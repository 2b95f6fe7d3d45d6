"""What a person sees in the terminal: tables of offices, obligations, returns, findings, papers."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.cli.tables import moment, new_table
from duban.core import signing_texts
from duban.core.assessment import Assessment, Indicator, Light, ObligationStatus, Progress, State
from duban.core.checked import Status
from duban.core.findings import Finding, FindingClass
from duban.core.matters import OwedMatter
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.state_texts import OBLIGATIONS, RETURNS, WEEKLY
from duban.pipeline.figures import INDICATORS, indicator_of, projected_text, weekly_text
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.status import overall_text

if TYPE_CHECKING:
    from duban.wiring import App

LIGHTS = {
    Light.GREEN: "[green]● 绿[/]",
    Light.YELLOW: "[yellow]▲ 黄[/]",
    Light.BLUE: "[blue]◆ 蓝[/]",
    Light.RED: "[red]■ 红[/]",
    Light.NONE: "—",
}
NEEDS = {
    "需要上一期报表，请加 --last 上一期.xlsx": frozenset({"C01", "C02", "C03", "C04", "C05", "C07"}),
    "需要收到的时间，请加 --as-of": frozenset({"F05"}),
    "需要办事处代码，请加 --office": frozenset({"F06"}),
    "只有收件时才能查出": frozenset({"F10"}),
}
CLASSES = {
    FindingClass.A: "[red]必改[/]",
    FindingClass.B: "[yellow]需说明[/]",
    FindingClass.C: "[blue]核实[/]",
    FindingClass.D: "[dim]提示[/]",
}


def _console() -> Console:
    return Console()


def show_assessment(plan: Plan, assessment: Assessment, departments: Sequence[OwedMatter] = ()) -> None:
    """The offices with their lights, what is overdue or due soon, what waits for a department beyond its time."""
    console = _console()
    console.print(_offices(plan, assessment))
    console.print(_obligations(plan, assessment))
    if late := [owed for owed in departments if owed.status.state is State.OVERDUE]:
        console.print(_departments(late))


def show_history(plan: Plan, past: Sequence[Assessment]) -> None:
    """One line a cut-off: each owner's light and overall rate."""
    table = new_table("各期截止时的灯号和综合完成率")
    table.add_column("截止", no_wrap=True)
    for name in (*(office.name for office in plan.offices), "全区"):
        table.add_column(name, justify="right")
    for assessment in past:
        owners = (*assessment.offices, assessment.district)
        table.add_row(
            f"{assessment.as_of:%Y-%m-%d %H:%M}",
            *(f"{LIGHTS[progress.light]} {_overall(progress)}" for progress in owners),
        )
    _console().print(table)


def _departments(late: Sequence[OwedMatter]) -> Table:
    table = new_table("超过期限、等待部门办理的事项")
    for header in ("部门", "小区", "提请", "期限", "超期工作日"):
        table.add_column(header)
    for owed in late:
        table.add_row(
            escape(owed.matter.department),
            escape(owed.matter.compound),
            f"{owed.matter.asked_on:%Y-%m-%d}",
            f"{owed.status.due:%Y-%m-%d}",
            str(owed.status.working_days_overdue),
        )
    return table


def _offices(plan: Plan, assessment: Assessment) -> Table:
    table = new_table(f"各办事处进展（截至 {assessment.as_of:%Y-%m-%d %H:%M}）")
    table.add_column("单位", no_wrap=True)
    for header in ("基数", "业委会", "提升", "完成率", "灯号", "周需", "预计", "名次", "本期"):
        table.add_column(header, justify="right", no_wrap=True)
    for progress in (*assessment.offices, assessment.district):
        table.add_row(
            _owner(plan, progress.office),
            f"{progress.baseline}{'*' if progress.provisional else ''}",
            _done(progress.committees),
            _done(progress.improvements),
            _overall(progress),
            LIGHTS[progress.light],
            "/".join(weekly_text(indicator_of(progress, name)) for name in INDICATORS),
            "/".join(projected_text(indicator_of(progress, name), progress.baseline) for name in INDICATORS),
            "—" if progress.rank is None else str(progress.rank),
            WEEKLY[progress.weekly] if progress.weekly else "",
        )
    notes = ["周需：按期完成平均每周需新增；预计：按近四周速度推算的年底完成数（均为业委会/提升）"]
    if any(progress.provisional for progress in assessment.offices):
        notes.append("* 暂定：基数尚未冻结")
    table.caption = "\n".join(notes)
    return table


def _owner(plan: Plan, code: str | None) -> str:
    office = plan.office(code) if code else None
    return office.name if office else "全区"


def _overall(progress: Progress) -> str:
    overall = overall_text(progress)
    return f"{overall}%" if overall else "—"


def _done(indicator: Indicator) -> str:
    return f"{indicator.done}/{indicator.required}"


def _obligations(plan: Plan, assessment: Assessment) -> Table | str:
    shown = (State.OVERDUE, State.DUE_SOON, State.IN_CORRECTION)
    open_ones = [status for status in assessment.obligations if status.state in shown or status.undecided]
    if not open_ones:
        return "没有逾期或临期的事项。"
    table = new_table("逾期和临期的事项")
    for header in ("事项", "单位", "期限", "状态", "逾期天数"):
        table.add_column(header)
    for status in open_ones:
        table.add_row(
            f"{status.key.split(':')[0]} {plan.obligation(status.rule).deliverable}",
            _owner(plan, status.office),
            f"{status.due:%Y-%m-%d %H:%M}",
            _state(status),
            str(status.days_overdue or ""),
        )
    return table


def _state(status: ObligationStatus) -> str:
    """The state, with what qualifies it: 未判定, 已延期至, 有异议."""
    parts = [OBLIGATIONS[status.state]]
    if status.undecided:
        parts.append("未判定")
    if status.extended_until is not None:
        parts.append(f"已延期至 {status.extended_until:%Y-%m-%d}")
    if status.disputed_at is not None:
        parts.append("有异议")
    return "，".join(parts)


def show_returns(records: Sequence[ReturnRecord], title: str = "收到的报表") -> None:
    """Returns with what became of them and the codes that an office must answer."""
    table = new_table(title)
    for header in ("编号", "收到", "文件", "状态", "读取", "采用", "退回", "问题"):
        table.add_column(header, overflow="fold")
    for record in records:
        codes = sorted({f.code for f in record.findings if f.cls is not FindingClass.D})
        table.add_row(
            str(record.return_id),
            moment(record.received_at),
            escape(record.path),
            _status(record),
            *(str(record.rows[key]) for key in ("read", "accepted", "rejected")),
            " ".join(codes),
        )
    _console().print(table)


def _status(record: ReturnRecord) -> str:
    """What became of a return, and whether it still counts."""
    notes = ["逾期后更正"] if record.after_signature else []
    notes += [f"已由 {record.replaced_by} 号替换"] if record.replaced_by is not None else []
    return RETURNS[record.status] + (f"（{'，'.join(notes)}）" if notes else "")


def show_findings(name: str, findings: Sequence[Finding], not_checked: Sequence[str]) -> None:
    """The findings of one file, and what could not be checked."""
    console = _console()
    if not findings:
        console.print(f"[green]{name}：没有发现问题。[/]")
    else:
        console.print(findings_table(name, findings))
    for need, codes in NEEDS.items():
        left_out = [code for code in not_checked if code in codes]
        if left_out:
            console.print(f"[dim]未检查 {'、'.join(left_out)}：{need}[/]", highlight=False)


def findings_table(name: str, findings: Sequence[Finding]) -> Table:
    """Findings with place, what was found, how to mend it, and the office's reason where one gave any."""
    explained = any(finding.reason for finding in findings)
    table = new_table(escape(name))
    for header in ("类别", "位置", "小区编号", "填报内容", "办法", *(("已说明",) if explained else ())):
        table.add_column(header, overflow="fold")
    for finding in findings:
        place = "!".join(part for part in (finding.sheet, finding.cell) if part)
        table.add_row(
            f"{CLASSES[finding.cls]} {finding.code}",
            escape(place),
            escape(finding.compound or ""),
            escape(finding.found),
            escape(finding.expected),
            *((escape(finding.reason or ""),) if explained else ()),
        )
    return table


def show_papers(records: Sequence[PaperRecord], folder: Path) -> None:
    """The register of papers, oldest first, each with its file."""
    console = _console()
    console.print(f"\n公文（均在 {folder} 下）", soft_wrap=True)
    for record in records:
        told = "  ".join(filter(None, (signing_texts.STATES[record.state], record.number, record.title)))
        console.print(
            f"  {record.id:>5}  [dim]{moment(record.as_of)}[/]  {escape(told)}", soft_wrap=True, highlight=False
        )
        console.print(f"         [dim]{escape(record.path)}[/]", soft_wrap=True, highlight=False)


def closing_page(app: "App", as_of: datetime, home: Path) -> None:
    """How the demo ends: offices, obligations, rejected returns, papers, and how to open Airflow."""
    show_assessment(app.plan, app.assess(as_of))
    sent_back = (Status.RETURNED, Status.PARTIAL, Status.DUPLICATE)
    records = [record for record in app.ledger.return_records() if record.status in sent_back]
    show_returns(records, "退回、部分退回和重复的报表")
    show_papers(app.register.papers(), app.settings.papers_path.absolute())
    _console().print(
        f"\n看网页：[bold]DUBAN_HOME={home} make up[/]，打开 http://localhost:8080；[bold]make down[/] 停止。"
        f"\n逐条看退回原因：[bold]DUBAN_HOME={home} .venv/bin/duban returns --json[/]",
        soft_wrap=True,
        highlight=False,
    )
