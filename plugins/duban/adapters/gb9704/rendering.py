"""From .docx to PDF by LibreOffice, with a profile of its own and free fonts in the place of the official ones."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.printed import RenderedPdf
from duban.core.errors import UsageError

SECONDS = 180
FREE_FONTS = (
    (words.FANGSONG, ("FandolFang R", "FandolFang", "AR PL UMing CN", "Noto Serif CJK SC")),
    (words.KAITI, ("FandolKai", "AR PL UKai CN", "AR PL KaitiM GB", "Noto Serif CJK SC")),
    (words.HEITI, ("FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei")),
    (words.SONGTI, ("FandolSong", "Noto Serif CJK SC")),
    (words.XIAOBIAOSONG, ("FandolSong", "Noto Serif CJK SC")),
    (words.LATIN, ("Liberation Serif", "FandolSong", "Noto Serif CJK SC")),
)
"""Official names, and what stands in for them where they are not installed, best first (gb9704.md §5)."""

STAND_INS = ("Fandol", "ARPL", "NotoSerifCJK", "NotoSansCJK", "WenQuanYi", "LiberationSerif", "UMing", "UKai")
"""How the names of these fonts begin in a PDF."""

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{directories}
<cachedir>{cache}</cachedir>
<selectfont>{rejected}</selectfont>
{aliases}
</fontconfig>
"""
_SAME_WEIGHT = ("*FandolHei-Bold*", "*FandolSong-Bold*")
"""These call themselves regular and would be taken for it."""


def render_pdf(content: bytes, *, fonts: Path | None = None) -> RenderedPdf:
    """The pages of a .docx as LibreOffice prints them; `fonts` is a folder of further fonts.

    Raises UsageError, in Chinese, where LibreOffice or poppler is missing or does not like the file.
    """
    return render_pdfs([content], fonts=fonts)[0]


def render_pdfs(contents: Sequence[bytes], *, fonts: Path | None = None) -> list[RenderedPdf]:
    """Several files in one go, which costs little more than one."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise UsageError(texts.NO_OFFICE)
    with TemporaryDirectory(prefix="duban-lint-") as directory:
        work = Path(directory)
        names = [work / f"{at:04}.docx" for at in range(len(contents))]
        for name, content in zip(names, contents, strict=True):
            name.write_bytes(content)
        _convert(office, work, names, fonts)
        return [_read(name.with_suffix(".pdf")) for name in names]


def _read(path: Path) -> RenderedPdf:
    if not path.exists():
        raise UsageError(texts.NOT_RENDERED.format(detail=path.name))
    return RenderedPdf.read(path.read_bytes())


def _convert(office: str, work: Path, names: Sequence[Path], fonts: Path | None) -> None:
    configuration = work / "fonts.conf"
    configuration.write_text(font_configuration(work, fonts), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration), "HOME": str(work), "SAL_USE_VCLPLUGIN": "svp"}
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(work)]
    try:
        subprocess.run(  # noqa: S603  # our own arguments
            [*command, *map(str, names)], env=environment, capture_output=True, check=True, timeout=SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UsageError(texts.NOT_RENDERED.format(detail=type(error).__name__)) from error


def font_configuration(cache: Path, fonts: Path | None) -> str:
    """A fontconfig file: the system's fonts, those of `fonts`, and a stand-in for each official name."""
    aliases = (_alias(name, free) for official, free in FREE_FONTS for name in sorted(official))
    rejected = "".join(f"<rejectfont><glob>{glob}</glob></rejectfont>" for glob in _SAME_WEIGHT)
    return _CONFIGURATION.format(
        directories=f"<dir>{escape(str(fonts.resolve()))}</dir>" if fonts else "",
        cache=escape(str(cache / "fontcache")),
        rejected=rejected,
        aliases="\n".join(aliases),
    )


def _alias(name: str, free: Iterable[str]) -> str:
    accepted = "".join(f"<family>{family}</family>" for family in free)
    return f'<alias binding="same"><family>{escape(name)}</family><accept>{accepted}</accept></alias>'
