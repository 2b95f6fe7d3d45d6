"""What only the pages show: C10, C12, C16, C17, C36, C40, C43, C48, C49, C51, C60."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from duban.adapters.gb9704 import profiles, texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.pagination import Placed, inside, page_number_of, placed_body
from duban.adapters.gb9704.printed import Box, Page
from duban.adapters.gb9704.probing import (
    Entry,
    Hit,
    Outcome,
    Probe,
    Skip,
    Subject,
    em,
    missing,
    nothing,
    one_decimal,
    page,
    squeezed,
)
from duban.adapters.gb9704.rendering import STAND_INS
from duban.adapters.gb9704.xml import POINTS_PER_MM, millimetres
from duban.core.conformance import Need

FIRST_WORDS = 6
LINES_A_PAGE = 22
CHARACTERS_A_LINE = 28
SIZE_3_MM = 16 / POINTS_PER_MM
EDGE_TOLERANCE = 1.0
EVEN_PITCH = 1.5
LEAST_LINES = 15
"""A page with fewer lines is not full, whatever follows."""


def body_on_first_page(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C10: the first words of the text are on page 1."""
    if not subject.elements.body:
        yield missing(Name.BODY)
        return
    first = squeezed(subject.elements.body[0].text)[:FIRST_WORDS]
    if pages and first not in "".join(line.text for line in pages[0].lines):
        yield Hit("C10.absent", page(1, first))


