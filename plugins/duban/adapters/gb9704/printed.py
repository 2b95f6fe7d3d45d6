"""Pages as they are printed: lines of text with their boxes, and ink, from a PDF by way of poppler's programs."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.ink import Ink, read_ink
from duban.adapters.gb9704.xml import millimetres
from duban.core.errors import UsageError

DOTS_PER_INCH = 200
SECONDS = 120
SAME_LINE = 4.0
"""Points by which the middles of two words of one line may differ."""

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>')
_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Box:
    """A word or line with its box in millimetres from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    """One page, in millimetres; `lines` from top to bottom, their texts without white space."""

    number: int
    width: float
    height: float
    lines: tuple[Box, ...]


@dataclass(frozen=True)
class RenderedPdf:
    """A PDF taken apart. Pictures of its pages are made when they are asked for."""

    content: bytes
    pages: tuple[Page, ...]
    fonts: tuple[str, ...]
    _inks: dict[int, Ink] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, content: bytes) -> "RenderedPdf":
        """Measure a PDF; raises UsageError, in Chinese, where poppler is missing."""
        with TemporaryDirectory() as directory:
            path = Path(directory) / "paper.pdf"
            path.write_bytes(content)
            boxes = run("pdftotext", "-bbox", str(path), "-").decode("utf-8", "replace")
            fonts = run("pdffonts", str(path)).decode("utf-8", "replace")
        pages = tuple(_page(at, *found) for at, found in enumerate(_PAGE.findall(boxes), start=1))
        listed = [line for line in fonts.splitlines()[2:] if line.strip()]
        return cls(content, pages, tuple(sorted({_FONT.findall(line)[0] for line in listed})))

    def ink(self, number: int) -> Ink:
        """The picture of a page, 200 dots an inch."""
        if number not in self._inks:
            with TemporaryDirectory() as directory:
                path = Path(directory) / "paper.pdf"
                path.write_bytes(self.content)
                only = ("-f", str(number), "-l", str(number), "-r", str(DOTS_PER_INCH))
                self._inks[number] = read_ink(run("pdftoppm", *only, str(path)), DOTS_PER_INCH)
        return self._inks[number]

    @cached_property
    def lines(self) -> tuple[tuple[int, Box], ...]:
        """Every line with its page's number."""
        return tuple((page.number, line) for page in self.pages for line in page.lines)


def run(tool: str, *arguments: str) -> bytes:
    """What a program of poppler's writes; raises UsageError if it is missing or does not like the file."""
    path = shutil.which(tool)
    if path is None:
        raise UsageError(texts.NO_POPPLER.format(tool=tool))
    try:
        done = subprocess.run([path, *arguments], capture_output=True, check=True, timeout=SECONDS)  # noqa: S603  # our own arguments
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UsageError(texts.NOT_RENDERED.format(detail=tool)) from error
    return done.stdout


def _page(number: int, width: str, height: str, content: str) -> Page:
    words = [_word(*found) for found in _WORD.findall(content)]
    return Page(number, millimetres(float(width)), millimetres(float(height)), tuple(_lines(words)))


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Box:
    edges = (millimetres(float(edge)) for edge in (left, top, right, bottom))
    return Box(unescape(text), *edges)


def _lines(words: Sequence[Box]) -> list[Box]:
    """Words whose middles are at one height, from left to right."""
    groups: list[list[Box]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if groups and abs(groups[-1][-1].middle - word.middle) < millimetres(SAME_LINE):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_joined(sorted(group, key=lambda word: word.left)) for group in groups]


def _joined(words: Sequence[Box]) -> Box:
    return Box(
        "".join("".join(word.text.split()) for word in words),
        words[0].left,
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )
