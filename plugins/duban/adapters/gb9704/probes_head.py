"""The head (7.2) and what lies between it and the text: C06, C23, C25, C26, C28, C30, C31."""

from collections.abc import Iterator

from duban.adapters.gb9704 import profiles, texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph, Place
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.looks import is_red
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import (
    NOWHERE,
    Entry,
    Hit,
    Outcome,
    Subject,
    leading,
    lines_between,
    missing,
    not_for,
    one_decimal,
    squeezed,
    unclear,
    width_of,
    without_facts,
)
from duban.adapters.gb9704.xml import POINTS_PER_MM, millimetres
from duban.core.conformance import Need

BLANK_LINES_TOLERANCE = 0.3
FLUSH = 1.5
"""Points within which a line stands at the edge."""

RULE_TOLERANCE = 1.0
CENTRE_TOLERANCE = 0.5


def number(subject: Subject) -> Iterator[Outcome]:
    """C06: 代字〔年份〕序号号; the year is that of the date."""
    line, elements = subject.elements.number, subject.elements
    if line is None:
        yield Hit("C06.missing", NOWHERE) if elements.form in {Form.GENERAL, Form.LETTER} else missing(Name.NUMBER)
        return
    found = words.NUMBER_LINE.match(line.text)
    written = found.group() if found else line.text
    if words.DRAFT_NUMBER in written and subject.facts.draft:
        return
    exact = words.NUMBER.fullmatch(written)
    if exact is None:
        yield Hit("C06.form", line.where, written)
        return
    date = elements.date and words.DATE.fullmatch(elements.date.text)
    if date and date[1] != exact[1]:
        yield Hit("C06.year", line.where, exact[1], date[1])


def registered_number(subject: Subject) -> Iterator[Outcome]:
    """C06: the number is that of the register, and nobody else's."""
    facts, line = subject.facts, subject.elements.number
    if facts.number is None and not facts.taken_numbers:
        yield without_facts(Name.REGISTERED_NUMBER)
    elif line is None:
        yield missing(Name.NUMBER)
    elif facts.number is not None and facts.number not in line.text:
        yield Hit("C06.register", line.where, line.text, facts.number)
    elif any(taken in line.text for taken in facts.taken_numbers):
        yield Hit("C06.taken", line.where, line.text)


def mark(subject: Subject) -> Iterator[Outcome]:
    """C23: the mark is there, centred, red, on one line."""
    lines = subject.elements.mark
    if not lines:
        formal = subject.elements.form in {Form.GENERAL, Form.LETTER}
        yield Hit("C23.missing", NOWHERE) if formal else missing(Name.MARK)
        return
    for line in lines:
        if line.place in {Place.FLOW, Place.FRAME} and line.shape.align not in {"center", "distribute"}:
            yield Hit("C23.centre", line.where, line.shape.align)
        if not all(is_red(run.look.colour) for run in line.runs if run.text.strip()):
            yield Hit("C23.red", line.where, line.look.colour)
        if line.look.east not in words.XIAOBIAOSONG:
            yield Hit("C23.font", line.where, line.look.east or texts.UNNAMED)
        room = subject.document.sections[line.section].type_width
        if width_of(line) > room + FLUSH:
            yield Hit("C23.line", line.where, texts.ABOUT.format(one_decimal(millimetres(width_of(line)))))


def issuer(subject: Subject) -> Iterator[Outcome]:
    """C23: the mark is the issuer's name, with or without 文件."""
    names, form = subject.facts.issuer_names, subject.elements.form
    if form not in {Form.GENERAL, Form.LETTER}:
        yield not_for(form)
    elif not names:
        yield without_facts(Name.ISSUER)
    elif not subject.elements.mark:
        yield missing(Name.MARK)
    elif subject.elements.mark_text.removesuffix(words.DOCUMENT_WORD) not in names:
        wanted = names[-1] + words.DOCUMENT_WORD
        yield Hit("C23.issuer", subject.elements.mark[0].where, subject.elements.mark_text, wanted)


def below_mark(subject: Subject) -> Iterator[Outcome]:
    """C25: two blank lines between mark and number."""
    elements = subject.elements
    if elements.form is not Form.GENERAL:
        yield not_for(elements.form)
    elif not elements.mark or elements.number is None:
        yield missing(Name.MARK_OR_NUMBER)
    else:
        yield from _blank_lines(subject, "C25.lines", elements.mark[-1], elements.number, 2)


