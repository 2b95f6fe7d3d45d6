"""Commands that write files: blank, simulate, templates build, rules build."""

from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import day, told_to_users, write_file
from duban.core.errors import UsageError


def blank(
    office: Annotated[str, typer.Option(help="办事处代码，如 MH")],
    week: Annotated[str, typer.Option(help="报告期内任一天，如 2018-08-17")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个文件")],
    at: Annotated[str | None, typer.Option(help="与 --filled 同用：按截至何时的数据填，缺省为现在")] = None,
    *,
    filled: Annotated[bool, typer.Option("--filled", help="填好上次采用的数据（需要数据库）")] = False,
) -> None:
    """生成某办事处某一期的周报表，空白的，或填好上次采用的数据。"""
    from duban.adapters.workbook import write_blank
    from duban.cli.deciding import filled_blank
    from duban.wiring import open_offline

    with told_to_users(), open_offline() as offline:
        found = offline.plan.office(office)
        if found is None:
            codes = "、".join(known.code for known in offline.plan.offices)
            raise UsageError(f"没有代码为“{office}”的办事处，可用的代码：{codes}。")
        date = day(week)
        reporting_week = offline.weeks.covering(date, date)
        if reporting_week is None:
            raise UsageError(f"{week} 早于第一个报告期，请改用 {offline.plan.reporting.first_day} 或以后的日期。")
        if filled:
            filled_blank(found, reporting_week, output, at)
        else:
            content = BytesIO()
            write_blank(offline.form, found, reporting_week.cutoff.date(), content)
            write_file(output, content.getvalue(), ".xlsx")
        typer.echo(f"已生成：{output}")


def simulate(
    directory: Annotated[Path, typer.Argument(help="写到哪个文件夹（各办事处一个子文件夹）")],
    until: Annotated[str, typer.Option(help="到哪一天为止")],
    seed: Annotated[int, typer.Option(help="随机种子；同一种子得到相同的文件")] = 1,
    plan: Annotated[Path | None, typer.Option(help="方案文件")] = None,
    mess: Annotated[float, typer.Option(min=0, max=1, help="杂乱程度，0 到 1")] = 0.5,
    *,
    continue_: Annotated[bool, typer.Option("--continue", help="接着已有的一季往后写")] = False,
) -> None:
    """模拟一季报表，用于演示和测试。"""
    from duban.adapters.season import write_season
    from duban.adapters.settings import Settings
    from duban.cli.progress import progress
    from duban.wiring import open_offline

    settings = Settings(plan=plan, plans="", plan_key="") if plan else Settings()
    with told_to_users(), open_offline(settings) as offline, progress("模拟") as told:
        report = write_season(
            offline.plan,
            offline.weeks,
            directory,
            seed=seed,
            until=day(until),
            mess=mess,
            continue_=continue_,
            told=told,
        )
        typer.echo(f"已写 {report.files} 份报表，{report.weeks} 个报告期：{directory}")


def build_templates(
    profile: Annotated[str, typer.Option(help="版面：A（天头37、下边35毫米）或 B（GB/T 33476.2）")] = "A",
) -> None:
    """按公文格式标准重新生成 templates/ 中的基础模板。"""
    from duban.adapters.settings import Settings
    from duban.adapters.word import PROFILES
    from duban.adapters.word import build_templates as build

    with told_to_users():
        if profile not in PROFILES:
            raise UsageError(f"没有名为“{profile}”的版面，可用的版面：{'、'.join(PROFILES)}。")
        directory = Settings().templates_path
        build(directory, PROFILES[profile])
        typer.echo(f"已生成：{directory}")


def build_rules() -> None:
    """按表样重新生成 expectations/ 中由表样决定的规则。"""
    from duban.adapters.expectations import build_suites
    from duban.wiring import open_offline

    with told_to_users(), open_offline() as offline:
        directory = offline.settings.root / "expectations"
        build_suites(offline.form, directory)
        typer.echo(f"已生成：{directory}")
