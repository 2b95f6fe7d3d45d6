"""Page, grid and settings: C12–C15, C50, C52."""

from collections import Counter
from collections.abc import Iterator

from duban.adapters.gb9704 import profiles, texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Section
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Subject, missing, one_decimal, pitch_of
from duban.adapters.gb9704.xml import child, children, millimetres, value
from duban.core.conformance import Need

_COMPAT_WORD = "compatibilityMode"


def paper(subject: Subject) -> Iterator[Outcome]:
    """C12: every upright section is A4."""
    for section in _upright(subject):
        size = (millimetres(section.width), millimetres(section.height))
        if any(abs(is_ - wanted) > profiles.PAPER_TOLERANCE for is_, wanted in zip(size, profiles.PAPER, strict=True)):
            yield Hit("C12.paper", NOWHERE, _by(*size))


def margins(subject: Subject) -> Iterator[Outcome]:
    """C13: beyond ±1 mm of the standard fails; elsewhere than the profile has it warns."""
    for section in _upright(subject):
        for side, wanted in subject.profile.margins.items():
            is_ = millimetres(abs(section.margins[side]) + _gutter(section, side))
            off = abs(is_ - wanted)
            found = f"{texts.SIDES[side]} {one_decimal(is_)} mm"
            if off > profiles.GB_TOLERANCE + 0.01:
                yield Hit("C13.standard", NOWHERE, found, f"{one_decimal(wanted)}±1 mm")
            elif off > profiles.OWN_TOLERANCE:
                yield Hit("C13.profile", NOWHERE, found, f"{one_decimal(wanted)} mm")


def _gutter(section: Section, side: str) -> float:
    return section.margins["gutter"] if side == "left" else 0.0


def type_area(subject: Subject) -> Iterator[Outcome]:
    """C14: 156 mm × 225 mm, or the height of profile B."""
    for section in _upright(subject):
        width = millimetres(section.type_width - section.margins["gutter"])
        height = millimetres(section.type_height)
        off = max(abs(width - profiles.TYPE_WIDTH), abs(height - subject.profile.type_height))
        expected = _by(profiles.TYPE_WIDTH, subject.profile.type_height)
        if off > 2 * profiles.GB_TOLERANCE + 0.01:
            yield Hit("C14.standard", NOWHERE, _by(width, height), expected)
        elif off > profiles.TYPE_TOLERANCE:
            yield Hit("C14.profile", NOWHERE, _by(width, height), expected)


def lines(subject: Subject) -> Iterator[Outcome]:
    """C15: exact pitch of the text such that 22 lines, and no more, fill the type area; the grid says the same."""
    least, greatest = subject.profile.pitches
    expected = texts.PITCHES.format(one_decimal(least), f"{greatest:.2f}")
    body = subject.elements.body
    if not body:
        yield missing(Name.BODY)
        return
    for line in body:
        pitch = pitch_of(subject, line)
        if line.shape.rule != "exact" and not (line.shape.snap and subject.document.sections[line.section].pitch):
            yield Hit("C15.free", line.where, texts.POINTS.format(one_decimal(pitch)), expected)
        elif not least <= pitch <= greatest:
            yield Hit("C15.pitch", line.where, texts.POINTS.format(f"{pitch:.4g}"), expected)
    for section in _upright(subject):
        if section.pitch is None:
            yield Hit("C15.grid", NOWHERE, texts.NO_GRID, expected)
        elif not least <= section.pitch <= greatest:
            yield Hit("C15.grid", NOWHERE, texts.POINTS.format(f"{section.pitch:.4g}"), expected)


def landscape(subject: Subject) -> Iterator[Outcome]:
    """C50: a landscape section needs its page numbers turned; only who says so has one."""
    turned = [section for section in subject.document.sections if section.landscape]
    if turned and not subject.facts.landscape:
        yield Hit("C50.landscape", NOWHERE, _by(millimetres(turned[0].width), millimetres(turned[0].height)))


def settings(subject: Subject) -> Iterator[Outcome]:
    """C52: what keeps Word, WPS and LibreOffice from laying the text out differently."""
    root = subject.document.settings
    if root is None:
        yield Hit("C52.none", NOWHERE)
        return
    modes = (
        value(setting)
        for setting in children(root, "w:compat/w:compatSetting")
        if value(setting, "w:name") == _COMPAT_WORD
    )
    mode = next(modes, None)
    if mode != words.ALLOWED_COMPAT:
        yield Hit("C52.compat", NOWHERE, mode or texts.NOT_SET)
    language = value(child(root, "w:themeFontLang"), "w:eastAsia")
    if language not in {None, "zh-CN"}:
        yield Hit("C52.language", NOWHERE, language or "")
    squeeze = value(child(root, "w:characterSpacingControl"))
    if squeeze not in {None, "doNotCompress"}:
        yield Hit("C52.squeeze", NOWHERE, squeeze or "")
    themed = Counter(line.look.theme for line in subject.document.paragraphs if line.text)
    if themed[True]:
        yield Hit("C52.theme", NOWHERE, texts.PARAGRAPHS.format(themed[True]))


def _upright(subject: Subject) -> list[Section]:
    return [section for section in subject.document.sections if not section.landscape]


def _by(width: float, height: float) -> str:
    return f"{one_decimal(width)} mm × {one_decimal(height)} mm"


ENTRIES: tuple[Entry, ...] = (
    ("C12", Need.XML, paper),
    ("C13", Need.XML, margins),
    ("C14", Need.XML, type_area),
    ("C15", Need.XML, lines),
    ("C50", Need.XML, landscape),
    ("C52", Need.XML, settings),
)
