"""What a base document says once it is filled in, piece by piece: taken from the filling, before there is a file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from lxml import etree

from duban.adapters.word.marks import Marks, Origin, Piece, Printed, pieces_of, unmarked
from duban.adapters.word.oxml import W

BREAKS = (f"{W}tab", f"{W}br")
_PAGE_FIELD = re.compile(r"\b(PAGE|NUMPAGES)\b")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]+)</w:t>")
_OPEN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)$")
KNOWN_CHUNKS = 20_000
"""Stretches of base documents that are remembered: some hundreds a document."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a paper is to say, piece by piece in the order of the document."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def transcribe(roots: Iterable[etree._Element], marks: Marks) -> Transcript:
    """What the text parts of a document that was just filled in say, in order; its marks are taken out of them."""
    pieces: list[Piece] = []
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            for element in printed(paragraph):
                if element.tag in BREAKS or not element.text:
                    continue
                pieces += marks.pieces(element.text)
                element.text = unmarked(element.text) or None  # as a parser gives an empty one
    return Transcript(tuple(pieces))


def printed(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts, tabs and breaks of a paragraph, without what a page field shows."""
    fields: list[str] = []
    for element in paragraph.iter(f"{W}t", *BREAKS, f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            if fields:
                fields[-1] += element.text or ""
        elif element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and fields:
                fields.pop()
        elif not any(_PAGE_FIELD.search(field) for field in fields):
            yield element


def pieces_in(chunks: Iterable[str]) -> Iterator[Piece]:
    """The same from the chunks that Jinja gives one after another, of a text part without fields.

    A chunk is a value (`Printed`) or a stretch of the base document, which may begin and end in the midst of a text.
    """
    begun = ""
    for chunk in chunks:
        if isinstance(chunk, Printed):
            if begun:
                yield Piece(Origin.WORDING, begun)
                begun = ""
            yield from pieces_of(chunk.value)
            continue
        head, whole, tail = _wording(chunk)
        begun += head
        if whole is None:
            continue
        if begun:
            yield Piece(Origin.WORDING, begun)
        yield from whole
        begun = tail


@lru_cache(maxsize=KNOWN_CHUNKS)
def _wording(chunk: str) -> tuple[str, tuple[Piece, ...] | None, str]:
    """The texts of a stretch of XML: what ends one that began before, whole ones, what begins one.

    Without any element it all goes on with the text that it stands in, and there are no whole ones.
    """
    head, element, rest = chunk.partition("<")
    if not element:
        return unescape(head), None, ""
    begun = _OPEN_TEXT.search(rest)
    tail = unescape(begun[1]) if begun else ""
    whole = (Piece(Origin.WORDING, unescape(text)) for text in _TEXT.findall(element + rest))
    return unescape(head), tuple(whole), tail
