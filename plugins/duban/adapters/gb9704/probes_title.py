"""Title and text type: C04, C18–C22, C29."""

from collections.abc import Iterator
from itertools import pairwise

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph, Run
from duban.adapters.gb9704.elements import Form, Heading
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Subject, em, leading, missing, not_for, width_of
from duban.core.conformance import Need

SIZE_3, SIZE_2 = 16.0, 22.0
SIZE_TOLERANCE = 0.1
INDENT = 2.0
INDENT_TOLERANCE = 0.1
TITLE_CHARACTERS = 20.1
"""Characters of 22 pt that 156 mm hold."""

_LEVEL_FONTS = (words.HEITI, words.KAITI, words.FANGSONG, words.FANGSONG)
_AMBIGUOUS = set("“”‘’—…·")


def genre(subject: Subject) -> Iterator[Outcome]:
    """C04: the title of a 公文 ends with its genre."""
    elements, wanted = subject.elements, subject.facts.genre
    if elements.form not in {Form.GENERAL, Form.LETTER} and wanted is None:
        yield not_for(elements.form)
    elif not elements.title:
        yield Hit("C04.missing", NOWHERE)
    elif not elements.title_text.endswith(wanted or words.GENRES):
        yield Hit("C04.genre", elements.title[0].where, elements.title_text[-6:], wanted or "")


def title(subject: Subject) -> Iterator[Outcome]:
    """C19: 2号小标宋, centred, not bold."""
    if not subject.elements.title:
        yield missing(Name.TITLE)
    for line in subject.elements.title:
        look = line.look
        if line.shape.align != "center":
            yield Hit("C19.centre", line.where, line.shape.align)
        if look.east not in words.XIAOBIAOSONG:
            yield Hit("C19.font", line.where, look.east or texts.UNNAMED)
        if abs(look.size - SIZE_2) > SIZE_TOLERANCE:
            yield Hit("C19.size", line.where, texts.POINTS.format(f"{look.size:g}"))
        if look.bold:
            yield Hit("C19.bold", line.where)


def title_lines(subject: Subject) -> Iterator[Outcome]:
    """C29: lines of at most the type width, none of one character, tapering to one side or both, broken by sense."""
    paragraphs = subject.elements.title
    if not paragraphs:
        yield missing(Name.TITLE)
        return
    lines = [part.strip() for line in paragraphs for part in line.text.split("\n")]
    lengths = [sum(map(em, line)) for line in lines]
    where = paragraphs[0].where
    if max(lengths) * SIZE_2 > TITLE_CHARACTERS * SIZE_2 and any(width_of(line) > 0 for line in paragraphs):
        yield Hit("C29.long", where, texts.CHARACTERS.format(max(lengths)))
    if len(lines) > 1 and min(lengths) <= 1:
        yield Hit("C29.single", where, min(lines, key=len))
    if len(lines) > 2 and not _tapers(lengths):
        yield Hit("C29.shape", where, texts.LIST.join(f"{length:g}" for length in lengths))
    for upper, lower in pairwise(lines):
        if _torn(upper, lower):
            yield Hit("C29.torn", where, f"{upper[-4:]}／{lower[:4]}")


def _tapers(lengths: list[float]) -> bool:
    """梯形 or 菱形: the lines grow, shrink, or grow and then shrink; an hourglass does not."""
    widest = lengths.index(max(lengths))
    rising, falling = lengths[: widest + 1], lengths[widest:]
    return rising == sorted(rising) and falling == sorted(falling, reverse=True)


def _torn(upper: str, lower: str) -> bool:
    """Broken inside 《》, inside a number or before 的."""
    inside = any(upper.count(left) > upper.count(right) for left, right in words.BRACKETS.items() if left != "（")
    digits = upper[-1:].isdigit() and (lower[:1].isdigit() or lower[:1] in words.UNITS)
    return inside or digits or lower.startswith(words.PARTICLE)


def body_type(subject: Subject) -> Iterator[Outcome]:
    """C18: 3号仿宋, plain; no theme font, quotation marks in the Chinese font."""
    if not subject.elements.body:
        yield missing(Name.BODY)
    headed = {heading.paragraph.number: heading for heading in subject.elements.headings}
    for line in subject.elements.body:
        runs = _past(line, headed[line.number]) if line.number in headed else line.runs
        for run in runs:
            if run.text.strip():
                yield from _body_run(line, run)


def _past(line: Paragraph, heading: Heading) -> list[Run]:
    """The runs of a paragraph that are not part of the heading it begins with; 3rd and 4th level are body type."""
    if heading.level > 2:
        return list(line.runs)
    left = len(heading.title) - len(line.label)
    found = []
    for run in line.runs:
        if left <= 0:
            found.append(run)
        left -= len(run.text)
    return found


