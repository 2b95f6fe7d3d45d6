"""Commands of delivery: deliver, deliveries, release."""

from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, instant, print_json, told_to_users
from duban.core.errors import UsageError

if TYPE_CHECKING:
    from duban.core.delivery import Delivery
    from duban.wiring import App

AsOf = Annotated[str | None, typer.Option(help="办理时间，缺省为现在")]
By = Annotated[str | None, typer.Option("--as", help="办理人姓名，缺省为本机用户")]


def deliver(
    as_of: AsOf = None,
    retry: Annotated[int | None, typer.Option(metavar="ID", help="重发一项：不知是否送达、被拒收或被退信的")] = None,
    confirm: Annotated[int | None, typer.Option(metavar="ID", help="登记一项经核实已收到")] = None,
    by: By = None,
    reason: Annotated[str, typer.Option(help="如何核实")] = "",
) -> None:
    """送达：把已签发、尚未送达的公文发给各收文单位，每个单位一次。有未送达成功的，退出码为 1。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        if retry is not None and confirm is not None:
            raise UsageError("--retry 与 --confirm 请分两次办理。")
        moment = _instant(as_of)
        if confirm is not None:
            _tell([app.delivering.confirm(confirm, by or getuser(), reason, moment)], app)
            return
        if retry is not None:
            app.delivering.retry(retry, by or getuser(), moment)
        tried = set(app.deliver(moment))
        done = [one for one in app.deliveries.all() if one.id in tried]
        _tell(done, app)
    if any(one.state != "sent" for one in done):
        raise typer.Exit(FINDINGS)


def deliveries(
    *,
    open_only: Annotated[bool, typer.Option("--open", help="只列尚未送达的")] = False,
    as_json: AsJson = False,
) -> None:
    """送达记录：每份公文送给谁、怎样送、结果如何。"""
    from duban.pipeline.delivery_documents import delivery_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = [one for one in app.deliveries.all() if not open_only or one.state not in ("sent", "cancelled")]
        if as_json:
            print_json([delivery_document(one) for one in found])
        else:
            _tell(found, app)


def release(
    paper_id: Annotated[int, typer.Argument(metavar="ID", help="文书的编号（duban papers 所列的 id）")],
    by: Annotated[str, typer.Option("--as", help="签发人姓名")],
    reason: Annotated[str, typer.Option(help="原因")],
    as_of: AsOf = None,
) -> None:
    """放行：所列事项均已办结而暂缓发送的公文，仍予发送。"""
    from duban.core.delivery_texts import RELEASED
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        record = app.delivering.release(paper_id, by, reason, _instant(as_of))
        typer.echo(RELEASED.format(id=record.id, title=record.title))


def _instant(given: str | None) -> datetime:
    from duban.adapters.clock import SystemClock

    return instant(given) if given else SystemClock().now()


def _tell(found: "list[Delivery]", app: "App") -> None:
    from duban.cli.delivery_pages import show_deliveries

    if not found:
        from duban.core.delivery_texts import NOTHING_DUE

        typer.echo(NOTHING_DUE)
        return
    titles = {paper.id: paper.title for paper in app.register.papers()}
    show_deliveries(found, titles)
