"""duban back-test: issued papers made again from their frozen inputs and compared."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, day, instant, print_json, told_to_users
from duban.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.core.papers import PaperRecord
    from duban.wiring import App

ONE_CHOICE = "公文编号、--week、--all 只能选一种。"
NOT_SIGNED = "第 {id} 号公文没有签发过，没有原件可比。"


def back_test(
    papers: Annotated[
        list[str] | None, typer.Argument(metavar="PAPER…", help="公文的登记编号，或它的文件；不写则为今夜轮到的一周")
    ] = None,
    *,
    week: Annotated[str | None, typer.Option(help="某一天所在的报告期，如 2018-08-17")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部已签发的公文")] = False,
    draft: Annotated[bool, typer.Option(help="数字有变的通报、报告是否拟更正通报")] = True,
    as_of: Annotated[str | None, typer.Option(help="更正通报的计算时点，缺省为现在")] = None,
    as_json: AsJson = False,
) -> None:
    """重现已签发的公文：用留存的内容和台账重做一遍，逐字节、逐个数字比对。不一致时退出码为 1。"""
    from duban.adapters.clock import SystemClock
    from duban.pipeline.back_test_documents import back_test_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        moment = instant(as_of) if as_of else SystemClock().now()
        chosen = _chosen(app, papers or [], week, moment, every=every)
        found = list(app.back_testing.run(chosen, moment, correcting=draft))
        if as_json:
            print_json([back_test_document(tested) for tested in found])
        else:
            from duban.cli.pages_verify import show_back_test

            show_back_test(found)
    if not all(tested.holds for tested in found):
        raise typer.Exit(FINDINGS)


def _chosen(
    app: "App", names: "Sequence[str]", week: str | None, as_of: datetime, *, every: bool
) -> "Sequence[PaperRecord]":
    """The papers that the words of the command mean; raises UsageError."""
    if sum((bool(names), week is not None, every)) > 1:
        raise UsageError(ONE_CHOICE)
    testing = app.back_testing
    if every:
        return testing.every()
    if names:
        named = [app.trace.record(name) for name in names]
        for paper in named:
            if paper.signature is None:
                raise UsageError(NOT_SIGNED.format(id=paper.id))
        return named
    chosen = testing.covering(day(week), as_of) if week is not None else testing.tonight(as_of)
    return testing.of_week(chosen, as_of) if chosen else []