def _body_run(line: Paragraph, run: Run) -> Iterator[Outcome]:
    look = run.look
    chinese = words.HAN_TEXT.search(run.text) is not None
    if chinese and look.east not in words.FANGSONG:
        yield Hit("C18.font", line.where, look.east or texts.UNNAMED)
    if abs(look.size - SIZE_3) > SIZE_TOLERANCE:
        yield Hit("C18.size", line.where, texts.POINTS.format(f"{look.size:g}"))
    if look.bold or look.italic or look.underline:
        yield Hit("C18.emphasis", line.where, run.text.strip()[:12])
    if look.theme:
        yield Hit("C18.theme", line.where, look.east or texts.THEME_FONT)
    if look.hint != "eastAsia" and look.latin not in words.KNOWN_FONTS - words.LATIN and _AMBIGUOUS & set(run.text):
        yield Hit("C18.quotes", line.where, look.latin or texts.UNNAMED)


def headings(subject: Subject) -> Iterator[Outcome]:
    """C20: 黑体, 楷体, 仿宋, 仿宋 of size 3, not bold."""
    if not subject.elements.headings:
        yield missing(Name.HEADINGS)
    for heading in subject.elements.headings:
        look, name = heading.paragraph.look, texts.LEVEL_FONTS[heading.level - 1]
        if heading.level <= 2 and not _is_list_item(heading) and look.east not in _LEVEL_FONTS[heading.level - 1]:
            yield Hit("C20.font", heading.paragraph.where, look.east or texts.UNNAMED, texts.SIZE_3_FONT.format(name))
        if abs(look.size - SIZE_3) > SIZE_TOLERANCE:
            yield Hit(
                "C20.size",
                heading.paragraph.where,
                texts.POINTS.format(f"{look.size:g}"),
                texts.SIZE_3_FONT.format(name),
            )
        if look.bold:
            yield Hit("C20.bold", heading.paragraph.where, heading.written)


def _is_list_item(heading: Heading) -> bool:
    """A numbered sentence of the text, not a heading: it ends within with ； or goes on too long."""
    return heading.level == 2 and (heading.title[-1:] in "；，" or len(heading.title) > words.LONGEST_HEADING)


def ordinals(subject: Subject) -> Iterator[Outcome]:
    """C21: levels written as the standard writes them, in order, none left out that the paper uses elsewhere."""
    found = subject.elements.headings
    if not found:
        yield missing(Name.HEADINGS)
    used = {heading.level for heading in found}
    counts: dict[int, int] = {}
    for heading in found:
        if not words.HEADING_LABELS[heading.level - 1].fullmatch(heading.written):
            yield Hit("C21.written", heading.paragraph.where, heading.written)
        expected = counts.get(heading.level, 0) + 1
        if heading.ordinal not in {expected, 1}:
            yield Hit("C21.order", heading.paragraph.where, heading.written, texts.NTH_OF_LEVEL.format(expected))
        above = [level for level in range(1, heading.level) if level in used and level not in counts]
        if above:
            yield Hit("C21.skipped", heading.paragraph.where, heading.written, texts.NTH_LEVEL.format(above[-1]))
        counts = {level: count for level, count in counts.items() if level < heading.level}
        counts[heading.level] = heading.ordinal


def indents(subject: Subject) -> Iterator[Outcome]:
    """C22: each paragraph two characters in, by indent and not by spaces, wrapped lines flush."""
    if not subject.elements.body:
        yield missing(Name.BODY)
    for line in subject.elements.body:
        size = line.look.size
        typed, first = leading(line) / size, (line.shape.left + line.shape.first) / size
        if typed:
            yield Hit("C22.spaces", line.where, texts.TYPED_SPACES.format(typed))
        if abs(first + typed - INDENT) > INDENT_TOLERANCE:
            yield Hit("C22.indent", line.where, texts.INDENTED.format(first + typed))
        elif abs(line.shape.left) / size > INDENT_TOLERANCE:
            yield Hit("C22.wrapped", line.where, texts.WRAPPED.format(line.shape.left / size))


ENTRIES: tuple[Entry, ...] = (
    ("C04", Need.XML, genre),
    ("C18", Need.XML, body_type),
    ("C19", Need.XML, title),
    ("C20", Need.XML, headings),
    ("C21", Need.XML, ordinals),
    ("C22", Need.XML, indents),
    ("C29", Need.XML, title_lines),
)
