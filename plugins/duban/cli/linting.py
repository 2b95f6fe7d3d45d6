"""The command that holds a paper, ours or anybody's, against GB/T 9704-2012."""

from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, print_json, told_to_users
from duban.cli.reading import content_of


def lint(
    file: Annotated[Path, typer.Argument(help="要检查的 .docx")],
    profile: Annotated[str | None, typer.Option(help="页面方案 A 或 B，缺省取较近的一种")] = None,
    fonts: Annotated[Path | None, typer.Option(help="排版用的字体文件夹，与 --pdf 同用")] = None,
    *,
    pdf: Annotated[bool, typer.Option("--pdf", help="用 LibreOffice 排版后再量版面")] = False,
    as_json: AsJson = False,
) -> None:
    """按 GB/T 9704-2012 检查一份公文。违反“规定”的退出码为 1，其余只提醒。"""
    from duban.adapters.gb9704 import lint as look
    from duban.adapters.gb9704 import render_pdf

    with told_to_users():
        content = content_of(file)
        report = look(content, profile=profile, rendered=render_pdf(content, fonts=fonts) if pdf else None)
        if as_json:
            print_json(report.as_json())
        else:
            from duban.cli.pages_lint import show_report

            show_report(file.name, report)
    if not report.conforms:
        raise typer.Exit(FINDINGS)
