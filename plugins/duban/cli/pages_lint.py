"""What a person sees of a conformance report in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.cli.tables import new_table
from duban.core.conformance import Deviation, Level, LintReport

LEVELS = {Level.FAIL: "[red]违反规定[/]", Level.WARN: "[yellow]提醒[/]"}


def show_report(name: str, report: LintReport) -> None:
    """The deviations, gravest first, then what was not looked at and why."""
    console = Console()
    if report.findings:
        console.print(_deviations(name, report))
    verdict = "[green]未发现违反规定之处[/]" if report.conforms else "[red]有违反规定之处[/]"
    console.print(f"{escape(name)}：{verdict}（通过 {len(report.passed)} 项检查）", highlight=False, soft_wrap=True)
    reasons: dict[str, list[str]] = {}
    for skipped in report.not_checked:
        reasons.setdefault(skipped.reason, []).append(skipped.id)
    for reason, rules in reasons.items():
        console.print(f"[dim]未检查 {'、'.join(rules)}：{escape(reason)}[/]", highlight=False, soft_wrap=True)


def _deviations(name: str, report: LintReport) -> Table:
    table = new_table(name)
    for header in ("程度", "检查", "条款", "位置", "问题与办法"):
        table.add_column(header, overflow="fold")
    for deviation in sorted(report.findings, key=lambda found: (found.level is Level.WARN, found.id)):
        times = f"（共 {deviation.count} 处）" if deviation.count > 1 else ""
        table.add_row(
            LEVELS[deviation.level],
            deviation.id,
            f"{deviation.clause} {deviation.strength}",
            escape(_place(deviation)),
            escape(deviation.message) + times,
        )
    return table


def _place(deviation: Deviation) -> str:
    where = deviation.where
    page = f"第{where.page}页 " if where.page else ""
    paragraph = f"第{where.paragraph}段 " if where.paragraph else ""
    return f"{page}{paragraph}{where.excerpt}".strip()
