"""What a person sees of the preview and of 延期 and 异议."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from duban.cli.tables import moment, new_table
from duban.core.appeals import Appeal, Step
from duban.core.plan import Plan

STEPS = {
    Step.EXTENSION_ASKED: "申请延期",
    Step.EXTENDED: "同意延期",
    Step.EXTENSION_REFUSED: "不同意延期",
    Step.DISPUTED: "提出异议",
    Step.UPHELD: "异议成立",
    Step.DISMISSED: "异议不成立",
}


def show_preview(plan: Plan, document: dict[str, Any]) -> None:
    """Who would get what, then the reason of every open item that gets nothing."""
    console = Console()
    names = {office.code: office.name for office in plan.offices}
    letters = new_table(f"{document['as_of'][:16]} 拟发的文书")
    for header in ("办事处", "文书", "事项"):
        letters.add_column(header, overflow="fold")
    others = new_table("其余未办事项")
    for header in ("办事处", "事项", "期限", "原因"):
        others.add_column(header, overflow="fold")
    for code, office in document["offices"].items():
        for letter in office["letters"]:
            letters.add_row(names[code], letter["paper"], "、".join(letter["items"]))
        for item in office["items"]:
            if item["why"] != "due":
                others.add_row(names[code], item["id"], item["due"][:10], item["reason"])
    console.print(letters if letters.row_count else "没有到期应发的文书。")
    console.print(others)


def show_appeals(appeals: Sequence[Appeal]) -> None:
    """Every step, oldest first."""
    table = new_table("延期和异议")
    for header in ("时间", "事项", "事由", "至", "理由", "提出或决定人"):
        table.add_column(header, overflow="fold")
    for one in appeals:
        at = moment(one.at)
        until = one.until.isoformat() if one.until else ""
        table.add_row(at, one.obligation, STEPS[one.step], until, escape(one.reason), escape(one.by))
    Console().print(table)


def appeal_document(appeal: Appeal) -> dict[str, object]:
    """One step as a plain document."""
    return {
        "item": appeal.obligation,
        "step": appeal.step.value,
        "until": appeal.until and appeal.until.isoformat(),
        "reason": appeal.reason,
        "by": appeal.by,
        "at": appeal.at.isoformat(),
    }