def page_size(_: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C12: every printed page is A4."""
    for sheet in pages:
        size = sorted((sheet.width, sheet.height))
        if any(abs(is_ - wanted) > 1 for is_, wanted in zip(size, profiles.PAPER, strict=True)):
            yield Hit(
                "C12.printed", page(sheet.number), f"{one_decimal(sheet.width)} mm × {one_decimal(sheet.height)} mm"
            )


def full_pages(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C16: pages of nothing but text, between the first and the last, have 22 lines."""
    body = "".join(squeezed(line.text) for line in subject.elements.body)
    headed = tuple(heading.title for heading in subject.elements.headings)
    seen = False
    for sheet, following in pairwise(pages[1:]):
        lines = inside(sheet)
        even = all(line.text in body for line in lines) and _even(subject, [line.middle for line in lines])
        kept = bool(inside(following)) and inside(following)[0].text.startswith(headed)
        if len(lines) < LEAST_LINES or not even or (headed and kept):
            continue
        seen = True
        if len(lines) != LINES_A_PAGE:
            yield Hit("C16.lines", page(sheet.number), texts.ROWS.format(len(lines)))
    if not seen:
        yield Skip(texts.UNSEEN.format(what=Name.FULL_PAGE))


def _even(subject: Subject, middles: list[float]) -> bool:
    pitch = millimetres(subject.pitch)
    return all(abs(lower - upper - pitch) < EVEN_PITCH for upper, lower in pairwise(middles))


def full_lines(_: Subject, placed: tuple[Placed, ...]) -> Iterator[Outcome]:
    """C17: lines of nothing but Han that are followed by another have 27 or 28 characters and end at the edge."""
    seen = False
    for lines in placed:
        for (number, line), (_number, lower) in pairwise(lines.lines):
            if line.right > profiles.TYPE_RIGHT + EDGE_TOLERANCE + _hanging(line):
                yield Hit("C17.edge", page(number, line.text[:12]), f"{one_decimal(line.right)} mm")
            if any(em(char) < 1 for char in line.text) or not words.HAN_WORD.match(lower.text):
                continue  # what follows could not be divided
            seen = True
            count = len(line.text) + round((line.left - profiles.TYPE_LEFT) / SIZE_3_MM)
            if not CHARACTERS_A_LINE - 1 <= count <= CHARACTERS_A_LINE + 1:
                yield Hit("C17.characters", page(number, line.text[:12]), texts.CHARACTERS.format(count))
    if not seen:
        yield Skip(texts.UNSEEN.format(what=Name.FULL_LINE))


def _hanging(line: Box) -> float:
    """A mark at the end of a line may hang over the edge."""
    return SIZE_3_MM if line.text[-1:] in words.NOT_AT_START else 0.0


def signature_with_text(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C36: the page of the date has text above it."""
    date = subject.elements.date
    if date is None:
        yield missing(Name.DATE)
        return
    wanted, name = squeezed(date.text), subject.elements.signature
    above = {wanted, squeezed(name.text) if name else wanted}
    for sheet in pages:
        lines = [line.text for line in inside(sheet)]
        if wanted in lines:
            if not [line for line in lines[: lines.index(wanted)] if line not in above]:
                yield Hit("C36.alone", page(sheet.number, wanted))
            return
    yield Skip(texts.UNSEEN.format(what=Name.DATE))


def even_page(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C40: printed on both sides, the 版记 is on an even page."""
    if not subject.facts.two_sided:
        yield Skip(texts.NOT_DECLARED.format(what=Name.TWO_SIDED))
    elif subject.elements.colophon is None:
        yield missing(Name.COLOPHON)
    elif len(pages) % 2:
        yield Hit("C40.odd", page(len(pages)), texts.NTH_PAGE.format(len(pages)))


def numbering(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C43: every page has its own number, but for page 1 of a letter, blank pages and the 版记 page after one."""
    blank = {sheet.number for sheet in pages if not inside(sheet)}
    for sheet in pages:
        found = page_number_of(sheet)
        unnumbered = sheet.number in blank or (sheet.number == len(pages) and sheet.number - 1 in blank)
        if subject.elements.form is Form.LETTER and sheet.number == 1:
            if found is not None:
                yield Hit("C43.letter", page(1), str(found))
        elif found is None and not unnumbered:
            yield Hit("C43.absent", page(sheet.number))
        elif found is not None and found != sheet.number:
            yield Hit("C43.wrong", page(sheet.number), str(found), str(sheet.number))


def line_ends(_: Subject, placed: tuple[Placed, ...]) -> Iterator[Outcome]:
    """C48: no line begins with a closing mark or ends with an opening one; no number is torn, no mark lost."""
    for lines in placed:
        for number, line in lines.lost:
            yield Hit("C48.lost", page(number, line.text[-6:]))
        for (number, upper), (_number, lower) in pairwise(lines.lines):
            if lower.text[0] in words.NOT_AT_START:
                yield Hit("C48.start", page(number, lower.text[:6]), lower.text[0])
            if upper.text[-1] in words.NOT_AT_END:
                yield Hit("C48.end", page(number, upper.text[-6:]), upper.text[-1])
            if upper.text[-1].isdecimal() and lower.text[0].isdecimal():
                yield Hit("C48.torn", page(number, upper.text[-6:]), f"{upper.text[-3:]}／{lower.text[:3]}")


def right_edge(subject: Subject, pages: tuple[Page, ...]) -> Iterator[Outcome]:
    """C49: nothing on an upright page lies right of the type area."""
    if not subject.document.tables:
        yield nothing(Name.TABLES)
        return
    for sheet in pages:
        for line in inside(sheet):
            if sheet.width < sheet.height and line.right > profiles.TYPE_RIGHT + 2 * EDGE_TOLERANCE + _hanging(line):
                yield Hit("C49.outside", page(sheet.number, line.text[:12]), f"{one_decimal(line.right)} mm")


def printed_fonts(subject: Subject) -> Iterator[Outcome]:
    """C51: nothing was set in a font that merely happened to be there."""
    for name in subject.printed.fonts if subject.printed else ():
        plain = name.replace("_", "").replace("-", "")
        known = any(
            official.replace("_", "").replace("-", "").replace(" ", "") in plain for official in words.KNOWN_FONTS
        )
        if not known and not plain.startswith(STAND_INS):
            yield Hit("C51.fallback", page(1), name)


def loose_ends(subject: Subject, placed: tuple[Placed, ...]) -> Iterator[Outcome]:
    """C60: no paragraph ends with a line of one character, no heading stands last on its page."""
    headed = {heading.paragraph.number for heading in subject.elements.headings if heading.level <= 2}
    pages = subject.printed.pages if subject.printed else ()
    last = {sheet.number: inside(sheet)[-1] for sheet in pages if inside(sheet)}
    for lines in placed:
        if len(lines.lines) > 1 and len(lines.lines[-1][1].text.rstrip("。；：")) <= 1:
            yield Hit("C60.single", page(lines.page, lines.lines[-2][1].text[-6:]), lines.lines[-1][1].text)
        lowest = last.get(lines.page) is lines.lines[-1][1]
        if lines.paragraph.number in headed and lowest and lines is not placed[-1] and lines.short:
            yield Hit("C60.heading", page(lines.page, lines.paragraph.text[:12]))


def _on_pages(probe: Callable[[Subject, tuple[Page, ...]], Iterator[Outcome]]) -> Probe:
    """A probe of pages as a probe of the paper."""

    def asked(subject: Subject) -> Iterator[Outcome]:
        yield from probe(subject, subject.printed.pages if subject.printed else ())

    return asked


def _on_lines(probe: Callable[[Subject, tuple[Placed, ...]], Iterator[Outcome]]) -> Probe:
    """A probe of the text's lines as a probe of the paper."""

    def asked(subject: Subject) -> Iterator[Outcome]:
        placed = placed_body(subject)
        if placed:
            yield from probe(subject, placed)
        else:
            yield Skip(texts.UNSEEN.format(what=Name.BODY))

    return asked


ENTRIES: tuple[Entry, ...] = (
    ("C10", Need.PDF, _on_pages(body_on_first_page)),
    ("C12", Need.PDF, _on_pages(page_size)),
    ("C16", Need.PDF, _on_pages(full_pages)),
    ("C17", Need.PDF, _on_lines(full_lines)),
    ("C36", Need.PDF, _on_pages(signature_with_text)),
    ("C40", Need.PDF, _on_pages(even_page)),
    ("C43", Need.PDF, _on_pages(numbering)),
    ("C48", Need.PDF, _on_lines(line_ends)),
    ("C49", Need.PDF, _on_pages(right_edge)),
    ("C51", Need.PDF, printed_fonts),
    ("C60", Need.PDF, _on_lines(loose_ends)),
)
