"""The head of a paper: everything above the title, and the red rule under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Document, Paragraph
from duban.adapters.gb9704.drawn import Line
from duban.adapters.gb9704.elements import RedRule
from duban.adapters.gb9704.looks import is_red

HEAD_LINES = 40
"""Lines of text among which a head is looked for."""

MARK_SIZE, RED_MARK_SIZE = 26.0, 20.0
NEAR = 8
"""Paragraphs between elements of one head."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the title; `lines` are the lines up to its last element."""

    lines: tuple[Paragraph, ...] = ()
    mark: tuple[Paragraph, ...] = ()
    number: Paragraph | None = None
    issue: Paragraph | None = None
    editor: Paragraph | None = None
    signer: Paragraph | None = None

    @property
    def end(self) -> int:
        known = (*self.mark, self.number, self.issue, self.editor, self.signer)
        return max((line.number for line in known if line), default=0)


def find_head(lines: Sequence[Paragraph]) -> Head:
    top = list(lines[:HEAD_LINES])
    number = next((line for line in top if _is_number(line)), None)
    issue = next((line for line in top if words.ISSUE_LINE.fullmatch(line.text)), None)
    anchor = number or issue
    mark = _mark(before(top, anchor) if anchor else top[:6], numbered=anchor is not None)
    if not mark and anchor is None:
        return Head()
    near = [line for line in top if _near(line, anchor or mark[-1])]
    editor = next((line for line in near if words.EDITOR_LINE.fullmatch(line.text)), None) if mark else None
    signer = next((line for line in near if words.SIGNER.search(line.text)), None)
    head = Head((), mark, number, issue, editor, signer)
    return replace(head, lines=tuple(line for line in top if line.number <= head.end))


def _near(line: Paragraph, anchor: Paragraph) -> bool:
    return abs(line.number - anchor.number) <= NEAR


def _is_number(line: Paragraph) -> bool:
    found = words.NUMBER_LINE.match(line.text)
    if not found:
        return False
    rest = line.text[found.end() :].strip()
    return not rest or words.SIGNER.match(rest) is not None


def _mark(lines: Sequence[Paragraph], *, numbered: bool) -> tuple[Paragraph, ...]:
    big = [line for line in lines if line.look.size >= (MARK_SIZE if numbered else RED_MARK_SIZE) and _not_title(line)]
    red = [line for line in lines if is_red(line.look.colour) and line.look.size >= RED_MARK_SIZE]
    named = [line for line in big if line.text.endswith(words.DOCUMENT_WORD)]
    return tuple(red or (big if numbered else named))


def _not_title(line: Paragraph) -> bool:
    return words.ABOUT not in line.text


def find_rule(document: Document, head: Head, lines: Sequence[Paragraph]) -> RedRule | None:
    """The first rule from the last line of the head on, above the next line of text; or any red one in the head."""
    if not head.end:
        return None
    following = next((line.number for line in lines if line.number > head.end), len(document.paragraphs) + 1)
    start = head.mark[0].number if head.mark else head.end
    near = [line for line in document.paragraphs if start <= line.number < following]
    for paragraph in reversed(near):
        for drawn in _rules_of(document, paragraph):
            if drawn.red or paragraph.number >= head.end:
                return RedRule(drawn, paragraph)
    return None


def _rules_of(document: Document, paragraph: Paragraph) -> list[Line]:
    drawn = [line for line in paragraph.lines if line.side in {"top", "bottom", "middle"}]
    if paragraph.table is not None:
        drawn += [line for line in document.tables[paragraph.table].lines if line.side in {"bottom", "top"} or line.red]
    return drawn


def before(lines: Sequence[Paragraph], limit: Paragraph | None) -> list[Paragraph]:
    return [line for line in lines if limit is None or line.number < limit.number]


def after(lines: Sequence[Paragraph], number: int) -> list[Paragraph]:
    return [line for line in lines if line.number > number]
