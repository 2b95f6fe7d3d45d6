"""What only the ink shows: C24, C26, C27, C38, C42, C44."""

from collections.abc import Iterator

from duban.adapters.gb9704 import profiles, texts
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.ink import Ink, Stroke
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.pagination import page_number_line
from duban.adapters.gb9704.probing import Entry, Hit, Outcome, Skip, Subject, missing, not_for, one_decimal, page
from duban.core.conformance import Need

MARK_BELOW = 35.0
MARK_TOLERANCE = 1.5
RULE_TOLERANCE = 1.0
NUMBER_TO_RULE = 4.0
DASH_CENTRE = 269.0
DASH_TOLERANCE = 2.0
LETTER_MARK, LETTER_RULE, LETTER_FOOT = 30.0, 170.0, 277.0
BELOW_DOUBLE = 4.9
HEAD_END = 200.0
"""Millimetres from the top within which the head of page 1 ends, whatever stands in it."""

LOWEST_INK = 12.0
"""Millimetres above the rule within which the number stands."""


def mark_top(subject: Subject) -> Iterator[Outcome]:
    """C24: the upper edge of the mark lies 35 mm below that of the type area."""
    if subject.elements.form is not Form.GENERAL:
        yield not_for(subject.elements.form)
        return
    top = _red_text_top(_first(subject))
    if top is None:
        yield Skip(texts.UNSEEN.format(what=Name.RED_MARK))
    elif abs(top - profiles.TYPE_TOP - MARK_BELOW) > MARK_TOLERANCE:
        yield Hit("C24.top", page(1), f"{one_decimal(top - profiles.TYPE_TOP)} mm")


def _red_text_top(ink: Ink) -> float | None:
    rows = ink.rows(ink.red)
    rules = ink.strokes(ink.red)
    return next((row for row in rows if not any(rule.top - 0.2 <= row <= rule.bottom for rule in rules)), None)


def rule_place(subject: Subject) -> Iterator[Outcome]:
    """C26: the red rule as printed: as long as the type area is wide, from its left edge on."""
    if subject.elements.form in {Form.PLAIN, Form.LETTER, Form.ORDER}:
        yield not_for(subject.elements.form)
        return
    rule = _red_rule(subject)
    if rule is None:
        yield Skip(texts.UNSEEN.format(what=Name.RULE))
        return
    if abs(rule.length - profiles.TYPE_WIDTH) > RULE_TOLERANCE:
        yield Hit("C26.length", page(1), f"{one_decimal(rule.length)} mm")
    elif abs(rule.left - profiles.TYPE_LEFT) > RULE_TOLERANCE:
        yield Hit("C26.left", page(1), f"{one_decimal(rule.left)} mm")


def rule_below_number(subject: Subject) -> Iterator[Outcome]:
    """C27: 4 mm between the foot of the number and the red rule."""
    rule = _red_rule(subject)
    if subject.elements.form is not Form.GENERAL:
        yield not_for(subject.elements.form)
    elif rule is None or subject.elements.number is None:
        yield missing(Name.RULE_OR_NUMBER)
    else:
        ink = _first(subject)
        rows = ink.rows(ink.black, top=max(0.0, rule.top - LOWEST_INK), bottom=rule.top)
        if not rows:
            yield Skip(texts.UNSEEN.format(what=Name.NUMBER))
        elif abs(rule.top - rows[-1] - NUMBER_TO_RULE) > RULE_TOLERANCE:
            yield Hit("C27.gap", page(1), f"{one_decimal(rule.top - rows[-1])} mm")


def last_rule(subject: Subject) -> Iterator[Outcome]:
    """C38: the last rule of the 版记 lies on the lower edge of the type area of the last page."""
    if subject.elements.colophon is None or subject.printed is None:
        yield missing(Name.COLOPHON)
        return
    if subject.elements.form is Form.LETTER:
        yield not_for(subject.elements.form)
        return
    last = len(subject.printed.pages)
    ink = subject.printed.ink(last)
    rules = ink.strokes(ink.black)
    if not rules:
        yield Hit("C38.absent", page(last))
    elif abs(rules[-1].bottom - profiles.TYPE_BOTTOM) > RULE_TOLERANCE:
        yield Hit("C38.place", page(last), f"{one_decimal(rules[-1].bottom)} mm")


