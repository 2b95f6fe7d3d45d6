"""Who is addressed and who gets a copy, and the 版记: C08, C09, C37, C39."""

from collections.abc import Iterator

from duban.adapters.gb9704 import profiles, texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph, Place
from duban.adapters.gb9704.elements import Colophon, Form
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probes_signature import calendar_day
from duban.adapters.gb9704.probing import (
    NOWHERE,
    Entry,
    Hit,
    Outcome,
    Subject,
    leading,
    missing,
    not_for,
    nothing,
    one_decimal,
    without_facts,
)
from duban.adapters.gb9704.xml import POINTS_PER_MM, millimetres
from duban.core.conformance import Need, Where

SIZE_4 = 14.0
SIZE_TOLERANCE = 0.1
PLACE_TOLERANCE = 0.3
LINE_CHARACTERS = 28
OUTER_RULE, INNER_RULE = 0.35 * POINTS_PER_MM, 0.25 * POINTS_PER_MM
RULE_TOLERANCE = 0.13
"""Points: an eighth, the unit of borders."""


def addressee_form(subject: Subject) -> Iterator[Outcome]:
    """C08: the last name is followed by a full-width colon."""
    line = subject.elements.addressee
    if line is None:
        yield missing(Name.ADDRESSEE)
    elif not line.text.endswith("："):
        yield Hit("C08.colon", line.where, line.text[-1])


def addressees(subject: Subject) -> Iterator[Outcome]:
    """C08: addressed to whom the register says."""
    line, wanted = subject.elements.addressee, subject.facts.to
    if not wanted:
        yield without_facts(Name.REGISTERED_ADDRESSEES)
    elif line is None:
        yield missing(Name.ADDRESSEE)
    elif absent := [name for name in wanted if name not in line.text]:
        yield Hit("C08.register", line.where, line.text, texts.LIST.join(absent))


def copies(subject: Subject) -> Iterator[Outcome]:
    """C09: 抄送, never 抄报 or 抄发; ends with a full stop; names nobody who is addressed."""
    colophon = subject.elements.colophon
    wrong = [line for line in colophon.paragraphs if words.WRONG_COPY.match(line.text)] if colophon else []
    for line in wrong:
        yield Hit("C09.word", line.where, line.text[:2])
    copied = [line for line in colophon.paragraphs if words.COPY.match(line.text)] if colophon else []
    if not copied:
        yield nothing(Name.COPIES)
        return
    end = _copy_end(subject, copied[0])
    if not end.text.endswith("。"):
        yield Hit("C09.stop", end.where, end.text[-1])
    if "：" not in copied[0].text[:6]:
        yield Hit("C09.colon", copied[0].where, copied[0].text[:4])
    addressee = subject.elements.addressee
    to = [name for name in (addressee.text.rstrip("：:").split("，") if addressee else ()) if len(name) > 3]
    both = [name for name in to if name in copied[0].text]
    if both:
        yield Hit("C09.twice", copied[0].where, texts.LIST.join(both))


def _copy_end(subject: Subject, first: Paragraph) -> Paragraph:
    """The last line of the 抄送机关: the one above 印发 or above the next label."""
    colophon = subject.elements.colophon
    end = first
    for line in colophon.paragraphs if colophon else ():
        if line.number > first.number:
            if any(other.fullmatch(line.text) for other in _OTHER_LINES):
                break
            end = line
    return end


_OTHER_LINES = (words.COLOPHON_STRONG, words.COLOPHON_WEAK, words.EDITOR_LINE)


def must_copy(subject: Subject) -> Iterator[Outcome]:
    """C09: who has to know is among the 抄送机关."""
    wanted, colophon = subject.facts.must_copy, subject.elements.colophon
    if not wanted:
        yield without_facts(Name.WANTED_COPIES)
        return
    text = "".join(line.text for line in colophon.paragraphs) if colophon else ""
    if absent := [name for name in wanted if name not in text]:
        yield Hit(
            "C09.absent", colophon.paragraphs[0].where if colophon else NOWHERE, text[:40], texts.LIST.join(absent)
        )


