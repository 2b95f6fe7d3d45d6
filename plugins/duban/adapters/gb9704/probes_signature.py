"""署名, 成文日期 and the room for the seal: C07, C34–C36."""

from collections.abc import Iterator
from datetime import date

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import (
    NOWHERE,
    Entry,
    Hit,
    Outcome,
    Subject,
    extent,
    lines_between,
    missing,
    not_for,
    one_decimal,
    squeezed,
    unclear,
    without_facts,
)
from duban.core.conformance import Need

SEALED_RIGHT, UNSEALED_RIGHT = 4.0, 2.0
"""Characters between the date, or the unsealed name, and the right edge (7.3.5.1, 7.3.5.2)."""

PLACE_TOLERANCE = 0.3
CENTRE_TOLERANCE = 1.0
SIZE_3 = 16.0
SEAL_LINES = (1, 4)
"""Blank lines above the name: with fewer the seal lies on the text, with more it stands too far below it."""

BLANK_LINES_TOLERANCE = 0.3


def date_form(subject: Subject) -> Iterator[Outcome]:
    """C07: Arabic figures, year in full, no leading noughts, a day that exists."""
    elements = subject.elements
    line = elements.date or elements.editor
    if line is None:
        formal = elements.form in {Form.GENERAL, Form.LETTER}
        yield Hit("C07.missing", NOWHERE) if formal else missing(Name.DATE)
        return
    edited = words.EDITOR_LINE.fullmatch(line.text)
    written = line.text if elements.date or not edited else edited["date"]
    if calendar_day(written) is None:
        yield Hit("C07.form", line.where, written)


def calendar_day(written: str) -> date | None:
    """The day that a rightly written date means."""
    found = words.DATE.fullmatch(written)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def signed_day(subject: Subject) -> Iterator[Outcome]:
    """C07: the date is the day of signature on record."""
    line, wanted = subject.elements.date or subject.elements.editor, subject.facts.dated
    if wanted is None:
        yield without_facts(Name.SIGNED_DAY)
    elif line is None:
        yield missing(Name.DATE)
    elif (written := texts.DAY.format(wanted)) not in line.text:
        yield Hit("C07.signed", line.where, line.text, written)


def signature_place(subject: Subject) -> Iterator[Outcome]:
    """C34: sealed: date four characters from the right, name centred over it; unsealed: name two from the right."""
    elements = subject.elements
    if elements.form in {Form.BULLETIN, Form.MINUTES, Form.ORDER}:
        yield not_for(elements.form)
        return
    if elements.signature is None or elements.date is None:
        formal = elements.form in {Form.GENERAL, Form.LETTER} and elements.date is not None
        yield Hit("C34.missing", elements.date.where) if formal and elements.date else missing(Name.SIGNATURE_OR_DATE)
        return
    name, day = extent(subject, elements.signature), extent(subject, elements.date)
    if name is None or day is None:
        yield unclear(Name.SIGNATURE_PLACE)
        return
    room = subject.document.sections[elements.date.section].type_width
    right = (room - day[1]) / SIZE_3
    sealed, unsealed = _sealed(name, day, room), _unsealed(name, day, room)
    told = subject.facts.sealed
    if not (sealed or unsealed) or (told is True and not sealed) or (told is False and not unsealed):
        yield Hit("C34.date", elements.date.where, texts.FROM_RIGHT.format(right), _wanted(told))
    elif sealed and not unsealed and abs(sum(name) - sum(day)) / 2 / SIZE_3 > CENTRE_TOLERANCE:
        yield Hit(
            "C34.centred", elements.signature.where, texts.OFF_CENTRE.format(abs(sum(name) - sum(day)) / 2 / SIZE_3)
        )
    if elements.signature.text != elements.signature.raw or elements.date.text != elements.date.raw:
        yield Hit("C34.spaces", elements.date.where)


def _wanted(sealed: bool | None) -> str:  # noqa: FBT001  # a fact, not a switch
    return texts.SEALED[sealed] if sealed is not None else "；".join(texts.SEALED.values())


def _sealed(name: tuple[float, float], day: tuple[float, float], room: float) -> bool:
    """Four characters from the right; a name too long for that stands at the edge with the date centred under it."""
    right = (room - day[1]) / SIZE_3
    centred = abs(sum(name) - sum(day)) / 2 / SIZE_3 <= CENTRE_TOLERANCE
    long = (name[1] - name[0]) > (day[1] - day[0]) and right > SEALED_RIGHT and centred
    return abs(right - SEALED_RIGHT) <= PLACE_TOLERANCE or long


def _unsealed(name: tuple[float, float], day: tuple[float, float], room: float) -> bool:
    """The name two from the right and the date's first character two right of its own, or the other way round."""
    name_right, day_right = (room - name[1]) / SIZE_3, (room - day[1]) / SIZE_3
    shifted = (day[0] - name[0]) / SIZE_3
    usual = abs(name_right - UNSEALED_RIGHT) <= PLACE_TOLERANCE
    longer = abs(day_right - UNSEALED_RIGHT) <= PLACE_TOLERANCE and day[1] - day[0] > name[1] - name[0]
    return (usual or longer) and abs(shifted - 2) <= 2 * PLACE_TOLERANCE


def signature_name(subject: Subject) -> Iterator[Outcome]:
    """C34: the signature is the issuer's name."""
    names, line = subject.facts.issuer_names, subject.elements.signature
    if not names:
        yield without_facts(Name.ISSUER)
    elif line is None:
        yield missing(Name.SIGNATURE)
    elif not squeezed(line.text).startswith(names):
        yield Hit("C34.issuer", line.where, line.text, texts.LIST.join(names))


def seal_room(subject: Subject) -> Iterator[Outcome]:
    """C35: one to three blank lines between the text and the name, so that the seal stands clear and near."""
    elements = subject.elements
    line = elements.signature
    above = elements.attachments[-1] if elements.attachments else elements.body[-1] if elements.body else None
    if line is None or above is None:
        yield missing(Name.SIGNATURE)
        return
    gap = lines_between(subject, above, line)
    if gap is None:
        yield unclear(Name.ABOVE_SIGNATURE)
    elif not SEAL_LINES[0] - BLANK_LINES_TOLERANCE <= gap <= SEAL_LINES[1] + BLANK_LINES_TOLERANCE:
        yield Hit("C35.lines", line.where, texts.BLANK_LINES.format(one_decimal(gap)))


def blank_page_words(subject: Subject) -> Iterator[Outcome]:
    """C36: never 此页无正文."""
    for line in subject.document.paragraphs:
        if words.BLANK_PAGE_WORDS.fullmatch(line.text):
            yield Hit("C36.words", line.where, line.text)


ENTRIES: tuple[Entry, ...] = (
    ("C07", Need.XML, date_form),
    ("C07", Need.FACTS, signed_day),
    ("C34", Need.XML, signature_place),
    ("C34", Need.FACTS, signature_name),
    ("C35", Need.XML, seal_room),
    ("C36", Need.XML, blank_page_words),
)