def dash_height(subject: Subject) -> Iterator[Outcome]:
    """C42: the dashes beside the page number lie 7 mm below the type area."""
    seen = False
    for sheet in subject.printed.pages if subject.printed else ():
        line = page_number_line(sheet)
        if line is None or subject.printed is None:
            continue
        seen = True
        ink = subject.printed.ink(sheet.number)
        dash = ink.rows(ink.black, line.left, line.left + 2.5, line.top - 1, line.bottom + 1)
        if dash and abs((dash[0] + dash[-1]) / 2 - DASH_CENTRE) > DASH_TOLERANCE:
            yield Hit("C42.height", page(sheet.number), f"{one_decimal((dash[0] + dash[-1]) / 2)} mm")
    if not seen:
        yield Skip(texts.UNSEEN.format(what=Name.PAGE_NUMBER))


def letter(subject: Subject) -> Iterator[Outcome]:
    """C44: mark 30 mm from the top, a double line 4 mm below it and another 20 mm from the foot, 170 mm long."""
    if subject.elements.form is not Form.LETTER:
        yield not_for(subject.elements.form)
        return
    ink = _first(subject)
    top = _red_text_top(ink)
    if top is not None and abs(top - LETTER_MARK) > MARK_TOLERANCE:
        yield Hit("C44.mark", page(1), f"{one_decimal(top)} mm")
    rules = ink.strokes(ink.red)
    upper, lower = [rule for rule in rules if rule.top < HEAD_END], [rule for rule in rules if rule.top >= HEAD_END]
    for pair, thick_first in ((upper, True), (lower, False)):
        yield from _double(pair, thick_first=thick_first)
    if upper:
        yield from _around_double(ink, upper)
    if lower and abs(lower[-1].bottom - LETTER_FOOT) > RULE_TOLERANCE:
        yield Hit("C44.foot", page(1), f"{one_decimal(profiles.PAPER[1] - lower[-1].bottom)} mm")


def _around_double(ink: Ink, upper: list[Stroke]) -> Iterator[Outcome]:
    """The mark 4 mm above the upper double line, the first element under it 7/8 of a 3号 character below."""
    above, below = ink.rows(ink.red, bottom=upper[0].top - 0.2), ink.rows(ink.black, top=upper[-1].bottom)
    if above and abs(upper[0].top - above[-1] - NUMBER_TO_RULE) > MARK_TOLERANCE:
        yield Hit("C44.above", page(1), f"{one_decimal(upper[0].top - above[-1])} mm")
    if below and abs(below[0] - upper[-1].bottom - BELOW_DOUBLE) > MARK_TOLERANCE:
        yield Hit("C44.below", page(1), f"{one_decimal(below[0] - upper[-1].bottom)} mm")


def _double(pair: list[Stroke], *, thick_first: bool) -> Iterator[Outcome]:
    if len(pair) != 2:
        yield Hit("C44.double", page(1), texts.STROKES.format(len(pair)))
        return
    thickness = [rule.bottom - rule.top for rule in pair]
    if (thickness[0] > thickness[1]) is not thick_first:
        yield Hit("C44.thick", page(1))
    for rule in pair:
        if abs(rule.length - LETTER_RULE) > RULE_TOLERANCE:
            yield Hit("C44.length", page(1), f"{one_decimal(rule.length)} mm")


def _first(subject: Subject) -> Ink:
    assert subject.printed is not None, "ink is asked of a printed paper"  # noqa: S101  # lint() sees to it
    return subject.printed.ink(1)


def _red_rule(subject: Subject) -> Stroke | None:
    ink = _first(subject)
    return next((rule for rule in ink.strokes(ink.red) if rule.top < HEAD_END), None)


ENTRIES: tuple[Entry, ...] = (
    ("C24", Need.INK, mark_top),
    ("C26", Need.INK, rule_place),
    ("C27", Need.INK, rule_below_number),
    ("C38", Need.INK, last_rule),
    ("C42", Need.INK, dash_height),
    ("C44", Need.INK, letter),
)
