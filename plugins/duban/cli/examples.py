"""duban examples: the order itself typeset, and pictures of papers, as the README shows them."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from duban.cli.output import told_to_users, write_file
from duban.cli.reading import content_of

SOURCE = Path("docs/source/zjgb-2018-92.txt")
TARGET = Path("examples/zjgb-2018-92.docx")
DOTS_PER_INCH = 88


Fonts = Annotated[Path | None, typer.Option(help="排版用的字体文件夹")]


def build_examples(fonts: Fonts = None) -> None:
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
            picture.write_bytes(_page(document, 1, fonts))
            typer.echo(f"已生成：{picture}")


def picture(
    file: Annotated[Path, typer.Argument(help="公文 .docx")],
    target: Annotated[Path, typer.Argument(help="图片 .png")],
    page: Annotated[int, typer.Option(min=1, help="第几页")] = 1,
    fonts: Fonts = None,
) -> None:
    """把一份公文的一页画成图片，需要 LibreOffice 和 poppler。"""
    with told_to_users():
        write_file(target, _page(content_of(file), page, fonts), ".png")
        typer.echo(f"已生成：{target}")


def _page(document: bytes, number: int, fonts: Path | None) -> bytes:
    """A page of a .docx as a .png."""
    from duban.adapters.gb9704 import render_pdf

    with TemporaryDirectory() as folder:
        printed = Path(folder) / "page.pdf"
        printed.write_bytes(render_pdf(document, fonts=fonts).content)
        command = ("pdftoppm", "-f", str(number), "-singlefile", "-r", str(DOTS_PER_INCH), "-png", str(printed))
        subprocess.run([*command, str(printed.with_suffix(""))], check=True)  # noqa: S603  # our own arguments
        return printed.with_suffix(".png").read_bytes()
