"""The command what-if: what a changed plan would change."""

from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import AsJson, instant, print_json, told_to_users

HEADINGS = {"obligations": "事项", "lights": "灯号", "letters": "通知"}
NOTHING = "—"


def what_if(
    plan: Annotated[Path, typer.Option(help="改动后的方案文件")],
    as_of: Annotated[str, typer.Option(help="截至何时（ISO 8601，缺省时区为北京时间）")],
    *,
    as_json: AsJson = False,
) -> None:
    """假如方案改成这样：哪些事项、灯号和通知会出现、消失或改变。什么也不写入。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        document = app.what_if(plan, instant(as_of))
        if as_json:
            print_json(document)
            return
        for kind, heading in HEADINGS.items():
            rows = document[kind]
            typer.echo(f"{heading}：{len(rows)} 处不同" if rows else f"{heading}：没有不同")
            for row in rows:
                typer.echo(f"  {row['key']}：{row['before'] or NOTHING} → {row['after'] or NOTHING}")
