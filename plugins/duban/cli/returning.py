"""Commands about returns: all of them, the life of one, and asking an office to change one."""

from typing import Annotated

import typer

from duban.cli.output import AsJson, instant, print_json, told_to_users


def returns(context: typer.Context, *, as_json: AsJson = False) -> None:
    """收到的每一份报表：状态、行数、发现的问题。看一份的来龙去脉：duban returns show 编号。"""
    if context.invoked_subcommand is not None:
        return
    from duban.pipeline.documents import return_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        records = app.ledger.return_records()
        if as_json:
            print_json([return_document(record, app.weeks) for record in records])
            return
        from duban.cli.pages import show_returns

        show_returns(records)


def show(
    return_id: Annotated[int, typer.Argument(metavar="编号", help="报表的编号，见 duban returns 和回执")],
    *,
    as_json: AsJson = False,
) -> None:
    """一份报表的来龙去脉：何时、何人、为何，读取的行，发现的问题，比上次改了什么。"""
    from duban.pipeline.documents import story_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        story = app.lives.story(return_id)
        document = story_document(story, app.plan, app.weeks, app.form)
        if as_json:
            print_json(document)
            return
        from duban.cli.return_page import show_return

        show_return(story, document)


def ask(
    return_id: Annotated[int, typer.Argument(metavar="编号", help="报表的编号，见 duban returns")],
    reason: Annotated[str, typer.Option("--ask", help="要求和理由，一句话")],
    by: Annotated[str, typer.Option(help="提出人")],
    table: Annotated[str | None, typer.Option(help="只要求改这张表，如 工作台账")] = None,
    compound: Annotated[str | None, typer.Option(help="只要求改这个小区，如 MH-001")] = None,
    as_of: Annotated[str | None, typer.Option(help="提出的时间，缺省为现在")] = None,
) -> None:
    """要求办事处修改一份报表：记录在案，并在其发件文件夹放一份修改要求。"""
    from duban.adapters.clock import SystemClock
    from duban.pipeline.ask_changes import Wish
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        asked_at = instant(as_of) if as_of else SystemClock().now()
        path = app.ask_changes.run(Wish(return_id, reason, by, table, compound), asked_at)
        typer.echo(f"已告知：{app.settings.outbox_path / path}")
