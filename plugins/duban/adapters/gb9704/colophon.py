"""The 版记: the last cluster of lines that only a 版记 has, and the rules around them."""

from collections.abc import Sequence

from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Document, Paragraph, Place
from duban.adapters.gb9704.elements import Colophon

CLUSTER_GAP = 2
"""Lines of text between two that are known: a list of names that goes on."""


def find_colophon(document: Document, lines: Sequence[Paragraph]) -> Colophon | None:
    """The last cluster of lines that only a 版记 has."""
    hits = [at for at, line in enumerate(lines) if words.COLOPHON_STRONG.fullmatch(line.text)]
    soft = [at for at, line in enumerate(lines) if words.COLOPHON_WEAK.fullmatch(line.text)]
    end = max(hits, default=-1)
    if not hits and soft and soft[-1] == len(lines) - 1:
        end = soft[-1]
    if end < 0:
        return None
    start = end
    for at in sorted({*hits, *soft}, reverse=True):
        if at < start and start - at <= CLUSTER_GAP and lines[at].place == lines[end].place:
            start = at
    last = end
    while last + 1 < len(lines) and (last + 1 in soft or _belongs(lines[last], lines[last + 1])):
        last += 1
    return _colophon_of(document, lines[start], lines[last])


def _belongs(line: Paragraph, following: Paragraph) -> bool:
    """The line under a known one: in the same frame, or a name with a date whose 印发 was forgotten."""
    framed = line.place is Place.FRAME and following.place is Place.FRAME
    return framed or words.EDITOR_LINE.fullmatch(following.text) is not None


def _colophon_of(document: Document, first: Paragraph, last: Paragraph) -> Colophon:
    if first.table is not None and first.table == last.table:
        table = document.tables[first.table]
        within = [line for line in document.paragraphs if line.table == first.table]
        return Colophon(tuple(line for line in within if line.text), table.lines)
    around = [line for line in document.paragraphs if first.number - 2 <= line.number <= last.number + 2]
    ruled = [line for line in around if not line.text or first.number <= line.number <= last.number]
    texts = tuple(line for line in around if line.text and first.number <= line.number <= last.number)
    return Colophon(texts, tuple(drawn for line in ruled for drawn in line.lines))
