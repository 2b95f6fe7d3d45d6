"""Commands that keep an installation: backup, restore, reconcile, doctor."""

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, day, instant, print_json, require_suffix, told_to_users, write_file

SAVED = "已备份：{files} 个文件，共 {size} 字节，目录 {folder}。"
RESTORED = "已恢复 {taken_at} 的备份（{files} 个文件）。请执行 duban verify 核验，再开始工作。"


def backup(folder: Annotated[Path, typer.Argument(metavar="DIR", help="新的或空的目录")]) -> None:
    """备份：业务数据库、存档、文书、发件目录，每个文件附哈希。不必停机。"""
    from duban.adapters.clock import SystemClock
    from duban.wiring.keeping import backup as save

    with told_to_users():
        saved = save(folder, SystemClock().now())
        typer.echo(SAVED.format(files=saved.files, size=saved.size, folder=folder))


def restore(folder: Annotated[Path, typer.Argument(metavar="DIR", help="duban backup 写成的目录")]) -> None:
    """恢复：整个业务数据库换成备份中的，补回缺失的文件，不覆盖任何文件。先停掉 Airflow。"""
    from duban.cli.tables import moment
    from duban.wiring.keeping import restore as bring_back

    with told_to_users():
        saved = bring_back(folder)
        typer.echo(RESTORED.format(taken_at=moment(datetime.fromisoformat(saved.taken_at)), files=saved.files))


def reconcile(
    by: Annotated[str, typer.Option("--as", help="办理人姓名")] = "",
    reason: Annotated[str, typer.Option(help="原因")] = "",
) -> None:
    """对账：数据库比已签发的公文旧时，跳过已用的编号，恢复签发。"""
    from duban.core import issued_texts as texts
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        if app.reconcile.difference() is None:
            typer.echo(texts.NOTHING_TO_DO)
            return
        lost = app.reconcile.run(by, reason)
        for one in lost:
            typer.echo(texts.LOST.format(printed=one.printed or texts.NO_NUMBER, path=one.path, sha256=one.sha256))
        typer.echo(texts.RECONCILED.format(count=len(lost)))


def doctor(*, as_json: AsJson = False) -> None:
    """体检：设置、方案、数据库、目录、磁盘、时钟、日历、字体。有故障时退出码为 1。"""
    from duban.adapters.clock import SystemClock
    from duban.core.health import LEVELS, Level
    from duban.wiring.health import examine

    found = examine(SystemClock().now())
    if as_json:
        print_json([{"check": one.check, "level": one.level.value, "text": one.text} for one in found])
    else:
        for one in found:
            typer.echo(f"{LEVELS[one.level]} {one.check}：{one.text}")
    if any(one.level is Level.FAULT for one in found):
        raise typer.Exit(FINDINGS)


def watch(
    as_of: Annotated[str | None, typer.Option(help="从哪一时点看，缺省为现在")] = None,
) -> None:
    """看门：应当发生而没有发生的（收取、简报、签发、送达），写入告警。有告警时退出码为 1。"""
    from duban.adapters.clock import SystemClock
    from duban.core.watchdog_texts import ALL_DONE
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = app.watchdog.run(instant(as_of) if as_of else SystemClock().now())
        for alert in found:
            app.alerts.tell(alert)
            typer.echo(f"{alert.subject}。{alert.text}")
    if found:
        raise typer.Exit(FINDINGS)
    typer.echo(ALL_DONE)


def audit(
    since: Annotated[str, typer.Option(help="从哪一天起")],
    output: Annotated[Path, typer.Option("--output", "-o", help="写入的文件，.csv 或 .json")],
) -> None:
    """导出变更记录：谁在何时对哪份文书做了什么，供审计。"""
    from duban.core.weeks import ZONE
    from duban.pipeline.audit_export import audit_csv, audit_json
    from duban.wiring import open_app

    written = {".csv": audit_csv, ".json": audit_json}
    with told_to_users(), open_app() as app:
        require_suffix(output, *written)
        links, _ = app.books.chain()
        start = datetime.combine(day(since), time(), ZONE)
        write_file(output, written[output.suffix.lower()](links, start).encode())
        typer.echo(f"已导出 {sum(link.entry.recorded_at >= start for link in links)} 条变更记录：{output}")
