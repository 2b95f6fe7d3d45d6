"""Reading a finished paper back: its text, and the proof that nothing was lost and nothing left over (C01, C02)."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from duban.adapters.word.oxml import W
from duban.core.errors import InternalError
from duban.core.papers import Figure, PaperContent
from duban.core.wording import plain

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BRACES = re.compile(r"[{}]")
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|(?<![A-Za-z])(?:None|nan|undefined)(?![A-Za-z])")


def lines_of(package: bytes) -> list[str]:
    """Every paragraph of a .docx as a line: body, then headers and footers; a break or tab inside is a space."""
    with zipfile.ZipFile(io.BytesIO(package)) as docx:
        parts = sorted(name for name in docx.namelist() if _TEXT_PARTS.fullmatch(name))
        return [line for name in parts for line in _lines(docx.read(name))]


def _lines(part: bytes) -> Iterable[str]:
    root = etree.fromstring(part)
    for paragraph in root.iter(f"{W}p"):
        yield "".join(_piece(element) for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"))


def _piece(element: etree._Element) -> str:
    return (element.text or "") if element.tag == f"{W}t" else " "


def prove(content: PaperContent, package: bytes) -> None:
    """Raise InternalError unless every figure is printed and no tag, None or nan is left in the text.

    Texts from outside (`content.quoted`) may hold what they like, and values may hold braces: such texts are taken out
    before leftovers are sought.
    """
    text = "\n".join(lines_of(package))
    missing = [figure.key for figure in content.figures if not figure.text or figure.text not in text]
    missing += _unprinted(content.figures, text)
    if missing:
        raise InternalError(f"{content.kind}: figures not printed: {', '.join(missing)}")
    braced = (value for value in _texts(content.fields) if _BRACES.search(value))
    for brought in sorted({plain(value) for value in (*content.quoted, *braced)} - {""}, key=len, reverse=True):
        text = text.replace(brought, "")
    leftover = _LEFTOVER.search(text)
    if leftover:
        raise InternalError(f"{content.kind}: left over in the text: {leftover.group()!r}")


def _unprinted(figures: Iterable[Figure], text: str) -> list[str]:
    """Numbers printed less often than there are figures that show them."""
    wanted = Counter(number for figure in figures for number in _NUMBER.findall(figure.text))
    printed = Counter(_NUMBER.findall(text))
    return [f"{number} × {count}" for number, count in wanted.items() if printed[number] < count]


def _texts(value: object) -> Iterator[str]:
    """Every text in the fields of a paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
