"""What papers of a kind must have: C55–C57, and the letter of 10.1 as far as the file tells: C44."""

import re
from collections.abc import Iterator, Mapping

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.elements import Form
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Skip, Subject, not_for, one_decimal
from duban.adapters.gb9704.xml import millimetres
from duban.core.conformance import Need
from duban.core.papers import PaperKind

LETTER_RULE = 170.0
RULE_TOLERANCE = 1.0

_WANTED: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "C55": words.RETURN_SLIP_PARTS,
    "C56": words.URGE_PARTS,
    "C57": words.BULLETIN_PARTS,
}
_KINDS = {
    "C55": (PaperKind.RETURN_SLIP,),
    "C56": (PaperKind.URGE, PaperKind.SUPERVISE),
    "C57": (PaperKind.WEEKLY_REPORT,),
}


def return_slip(subject: Subject) -> Iterator[Outcome]:
    """C55: each reason with its rule and place, what is wanted, by when, whom to ask (条例 24(三))."""
    yield from _parts(subject, "C55")


def urging(subject: Subject) -> Iterator[Outcome]:
    """C56: number, item, ground, who, by when, how to answer, whom to ask; 督办 with its 回执."""
    yield from _parts(subject, "C56")
    if subject.kind is PaperKind.SUPERVISE and not _whole(subject, words.RECEIPT):
        yield Hit("C56.absent", NOWHERE, "", Name.RECEIPT)


def bulletin(subject: Subject) -> Iterator[Outcome]:
    """C57: name, number of the issue, editor, day, red rule, 报/送/发; neither seal nor 发文字号."""
    yield from _parts(subject, "C57")
    if subject.kind is not PaperKind.WEEKLY_REPORT:
        return
    elements = subject.elements
    for name, element in ((Name.ISSUE, elements.issue), (Name.EDITOR, elements.editor), (Name.RULE, elements.rule)):
        if element is None:
            yield Hit("C57.absent", NOWHERE, "", name)
    if elements.number is not None:
        yield Hit("C57.number", elements.number.where, elements.number.text)


def _parts(subject: Subject, rule: str) -> Iterator[Outcome]:
    if subject.kind not in _KINDS[rule]:
        yield Skip(texts.NOT_FOR_KIND)
        return
    for name, pattern in _WANTED[rule].items():
        if not _whole(subject, pattern):
            yield Hit(f"{rule}.absent", NOWHERE, "", name)


def _whole(subject: Subject, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(line.text) for line in subject.document.paragraphs)


def letter(subject: Subject) -> Iterator[Outcome]:
    """C44: number at the right edge, no page number on page 1, no rules and no 印发 in the 版记, 170 mm lines."""
    elements = subject.elements
    if elements.form is not Form.LETTER:
        yield not_for(elements.form)
        return
    if not subject.section.title_page:
        yield Hit("C44.first_page", NOWHERE)
    if elements.number and abs(elements.number.shape.right) > RULE_TOLERANCE:
        yield Hit("C44.number", elements.number.where, elements.number.shape.align)
    if elements.colophon and elements.colophon.lines:
        yield Hit(
            "C44.rules", elements.colophon.paragraphs[0].where, texts.STROKES.format(len(elements.colophon.lines))
        )
    if elements.colophon and any(words.PRINTED_WORD.search(line.text) for line in elements.colophon.paragraphs):
        yield Hit("C44.printed", elements.colophon.paragraphs[-1].where)
    reds = [drawn for line in subject.document.everything for drawn in line.lines if drawn.red]
    if not reds:
        yield Hit("C44.lines", NOWHERE)
    for drawn in reds:
        if drawn.length is not None and abs(millimetres(drawn.length) - LETTER_RULE) > RULE_TOLERANCE:
            yield Hit("C44.length", NOWHERE, f"{one_decimal(millimetres(drawn.length))} mm")


ENTRIES: tuple[Entry, ...] = (
    ("C44", Need.XML, letter),
    ("C55", Need.XML, return_slip),
    ("C56", Need.XML, urging),
    ("C57", Need.XML, bulletin),
)
