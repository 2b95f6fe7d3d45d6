"""Commands of checks on site: verify-compound and spot-checks."""

from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import AsJson, Seen, day, instant, print_json, told_to_users, write_file
from duban.core.site_checks import Matter, SiteCheck

At = Annotated[str | None, typer.Option(help="登记的时间，缺省为现在")]


def verify_compound(
    compound: Annotated[str, typer.Argument(metavar="ID", help="小区编号，如 MH-003")],
    result: Annotated[str, typer.Option(help="属实 或 不属实")],
    by: Annotated[str, typer.Option(help="由谁核查")],
    on: Annotated[str | None, typer.Option(help="核查日期，缺省为登记当日")] = None,
    matter: Annotated[
        Matter, typer.Option(help="核查什么：committee 业委会，improvement 管理提升")
    ] = Matter.IMPROVEMENT,
    note: Annotated[str, typer.Option(help="说明")] = "",
    at: At = None,
) -> None:
    """登记一次现场核查；不属实的不再计入完成数，直到以后的核查属实。"""
    from duban.adapters.clock import SystemClock
    from duban.core.spot_texts import MATTERS, RESULTS
    from duban.core.weeks import ZONE
    from duban.wiring import open_app

    words = {text: told for told, text in RESULTS.items()}
    if result not in words:
        raise typer.BadParameter("--result 请写“属实”或“不属实”。")
    with told_to_users(), open_app() as app:
        moment = instant(at) if at else SystemClock().now()
        visited = day(on) if on else moment.astimezone(ZONE).date()
        app.checking_on_site.record(SiteCheck(compound, matter, words[result], visited, by, note, moment))
        typer.echo(f"已登记：{compound} {MATTERS[matter]}，{result}。")


def spot_checks(
    as_of: Seen = None,
    output: Annotated[Path | None, typer.Option("-o", help="写成 .xlsx 带去现场")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """抽查清单：最值得现场核查的小区，各有理由；同一时点的清单总是一样。"""
    from duban.adapters.clock import SystemClock
    from duban.adapters.lists import XlsxSpotList
    from duban.core.spot_texts import REASONS
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        moment = instant(as_of) if as_of else SystemClock().now()
        found = app.checking_on_site.worth_a_visit(moment)
        if output:
            write_file(output, XlsxSpotList().write(app.plan, found, moment), ".xlsx")
        if as_json:
            print_json([
                {
                    "compound": one.compound.compound_id,
                    "matters": [matter.value for matter in one.matters],
                    "reasons": [reason.value for reason in one.reasons],
                }
                for one in found
            ])
            return
        for one in found:
            reasons = "；".join(REASONS[reason] for reason in one.reasons)
            typer.echo(f"{one.compound.compound_id} {one.compound.name or ''}：{reasons}")