def _blank_lines(subject: Subject, variant: str, upper: Paragraph, lower: Paragraph, wanted: int) -> Iterator[Outcome]:
    gap = lines_between(subject, upper, lower)
    if gap is None:
        yield unclear(Name.BLANK_LINES)
    elif abs(gap - wanted) > BLANK_LINES_TOLERANCE:
        yield Hit(variant, lower.where, texts.BLANK_LINES.format(one_decimal(gap)))


def red_rule(subject: Subject) -> Iterator[Outcome]:
    """C26: a red rule as wide as the type area, centred."""
    elements = subject.elements
    if elements.form in {Form.PLAIN, Form.LETTER, Form.ORDER}:
        yield not_for(elements.form)
    elif elements.rule is None:
        yield Hit("C26.missing", NOWHERE) if elements.form is Form.GENERAL else missing(Name.RULE)
    else:
        line, where = elements.rule.line, elements.rule.paragraph.where
        if not line.red:
            yield Hit("C26.red", where, line.colour)
        if line.length is not None and abs(millimetres(line.length) - profiles.TYPE_WIDTH) > RULE_TOLERANCE:
            yield Hit("C26.length", where, f"{one_decimal(millimetres(line.length))} mm")


def above_title(subject: Subject) -> Iterator[Outcome]:
    """C28: two blank lines between the red rule and the title."""
    elements = subject.elements
    if elements.form is not Form.GENERAL:
        yield not_for(elements.form)
    elif elements.rule is None or not elements.title:
        yield missing(Name.RULE_OR_TITLE)
    elif elements.rule.line.kind in {"vml", "drawing"}:
        yield unclear(Name.BELOW_RULE)
    else:
        yield from _blank_lines(subject, "C28.lines", elements.rule.paragraph, elements.title[0], 2)


def addressee(subject: Subject) -> Iterator[Outcome]:
    """C30: one blank line under the title, flush left, wrapped lines too."""
    elements = subject.elements
    if elements.addressee is None or not elements.title:
        yield missing(Name.ADDRESSEE)
        return
    yield from _blank_lines(subject, "C30.lines", elements.title[-1], elements.addressee, 1)
    shape = elements.addressee.shape
    first = shape.left + shape.first + leading(elements.addressee)
    if abs(first) > FLUSH or shape.align in {"center", "right"}:
        yield Hit("C30.flush", elements.addressee.where, texts.INDENTED.format(first / elements.addressee.look.size))
    elif abs(shape.left) > FLUSH:
        yield Hit("C30.wrapped", elements.addressee.where, f"{one_decimal(shape.left / POINTS_PER_MM)} mm")


def signer(subject: Subject) -> Iterator[Outcome]:
    """C31: 上行文 names its signer beside the number, others never."""
    elements = subject.elements
    upward = _is_upward(subject)
    if elements.form in {Form.PLAIN, Form.SLIP, Form.BULLETIN}:
        yield not_for(elements.form)
    elif upward is None:
        yield unclear(Name.UPWARD)
    elif elements.signer is None:
        if upward:
            yield Hit("C31.missing", elements.number.where if elements.number else NOWHERE)
    elif not upward:
        yield Hit("C31.superfluous", elements.signer.where, elements.signer.text)
    else:
        yield from _signer_line(subject, elements.signer)


def _is_upward(subject: Subject) -> bool | None:
    if subject.facts.upward is not None:
        return subject.facts.upward
    title = subject.elements.title_text
    if title.endswith(words.UPWARD_GENRES):
        return True
    return False if title.endswith(words.DOWNWARD_GENRES) else None


def _signer_line(subject: Subject, line: Paragraph) -> Iterator[Outcome]:
    number = subject.elements.number
    same_row = number is not None and line.table is not None and (line.table, line.row) == (number.table, number.row)
    if number is not None and number is not line and not same_row:
        yield Hit("C31.line", line.where)
    found = words.SIGNER.search(line.text)
    names = squeezed(found["names"]) if found else ""
    if not names:
        yield Hit("C31.nameless", line.where, line.text)
        return
    name = [run for run in line.runs if run.text.strip()][-1]
    if name.look.east not in words.KAITI:
        yield Hit("C31.name", line.where, name.look.east or texts.UNNAMED)


ENTRIES: tuple[Entry, ...] = (
    ("C06", Need.XML, number),
    ("C06", Need.FACTS, registered_number),
    ("C23", Need.XML, mark),
    ("C23", Need.FACTS, issuer),
    ("C25", Need.XML, below_mark),
    ("C26", Need.XML, red_rule),
    ("C28", Need.XML, above_title),
    ("C30", Need.XML, addressee),
    ("C31", Need.XML, signer),
)
