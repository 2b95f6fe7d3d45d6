"""What a person sees of one return: its life, its rows, its findings, what it changed."""

from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.cli.pages import findings_table
from duban.cli.tables import moment, new_table
from duban.core.life_texts import row_text
from duban.pipeline.return_life import Story

MOST_CHANGES = 200
"""Rows that fit a screen one still reads; --json has them all."""

_VERDICTS = ("accepted", "rejected", "ignored")


def show_return(story: Story, document: dict[str, Any], console: Console | None = None) -> None:
    """The whole story; `document` is its story_document."""
    console = console or Console()
    title = f"{document['id']} 号报表 {document['file']}（{document['office']}，截至 {document['week'] or '不明'}）"
    console.print(_life(title, document))
    if document["tables"]:
        console.print(_rows(document))
    if story.record.findings:
        console.print(findings_table("发现的问题", story.record.findings))
    console.print(f"\n[bold]变化[/]  {escape(document['summary'])}", highlight=False)
    changes = story.comparison.changes if story.comparison and not story.comparison.first else ()
    for change in changes[:MOST_CHANGES]:
        console.print(f"  {escape(row_text(change))}", highlight=False)
    if len(changes) > MOST_CHANGES:
        console.print(f"  另有 {len(changes) - MOST_CHANGES} 行，请加 --json 查看。", highlight=False)


def _life(title: str, document: dict[str, Any]) -> Table:
    table = new_table(escape(title))
    for header in ("何时", "何事", "何人", "为何"):
        table.add_column(header, overflow="fold")
    for step in document["life"]:
        at = moment(datetime.fromisoformat(step["at"]))
        table.add_row(at, step["name"], escape(step["by"]), escape(step["why"]))
    return table


def _rows(document: dict[str, Any]) -> Table:
    table = new_table("数据行")
    for header in ("表", "采用", "退回", "不计"):
        table.add_column(header)
    for sheet, counts in document["tables"].items():
        table.add_row(sheet, *(str(counts[verdict]) for verdict in _VERDICTS))
    return table
