"""Commands of the bureau and of the data team: waive, waivers, baseline, recheck, data-docs, and the filled blank."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import AsJson, Seen, day, instant, print_json, told_to_users, write_file
from duban.core.errors import UsageError

if TYPE_CHECKING:
    from duban.core.empty import EmptyConfirmation
    from duban.core.plan import Office, Plan
    from duban.core.weeks import ReportingWeek
    from duban.pipeline.amend_baseline import AmendBaseline
    from duban.pipeline.confirm_empty import ConfirmEmpty

At = Annotated[str | None, typer.Option(help="决定或截至的时间，缺省为现在")]
Reason = Annotated[str, typer.Option(help="理由")]
By = Annotated[str, typer.Option(help="由谁决定")]


def _moment(text: str | None) -> datetime:
    from duban.adapters.clock import SystemClock

    return instant(text) if text else SystemClock().now()


def waive(
    rule: Annotated[str, typer.Argument(help="规则代码，如 B02；committee 表示暂不具备成立业委会的条件")],
    compound: Annotated[str, typer.Option(help="小区编号，如 MH-003")],
    until: Annotated[str, typer.Option(help="豁免到哪一天（含当天）；填已过的日期即提前结束")],
    reason: Reason,
    by: By,
    at: At = None,
) -> None:
    """对一个小区豁免一条校验规则，到期自动恢复；列入每期工作简报。"""
    from duban.core.waivers import Waiver
    from duban.pipeline.waive import Waive
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        waiver = Waiver(rule, compound, day(until), reason, by, _moment(at))
        Waive(app.plan, app.ledger, app.decisions).run(waiver)
        typer.echo(f"已登记：{compound} {rule}，至 {until}。")


def waivers(as_of: Seen = None, *, as_json: AsJson = False) -> None:
    """截至某一时刻有效的豁免。"""
    from duban.pipeline.decision_documents import waiver_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = app.decisions.waivers(_moment(as_of))
        if as_json:
            print_json([waiver_document(waiver) for waiver in found])
            return
        from duban.cli.decision_pages import show_waivers

        show_waivers(found)


def baseline(
    add: Annotated[str | None, typer.Option(help="把这个小区编号列入基数")] = None,
    remove: Annotated[str | None, typer.Option(help="把这个小区编号移出基数")] = None,
    confirm_empty: Annotated[
        int | None, typer.Option(metavar="编号", help="确认这份零报告：该办事处没有小区，基数为 0")
    ] = None,
    reason: Reason = "",
    by: By = "",
    at: At = None,
    *,
    as_json: AsJson = False,
) -> None:
    """基数：待决定的小区增减和零报告；--add、--remove、--confirm-empty 逐个登记决定。"""
    from duban.core.amendments import Change
    from duban.core.empty import EmptyConfirmation
    from duban.pipeline.amend_baseline import AmendBaseline
    from duban.pipeline.confirm_empty import ConfirmEmpty
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        amending = AmendBaseline(app.plan, app.assessing.facts, app.ledger, app.decisions)
        confirming = ConfirmEmpty(app.plan, app.assessing.facts, app.ledger, app.decisions)
        _require_one(add, remove, confirm_empty)
        if confirm_empty is not None:
            typer.echo(_confirmed(app.plan, confirming, EmptyConfirmation(confirm_empty, reason, by, _moment(at))))
        elif add or remove:
            change, compound = (Change.ADD, add) if add else (Change.REMOVE, remove or "")
            amending.run(change, compound, reason=reason, by=by, decided_at=_moment(at))
            typer.echo(f"已登记：{compound} {'列入' if add else '移出'}基数。")
        else:
            _show_undecided(amending, confirming, _moment(at), as_json=as_json)


def _require_one(*asked: str | int | None) -> None:
    if len([one for one in asked if one]) > 1:
        raise UsageError("--add、--remove 和 --confirm-empty 请分次登记。")


def _confirmed(plan: "Plan", confirming: "ConfirmEmpty", confirmation: "EmptyConfirmation") -> str:
    from duban.core.empty_texts import RECORDED

    code = confirming.run(confirmation)
    office = plan.office(code)
    return RECORDED.format(office=office.name if office else code, return_id=confirmation.return_id)


def _show_undecided(amending: "AmendBaseline", confirming: "ConfirmEmpty", as_of: datetime, *, as_json: bool) -> None:
    from duban.pipeline.decision_documents import proposal_document, zero_report_document

    proposals, zeros = amending.proposals(as_of), confirming.waiting(as_of)
    if as_json:
        print_json([*map(proposal_document, proposals), *map(zero_report_document, zeros)])
        return
    from duban.cli.decision_pages import show_proposals, show_zero_reports

    show_proposals(proposals)
    if zeros:
        show_zero_reports(zeros)


def recheck(
    since: Annotated[str, typer.Option(help="从哪一天收到的报表起，如 2018-08-17")],
    *,
    apply: Annotated[bool, typer.Option("--apply", help="把结果告知有关办事处（放进发件目录）")] = False,
    as_json: AsJson = False,
) -> None:
    """用现行规则复核已接收的报表，列出结果会不同的；不改动任何数据。"""
    from duban.cli.progress import progress
    from duban.pipeline.decision_documents import rechecked_document
    from duban.pipeline.examine import Examiner
    from duban.pipeline.recheck import Recheck
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        examiner = Examiner(app.archive, app.ledger, app.reader, app.checker, app.decisions)
        rechecking = Recheck(app.plan, app.ledger, examiner, app.checker.rules_version, app.texts, app.outbox)
        records = rechecking.concerned(instant(f"{day(since)}T00:00:00"))
        changed = []
        with progress("复核", quiet=as_json) as told:
            for done, record in enumerate(records, 1):
                if rechecked := rechecking.run(record):
                    changed.append(rechecked)
                told(done, len(records), record.path)
        notes = [rechecking.tell(rechecked) for rechecked in changed] if apply else []
        if as_json:
            documents = [rechecked_document(rechecked) for rechecked in changed]
            print_json({"checked": len(records), "changed": documents, "told": notes})
            return
        from duban.cli.decision_pages import show_rechecked

        show_rechecked(len(records), changed, notes)


def data_docs(
    batches: Annotated[int, typer.Option(min=1, help="列出最近多少批次的校验结果")] = 20,
) -> None:
    """为数据组生成 Great Expectations 数据文档（静态网页，不含任何单元格的内容）。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        typer.echo(f"已生成：{app.build_data_docs(batches)}")


def filled_blank(office: "Office", week: "ReportingWeek", output: Path, at: str | None = None) -> None:
    """Write the blank of an office for a week, filled with what was accepted by `at` (now when None)."""
    from duban.wiring import open_app

    with open_app() as app:
        write_file(output, app.next_blanks.compose(office, week, _moment(at)), ".xlsx")
