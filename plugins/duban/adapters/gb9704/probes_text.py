"""The words themselves: C02, C45–C47, C58, C59."""

import re
from collections.abc import Iterator

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph
from duban.adapters.gb9704.looks import BLACK, is_red
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Skip, Subject, without_facts
from duban.core.conformance import Need, Where
from duban.core.papers import PaperKind

_PUNCTUATION = (
    ("C46.half", words.HALF_WIDTH),
    ("C46.doubled", words.DOUBLED),
    ("C46.straight", words.STRAIGHT),
)
_NUMERALS = (
    ("C47.full", words.FULL_WIDTH_DIGITS),
    ("C47.year", words.SHORT_YEAR),
    ("C47.padded", words.PADDED_DATE),
    ("C47.percent", words.BARE_RANGE),
    ("C47.range", words.DATE_RANGE),
    ("C47.relative", words.RELATIVE_DATE),
    ("C47.spaced", words.SPACED_DIGITS),
    ("C47.decimal", words.BARE_DECIMAL),
)
_ANY_WORD = "某"
AROUND = 6
"""Characters shown on either side of what was found."""


def leftovers(subject: Subject) -> Iterator[Outcome]:
    """C02: no template tag, placeholder or program's word in text, headers, footers and properties."""
    for line in subject.document.everything:
        text = _own_words(subject, line)
        found = words.LEFTOVER.search(text)
        if found:
            yield Hit("C02.leftover", line.where, _around(text, found))
        if words.DRAFT_NUMBER in text and not subject.facts.draft:
            yield Hit("C02.draft", line.where, words.DRAFT_NUMBER)
    for name, text in subject.document.properties.items():
        if words.LEFTOVER.search(text):
            yield Hit("C02.leftover", Where("docProps/core.xml", excerpt=name), text[:30])


def colours(subject: Subject) -> Iterator[Outcome]:
    """C45: black; red only in the mark and in the rule under the head; no highlight but in drafts."""
    allowed = {line.number for line in subject.elements.mark}
    for line in subject.document.everything:
        in_mark = line.part == subject.document.package.main and line.number in allowed
        for run in line.runs:
            colour = run.look.colour
            if not run.text.strip():
                continue
            if colour != BLACK and not (in_mark and is_red(colour)):
                yield Hit("C45.text", line.where, colour)
            if run.look.highlight and not subject.facts.draft:
                yield Hit("C45.highlight", line.where, run.look.highlight)
    colophon = subject.elements.colophon
    for drawn in colophon.lines if colophon else ():
        if drawn.colour != BLACK:
            yield Hit("C45.rule", colophon.paragraphs[0].where if colophon else NOWHERE, drawn.colour)


def punctuation(subject: Subject) -> Iterator[Outcome]:
    """C46: full-width in Chinese, nothing doubled, quotation marks and brackets in pairs (GB/T 15834)."""
    for line in subject.document.everything:
        text = _own_words(subject, line)
        yield from _found(line, text, _PUNCTUATION)
        for left, right in words.BRACKETS.items():
            if text.count(left) != text.count(right):
                yield Hit("C46.pairs", line.where, left + right)


def numerals(subject: Subject) -> Iterator[Outcome]:
    """C47: Arabic figures as GB/T 15835 writes them, dates that say which day."""
    for line in subject.document.everything:
        yield from _found(line, _own_words(subject, line), _NUMERALS)


def _found(line: Paragraph, text: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[Outcome]:
    for variant, pattern in patterns:
        found = pattern.search(text)
        if found:
            yield Hit(variant, line.where, _around(text, found))


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - AROUND) : found.end() + AROUND].replace("\n", " ")


def _own_words(subject: Subject, line: Paragraph) -> str:
    """The text with a word of no account for each that was taken over from outside and may hold anything."""
    text = line.text
    for quoted in subject.facts.quoted:
        text = text.replace(quoted, _ANY_WORD)
    return text


def facts_only(subject: Subject) -> Iterator[Outcome]:
    """C58: a 通报 that criticises says what happened and does not scold."""
    if subject.kind is not PaperKind.CRITICISM:
        yield Skip(texts.NOT_FOR_KIND)
        return
    for line in subject.document.paragraphs:
        found = words.STRONG_WORDS.search(_own_words(subject, line))
        if found:
            yield Hit("C58.words", line.where, found.group())


def privacy(subject: Subject) -> Iterator[Outcome]:
    """C59: no identity number, and no mobile telephone that may not be printed."""
    for line in subject.document.everything:
        if words.IDENTITY.search(line.text):
            yield Hit("C59.identity", line.where)
        for found in words.MOBILE.finditer(line.text):
            if found.group() not in subject.facts.phones:
                yield Hit("C59.mobile", line.where, f"{found.group()[:3]}****{found.group()[-4:]}")


def printed_texts(subject: Subject) -> Iterator[Outcome]:
    """C01: every value that belongs into the paper is in it."""
    if not subject.facts.texts:
        yield without_facts(Name.WANTED_TEXTS)
        return
    whole = "".join("".join(line.text.split()) for line in subject.document.everything)
    for wanted in subject.facts.texts:
        if "".join(wanted.split()) not in whole:
            yield Hit("C01.lost", NOWHERE, "", wanted[:40])


def printed_figures(subject: Subject) -> Iterator[Outcome]:
    """C11: what the ledger counts again stands in the paper."""
    if not subject.facts.figures:
        yield without_facts(Name.WANTED_FIGURES)
        return
    whole = "".join("".join(line.text.split()) for line in subject.document.everything)
    for wanted in subject.facts.figures:
        if not re.search(rf"(?<![\d.]){re.escape(wanted)}(?![\d]|\.\d)", whole):
            yield Hit("C11.figure", NOWHERE, "", wanted)


ENTRIES: tuple[Entry, ...] = (
    ("C01", Need.FACTS, printed_texts),
    ("C02", Need.XML, leftovers),
    ("C11", Need.FACTS, printed_figures),
    ("C45", Need.XML, colours),
    ("C46", Need.XML, punctuation),
    ("C47", Need.XML, numerals),
    ("C58", Need.XML, facts_only),
    ("C59", Need.XML, privacy),
)
