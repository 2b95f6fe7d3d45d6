"""What a probe is given and what it answers, and the measures that several probes take."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.document import Document, Paragraph, Place, Section
from duban.adapters.gb9704.elements import Elements, Form
from duban.adapters.gb9704.printed import RenderedPdf
from duban.adapters.gb9704.profiles import Profile
from duban.core.conformance import LintFacts, Need, Where
from duban.core.papers import PaperKind
from duban.core.titles import gaps

HALF = 0.5
"""Width of a figure or Latin letter in sizes of its type."""

FULL_FROM = 0x2000
"""Characters from here on (punctuation, Han) are as wide as high in the Chinese fonts."""


@dataclass(frozen=True, slots=True)
class Subject:
    """All that is known about the paper under examination."""

    document: Document
    elements: Elements
    profile: Profile
    kind: PaperKind | None
    facts: LintFacts
    printed: RenderedPdf | None

    @property
    def section(self) -> Section:
        return self.document.sections[0]

    @property
    def pitch(self) -> float:
        """The pitch of most lines of the text, in points."""
        pitches = [pitch_of(self, line) for line in self.elements.body]
        return median(pitches) if pitches else self.profile.pitches[1]


@dataclass(frozen=True, slots=True)
class Hit:
    """One departure: `variant` names its wording, `expected` stands for the wording's own where it depends on facts."""

    variant: str
    where: Where
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """What was not looked at, and why."""

    reason: str


Outcome = Hit | Skip
Probe = Callable[[Subject], Iterable[Outcome]]
Entry = tuple[str, Need, Probe]

NOWHERE = Where()


def missing(what: str) -> Skip:
    return Skip(texts.NOT_FOUND.format(what=what))


def unclear(what: str) -> Skip:
    return Skip(texts.UNCLEAR.format(what=what))


def nothing(what: str) -> Skip:
    return Skip(texts.NOTHING.format(what=what))


def without_facts(what: str) -> Skip:
    return Skip(texts.NO_FACTS.format(what=what))


def not_for(form: Form) -> Skip:
    return Skip(texts.NOT_FOR_FORM.format(form=form))


def page(number: int, excerpt: str = "") -> Where:
    return Where(page=number, excerpt=excerpt)


def one_decimal(number: float) -> str:
    """12.0 → 12, 12.34 → 12.3."""
    return f"{number:.1f}".removesuffix(".0")


def pitch_of(subject: Subject, line: Paragraph) -> float:
    return line.shape.pitch(line.look.size, subject.document.sections[line.section].pitch)


def lines_between(subject: Subject, upper: Paragraph, lower: Paragraph) -> float | None:
    """The white space between two paragraphs in lines of the text; None where it is not the flow that decides it."""
    if any(line.place in {Place.FRAME, Place.BOX} for line in (upper, lower)):
        return None
    between = subject.document.paragraphs[upper.number : lower.number - 1]
    written = [line for line in between if line.text]
    if written:  # a subtitle, say
        return lines_between(subject, written[-1], lower)
    own = {upper.table, lower.table, None}
    if any(line.place in {Place.FRAME, Place.BOX} or line.table not in own or line.graphic for line in between):
        return None
    blank = [line for line in between if line.table is None or line.table not in {upper.table, lower.table}]
    height = sum(pitch_of(subject, line) + line.shape.before + line.shape.after for line in blank)
    return (height + upper.shape.after + lower.shape.before) / subject.pitch


def em(character: str) -> float:
    """The width of a character in sizes of its type."""
    return 1.0 if ord(character) >= FULL_FROM or character in "“”‘’—…·" else HALF


def width_of(line: Paragraph) -> float:
    """The width of a paragraph's text on one line, in points, leading and trailing white space left out."""
    whole = sum(em(char) * run.look.size * run.look.scale for run in line.runs for char in run.text)
    ends = len(line.raw) - len(line.raw.strip())
    return whole - sum(em(char) for char in _ends(line.raw)) * line.look.size if ends else whole


def _ends(text: str) -> Iterator[str]:
    yield from text[: len(text) - len(text.lstrip())]
    yield from text[len(text.rstrip()) :]


def leading(line: Paragraph) -> float:
    """The white space typed before the text, in points."""
    return sum(em(char) for char in line.raw[: len(line.raw) - len(line.raw.lstrip())]) * line.look.size


def trailing(line: Paragraph) -> float:
    return sum(em(char) for char in line.raw[len(line.raw.rstrip()) :]) * line.look.size


def extent(subject: Subject, line: Paragraph) -> tuple[float, float] | None:
    """Left and right edge of a one-line paragraph in points from the left of the type area.

    None for a line with tabs, in a frame or a table, or longer than a line.
    """
    if line.place is not Place.FLOW or "\t" in line.raw or "\n" in line.text:
        return None
    width, room = width_of(line), subject.document.sections[line.section].type_width
    if line.shape.spaced:
        width += gaps(line.text) * line.look.size
    start, end = line.shape.left + line.shape.first, room - line.shape.right
    if width > end - start + 1:
        return None
    if line.shape.align == "right":
        return end - trailing(line) - width, end - trailing(line)
    if line.shape.align == "center":
        middle = (start + end + leading(line) - trailing(line)) / 2
        return middle - width / 2, middle + width / 2
    return start + leading(line), start + leading(line) + width


def text_of(lines: Sequence[Paragraph]) -> str:
    return "\n".join(line.text for line in lines)


def squeezed(text: str) -> str:
    """A text without white space, as it is compared."""
    return "".join(text.split())