def colophon_rules(subject: Subject) -> Iterator[Outcome]:
    """C37: as wide as the type area; first and last 0.35 mm, those between 0.25 mm."""
    colophon, form = subject.elements.colophon, subject.elements.form
    if colophon is None:
        yield missing(Name.COLOPHON)
        return
    if form is Form.LETTER:
        yield not_for(form)
        return
    where = colophon.paragraphs[0].where
    if len(colophon.lines) < 2:
        yield Hit("C37.missing", where, texts.STROKES.format(len(colophon.lines)))
    for line in colophon.lines:
        if line.length is not None and abs(millimetres(line.length) - profiles.TYPE_WIDTH) > 1:
            yield Hit("C37.length", where, f"{one_decimal(millimetres(line.length))} mm")
    yield from _thickness(colophon, where)


def _thickness(colophon: Colophon, where: Where) -> Iterator[Outcome]:
    last = len(colophon.lines) - 1
    for at, line in enumerate(colophon.lines):
        outer = line.side in {"top", "bottom"} if line.kind == "table" else at in {0, last}
        wanted = OUTER_RULE if outer else INNER_RULE
        either = line.side.startswith("cell") and min(
            abs(line.thickness - OUTER_RULE), abs(line.thickness - INNER_RULE)
        )
        if (either if line.side.startswith("cell") else abs(line.thickness - wanted)) > RULE_TOLERANCE:
            expected = f"{millimetres(wanted):.2f} mm"
            yield Hit("C37.thickness", where, f"{millimetres(line.thickness):.2f} mm", expected)


def colophon_text(subject: Subject) -> Iterator[Outcome]:
    """C39: 4号仿宋, one character in, 抄送 hanging; day of printing not before the date of the paper."""
    colophon = subject.elements.colophon
    if colophon is None:
        yield missing(Name.COLOPHON)
        return
    for line in colophon.paragraphs:
        if line.look.east not in words.FANGSONG:
            yield Hit("C39.font", line.where, line.look.east or texts.UNNAMED)
        if abs(line.look.size - SIZE_4) > SIZE_TOLERANCE:
            yield Hit("C39.size", line.where, texts.POINTS.format(f"{line.look.size:g}"))
        if line.place is not Place.CELL:
            yield from _indents(line)
    yield from _printed(subject, colophon)


def _indents(line: Paragraph) -> Iterator[Outcome]:
    first = (line.shape.left + line.shape.first + leading(line)) / line.look.size
    if abs(first - 1) > PLACE_TOLERANCE:
        yield Hit("C39.left", line.where, texts.INDENTED.format(first))
    if words.COPY.match(line.text) and len(line.text) > LINE_CHARACTERS and line.shape.first >= 0:
        yield Hit("C39.hanging", line.where)


def _printed(subject: Subject, colophon: Colophon) -> Iterator[Outcome]:
    """印发机关 and 印发日期, in a paper that has 抄送机关 or is a 公文."""
    form = subject.elements.form
    printed = next((line for line in reversed(colophon.paragraphs) if words.PRINTED_DAY.search(line.text)), None)
    if printed is None:
        if form is Form.GENERAL:
            yield Hit("C39.missing", colophon.paragraphs[-1].where)
        return
    found = words.PRINTED_DAY.search(printed.text)
    written = found["date"] if found else ""
    if found and not found["word"]:
        yield Hit("C39.word", printed.where, printed.text[-12:])
    day, date = calendar_day(written), subject.elements.date
    signed = calendar_day(date.text) if date else None
    if day is None:
        yield Hit("C39.date", printed.where, written)
    elif signed and day < signed:
        yield Hit("C39.early", printed.where, written, date.text if date else "")


ENTRIES: tuple[Entry, ...] = (
    ("C08", Need.XML, addressee_form),
    ("C08", Need.FACTS, addressees),
    ("C09", Need.XML, copies),
    ("C09", Need.FACTS, must_copy),
    ("C37", Need.XML, colophon_rules),
    ("C39", Need.XML, colophon_text),
)
