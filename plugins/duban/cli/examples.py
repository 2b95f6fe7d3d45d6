"""duban examples build: the papers that the README shows beside ours."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from duban.cli.output import told_to_users

SOURCE = Path("docs/source/zjgb-2018-92.txt")
TARGET = Path("examples/zjgb-2018-92.docx")
DOTS_PER_INCH = 88


def build_examples() -> None:
    """把方案原文排成公文，写到 examples/；装有 LibreOffice 时再画出首页。"""
    from duban.adapters.settings import Settings
    from duban.adapters.word.issued import typeset
    from duban.core.issued_text import read_issued_text

    root = Settings().root
    with told_to_users():
        document = typeset(read_issued_text((root / SOURCE).read_text(encoding="utf-8")))
        target = root / TARGET
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(document)
        typer.echo(f"已生成：{target}")
        if shutil.which("soffice") and shutil.which("pdftoppm"):
            picture = target.with_suffix(".png")
            picture.write_bytes(_first_page(document))
            typer.echo(f"已生成：{picture}")


def _first_page(document: bytes) -> bytes:
    """The first page of a .docx as a .png."""
    from duban.adapters.gb9704 import render_pdf

    with TemporaryDirectory() as folder:
        printed = Path(folder) / "page.pdf"
        printed.write_bytes(render_pdf(document).content)
        command = ("pdftoppm", "-f", "1", "-singlefile", "-r", str(DOTS_PER_INCH), "-png", str(printed))
        subprocess.run([*command, str(printed.with_suffix(""))], check=True)  # noqa: S603  # our own arguments
        return printed.with_suffix(".png").read_bytes()
