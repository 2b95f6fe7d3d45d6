"""Commands that run the product: replay, demo, up, down."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import AsJson, day, instant, print_json, told_to_users
from duban.core.errors import UsageError

if TYPE_CHECKING:
    from duban.orchestration.replay import ReplayReport

DEMO_SEED = 2018


def replay(
    from_: Annotated[str, typer.Option("--from", help="从哪一天开始")],
    until: Annotated[str, typer.Option("--until", help="到哪一天为止（含当天）")],
    *,
    sign_all: Annotated[
        bool, typer.Option("--sign-all", help="拟出的文书由方案所列人员当场核稿、签发，随后照常送达")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """按时间顺序重放一段日子：每个时点都由真实的 Airflow DAG 运行，只看得见当时已收到的报表。"""
    with told_to_users():
        report = _replay(from_, until, quiet=as_json, sign_all=sign_all)
        if as_json:
            print_json({"ticks": report.ticks, "skipped": report.skipped, "runs": dict(report.runs)})
        else:
            typer.echo(f"已重放 {report.ticks} 个时点（另有 {report.skipped} 个时点无事可做）。")


def _replay(from_: str, until: str, *, quiet: bool, sign_all: bool = False) -> "ReplayReport":
    from duban.cli.progress import replay_progress
    from duban.orchestration.replay import prepare, replay_ticks

    start, end = instant(f"{day(from_)}T00:00:00"), instant(until)
    if start > end:
        raise UsageError(f"开始日期 {from_} 晚于结束日期 {until}，请对调。")
    prepare()
    with replay_progress(quiet=quiet) as told:
        return replay_ticks(start, end, told, sign_all=sign_all)


def demo(
    until: Annotated[str, typer.Option(help="演示到哪一天")] = "2018-09-30",
    seed: Annotated[int, typer.Option(help="模拟数据的种子")] = DEMO_SEED,
) -> None:
    """演示：模拟一季报表，用真实的 Airflow 和 PostgreSQL 跑完，最后列出写好的公文。"""
    from duban.adapters.season import write_season
    from duban.adapters.settings import Settings
    from duban.cli.pages import closing_page
    from duban.cli.progress import progress
    from duban.wiring import open_app, open_offline

    home = _demo_home()
    with told_to_users():
        settings = Settings()
        with open_offline(settings) as offline:
            inbox = Path(offline.settings.inbox_url)
            with progress("模拟") as told:
                season = write_season(
                    offline.plan, offline.weeks, inbox, seed=seed, until=day(until), mess=0.5, told=told
                )
            typer.echo(f"已模拟 {season.files} 份报表（{season.weeks} 个报告期）：{inbox}")
            start = offline.plan.source.start
        _replay(start.isoformat(), until, quiet=False)
        with open_app(settings) as app:
            closing_page(app, instant(f"{until}T17:00:00"), home)


def _demo_home() -> Path:
    """The demo has a home of its own beside the real one, so that simulated data never meets real data."""
    from duban.adapters.settings import Settings

    home = Settings().home / "demo"
    os.environ.update(DUBAN_HOME=str(home), DUBAN_INBOX=str(home.absolute() / "inbox"))
    for name in ("DUBAN_DATABASE_URL", "DUBAN_OUTBOX", "DUBAN_ALERTS", "DUBAN_SMTP_HOST"):
        os.environ.pop(name, None)  # nobody gets a simulated paper, or an alert about one
    return home


def up() -> None:
    """启动 Airflow（调度器、网页）和内置 PostgreSQL，在后台运行。"""
    from duban.orchestration.services import up as start

    with told_to_users():
        start()


def down() -> None:
    """停止 Airflow 和内置 PostgreSQL。"""
    from duban.orchestration.services import down as stop

    with told_to_users():
        stop()


def roles() -> None:
    """把看板授权文件里的角色及其权限写入 Airflow 的 FabAuthManager；可以反复运行。"""
    from duban.orchestration.fab_roles import sync_roles

    with told_to_users():
        typer.echo(f"已设角色：{'、'.join(sync_roles())}")
