"""附件说明 and annexes: C32, C33."""

from collections.abc import Iterator

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph
from duban.adapters.gb9704.elements import Elements
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import (
    NOWHERE,
    Entry,
    Hit,
    Outcome,
    Subject,
    leading,
    lines_between,
    nothing,
    one_decimal,
    squeezed,
)
from duban.core.conformance import Need

PLACE_TOLERANCE = 0.3
SIZE_3 = 16.0
BLANK_LINES_TOLERANCE = 0.3
LINE_CHARACTERS = 22
"""A 附件说明 longer than this goes on to a second line."""


def attachments(subject: Subject) -> Iterator[Outcome]:
    """C32: one blank line under the text, two characters in, numbered only if several, no mark at the end."""
    lines = subject.elements.attachments
    if not lines:
        yield nothing(Name.ATTACHMENTS)
        return
    if subject.elements.body:
        gap = lines_between(subject, subject.elements.body[-1], lines[0])
        if gap is not None and abs(gap - 1) > BLANK_LINES_TOLERANCE:
            yield Hit("C32.lines", lines[0].where, texts.BLANK_LINES.format(one_decimal(gap)))
    first = (lines[0].shape.left + lines[0].shape.first + leading(lines[0])) / lines[0].look.size
    if abs(first - 2) > PLACE_TOLERANCE:
        yield Hit("C32.indent", lines[0].where, texts.INDENTED.format(first))
    yield from _attachment_names(lines)


def _attachment_names(lines: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    numbered = [found for line in lines if (found := words.ATTACHMENT_NUMBER.match(line.text))]
    if len(lines) == 1 and numbered:
        yield Hit("C32.single", lines[0].where, lines[0].text[:12])
    if len(lines) > 1 and [found["ordinal"] for found in numbered] != [str(at + 1) for at in range(len(lines))]:
        yield Hit(
            "C32.numbered", lines[0].where, texts.LIST.join(found["ordinal"] for found in numbered) or texts.NO_ORDINAL
        )
    if any(found["dot"] != "." for found in numbered):
        yield Hit("C32.dot", lines[0].where, texts.LIST.join(sorted({found["dot"] for found in numbered})))
    for line in lines:
        if line.text[-1] in words.LAST_PUNCTUATION:
            yield Hit("C32.punctuation", line.where, line.text[-1])
    hanging = [line for line in lines if len(line.text) > LINE_CHARACTERS and line.shape.first >= 0]
    for line in hanging:
        yield Hit("C32.hanging", line.where)


def annexes(subject: Subject) -> Iterator[Outcome]:
    """C33: label in 黑体, flush, first on a new page; title centred on the third line and as announced; before 版记."""
    elements = subject.elements
    announced = _announced(elements)
    if not elements.annexes:
        yield Hit("C33.absent", NOWHERE, texts.LIST.join(announced.values())) if announced else nothing(Name.ANNEX)
        return
    for annex in elements.annexes:
        label = annex.label
        if not label.starts_page:
            yield Hit("C33.page", label.where)
        if label.look.east not in words.HEITI:
            yield Hit("C33.font", label.where, label.look.east or texts.UNNAMED)
        if abs(label.shape.left + label.shape.first + leading(label)) > PLACE_TOLERANCE * SIZE_3:
            yield Hit("C33.flush", label.where)
        if annex.title and annex.blanks != 1:
            yield Hit("C33.third", annex.title[0].where, texts.NTH_LINE.format(annex.blanks + 2))
        if annex.title and annex.title[0].shape.align != "center":
            yield Hit("C33.centre", annex.title[0].where)
        yield from _as_announced(announced, squeezed(label.text), annex.title)
        if elements.colophon and label.number > elements.colophon.paragraphs[0].number:
            yield Hit("C33.order", label.where)


def _announced(elements: Elements) -> dict[str, str]:
    """The names in the 附件说明 by number; the single one has none."""
    found = {}
    for line in elements.attachments:
        numbered = words.ATTACHMENT_NUMBER.match(line.text)
        alone = words.ATTACHMENT_ONE.match(line.text)
        if numbered:
            found[numbered["ordinal"]] = squeezed(numbered["name"])
        elif alone:
            found[""] = squeezed(alone["name"])
    return found


def _as_announced(announced: dict[str, str], label: str, title: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    found = words.ANNEX.fullmatch(label)
    if not announced or not found or not title:
        return
    name, written = announced.get(found["ordinal"]), squeezed("".join(line.text for line in title))
    if name is None:
        yield Hit("C33.number", title[0].where, label, texts.LIST.join(map(texts.ANNEX_NUMBER.format, announced)))
    elif name not in {written, squeezed(title[0].text)}:
        yield Hit("C33.title", title[0].where, written, name)


ENTRIES: tuple[Entry, ...] = (
    ("C32", Need.XML, attachments),
    ("C33", Need.XML, annexes),
)
