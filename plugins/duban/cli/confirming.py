"""Commands about papers that are out: acknowledge, unsigned, revoke."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import AsJson, Seen, instant, print_json, told_to_users

AsOf = Annotated[str | None, typer.Option(help="办理时间，缺省为现在")]


def acknowledge(
    code: Annotated[str, typer.Argument(metavar="CODE", help="通知单上的签收码，如 KTBM-WXZA")],
    by: Annotated[str, typer.Option(help="签收人姓名")],
    reply: Annotated[str | None, typer.Option(help="回执内容，或回执文件的路径")] = None,
    as_of: AsOf = None,
) -> None:
    """登记签收；督办通知单的回执用 --reply 一并登记。"""
    from duban.core.receipt_texts import REGISTERED, WITH_REPLY
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        file = Path(reply).read_bytes() if reply and Path(reply).is_file() else None
        text = None if file is not None else reply
        record = app.receipts.acknowledge(code, by, _instant(as_of), reply=text, file=file)
        replied = WITH_REPLY if reply else ""
        typer.echo(REGISTERED.format(id=record.id, title=record.title, by=by, reply=replied))


def unsigned(as_of: Seen = None, *, as_json: AsJson = False) -> None:
    """电话提醒：送达后逾期未签收的通知单。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = app.telephone_reminders(_instant(as_of))
        if as_json:
            print_json([
                {
                    "paper": one.paper.id,
                    "title": one.paper.title,
                    "to": list(one.paper.to),
                    "delivered_at": one.delivered_at.isoformat(),
                    "working_days": one.working_days,
                }
                for one in found
            ])
            return
        from duban.cli.delivery_pages import show_unsigned

        show_unsigned(found)


def revoke(
    paper_id: Annotated[int, typer.Argument(metavar="ID", help="文书的编号（duban papers 所列的 id）")],
    by: Annotated[str, typer.Option("--as", help="核稿人或签发人姓名")],
    reason: Annotated[str, typer.Option(help="撤销的原因，写成半句，如：经核实，该事项在期限前已报送")],
    as_of: AsOf = None,
) -> None:
    """撤销：已发出的文书有误，起草发给全部收文单位的撤销通知；撤销通知签发时，原件撤销。"""
    from duban.core.signing_texts import outcome
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        typer.echo(outcome(app.revoking.draft(paper_id, by, reason, _instant(as_of))))


def _instant(given: str | None) -> datetime:
    from duban.adapters.clock import SystemClock

    return instant(given) if given else SystemClock().now()
