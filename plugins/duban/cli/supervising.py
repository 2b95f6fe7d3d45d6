"""Commands of supervision: preview, extend, dispute, decide, appeals; and the draft that orders the weekly returns."""

from datetime import date, datetime, time
from typing import Annotated

import typer

from duban.cli.output import AsJson, Seen, day, instant, print_json, told_to_users
from duban.core.appeals import Step
from duban.core.errors import UsageError

MORNING = time(8, 30)
Item = Annotated[str, typer.Argument(metavar="ITEM", help="事项编号，如 S1:MH（duban preview 所列）")]
Reason = Annotated[str, typer.Option(help="理由")]
By = Annotated[str, typer.Option(help="由谁提出或决定")]
At = Annotated[str | None, typer.Option(help="提出或决定的时间，缺省为现在")]


def _moment(text: str | None) -> datetime:
    from duban.adapters.clock import SystemClock

    return instant(text) if text else SystemClock().now()


def preview(
    date_: Annotated[str, typer.Option("--date", help="哪一天早上（或写明时刻）")],
    *,
    as_json: AsJson = False,
) -> None:
    """预览：某天早上会给谁发哪一级文书，其余未办事项为什么不发；不写任何东西。"""
    from duban.adapters.clock import SystemClock
    from duban.core.weeks import ZONE
    from duban.pipeline.preview import preview_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        moment = instant(date_) if "T" in date_ else datetime.combine(day(date_), MORNING, ZONE)
        now = SystemClock().now()
        foreseen = app.assessing.foreseen(moment, now) if moment > now else None
        document = preview_document(app.plan, app.watch_deadlines.explain(moment, foreseen), moment)
        if as_json:
            print_json(document)
            return
        from duban.cli.supervision_pages import show_preview

        show_preview(app.plan, document)


def extend(
    item: Item,
    reason: Reason,
    by: By,
    until: Annotated[str | None, typer.Option(help="延期至哪一天（含当天）")] = None,
    at: At = None,
    *,
    ask: Annotated[bool, typer.Option("--ask", help="登记办事处的申请，尚未决定")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="不同意延期")] = False,
) -> None:
    """延期：登记申请（--ask），同意（缺省），或不同意（--refuse）。法定期限仍照样列示。"""
    if ask and refuse:
        raise typer.BadParameter("--ask 和 --refuse 请分两次登记。")
    step = Step.EXTENSION_REFUSED if refuse else Step.EXTENSION_ASKED if ask else Step.EXTENDED
    with told_to_users():
        _record(item, step, None if refuse else _day(until), reason, by, at)


def _day(text: str | None) -> date | None:
    return None if text is None else day(text)


def dispute(item: Item, reason: Reason, by: By, at: At = None) -> None:
    """异议：办事处对一个事项有异议，决定之前不再催办。"""
    with told_to_users():
        _record(item, Step.DISPUTED, None, reason, by, at)


def decide(
    item: Item,
    reason: Reason,
    by: By,
    at: At = None,
    *,
    upheld: Annotated[bool | None, typer.Option("--upheld/--dismissed", help="异议成立，或不成立")] = None,
) -> None:
    """对异议作出决定：成立的按已完成处理，不成立的继续催办。"""
    with told_to_users():
        if upheld is None:
            raise UsageError("请写明 --upheld（异议成立）或 --dismissed（异议不成立）。")
        _record(item, Step.UPHELD if upheld else Step.DISMISSED, None, reason, by, at)


def _record(item: str, step: Step, until: date | None, reason: str, by: str, at: str | None) -> None:
    from duban.cli.supervision_pages import STEPS
    from duban.core.appeals import Appeal
    from duban.wiring import open_app

    with open_app() as app:
        app.appeals.record(Appeal(item, step, until, reason, by, _moment(at)))
        typer.echo(f"已登记：{item} {STEPS[step]}{f'至 {until}' if until else ''}。")


def appeals(as_of: Seen = None, *, as_json: AsJson = False) -> None:
    """截至某一时刻的延期和异议，每一步都在。"""
    from duban.cli.supervision_pages import appeal_document, show_appeals
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = app.appeals.history(_moment(as_of))
        if as_json:
            print_json([appeal_document(one) for one in found])
        else:
            show_appeals(found)


def draft_criticism(
    proposal: Annotated[int, typer.Argument(metavar="ID", help="已签发的提请通报批评的建议的编号")],
    on: Annotated[str, typer.Option(help="决定的日期")],
    reference: Annotated[str, typer.Option(help="决定的依据：会议纪要或批示的编号")],
    as_of: At = None,
) -> None:
    """按区督查考评办公室已作出的决定起草通报：只列事实；没有决定不拟。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        paper = app.signing.open(proposal)
        record = app.criticising.decide(paper, day(on), reference, _moment(as_of))
        typer.echo(f"已起草第 {record.id} 号文书：{record.title}")


def draft_reporting_notice(as_of: At = None) -> None:
    """起草报送通知；它签发后，就是周报、补正、回执和项目台账期限的依据。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        record = app.reporting_notice.draft(_moment(as_of))
        if record is None:
            raise UsageError("报送通知已经起草或签发过，不必再拟；请用 duban papers 查看。")
        typer.echo(f"已起草第 {record.id} 号文书：{record.title}")
