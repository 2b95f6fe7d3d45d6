"""Which paragraph became which printed lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph
from duban.adapters.gb9704.printed import Box, Page
from duban.adapters.gb9704.probing import Subject, squeezed
from duban.adapters.gb9704.profiles import TYPE_BOTTOM

BELOW = TYPE_BOTTOM + 1.5
"""Millimetres from the top of the page from which a line is outside the type area."""

SHORT_HEADING = 2

_Line = tuple[int, Box]


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with its lines, each with its page; `lost` are lines whose last mark was not printed."""

    paragraph: Paragraph
    lines: tuple[tuple[int, Box], ...]
    lost: tuple[tuple[int, Box], ...] = ()

    @property
    def page(self) -> int:
        return self.lines[-1][0]

    @property
    def short(self) -> bool:
        return len(self.lines) <= SHORT_HEADING


def inside(page: Page) -> list[Box]:
    """The lines within the type area."""
    return [line for line in page.lines if line.middle < BELOW]


def page_number_of(page: Page) -> int | None:
    """The number printed under the type area."""
    for line in page.lines:
        found = words.PAGE_NUMBER.fullmatch(line.text)
        if found and line.middle >= BELOW:
            return int(found["page"])
    return None


def page_number_line(page: Page) -> Box | None:
    return next((line for line in page.lines if line.middle >= BELOW and words.PAGE_NUMBER.fullmatch(line.text)), None)


def placed_body(subject: Subject) -> tuple[Placed, ...]:
    """The paragraphs of the text that are found again, line by line, in the order of the text."""
    if subject.printed is None:
        return ()
    lines = [(page.number, line) for page in subject.printed.pages for line in inside(page)]
    found, start = [], 0
    for paragraph in subject.elements.body:
        at = _begin(lines, start, squeezed(paragraph.text))
        if at is not None:
            taken, lost = _taken(lines[at:], squeezed(paragraph.text))
            if taken:
                found.append(Placed(paragraph, tuple(taken), tuple(lost)))
                start = at + len(taken)
    return tuple(found)


def _begin(lines: Sequence[tuple[int, Box]], start: int, text: str) -> int | None:
    """The first line from `start` on that the text begins with."""
    known = ((at, lines[at][1].text) for at in range(start, len(lines)))
    return next((at for at, line in known if line and text.startswith(line)), None)


def _taken(lines: Sequence[_Line], text: str) -> tuple[list[_Line], list[_Line]]:
    """The lines that together are the text, and those after which a mark is missing; none if they are not.

    LibreOffice 7.4 does not print a mark that hangs over the edge of condensed type.
    """
    taken: list[_Line] = []
    lost: list[_Line] = []
    for line in lines:
        if not text:
            break
        if taken and text[0] in words.NOT_AT_START and not text.startswith(line[1].text):
            lost.append(taken[-1])
            text = text[1:]
        if not text.startswith(line[1].text):
            return [], []
        taken.append(line)
        text = text[len(line[1].text) :]
    return taken, lost
