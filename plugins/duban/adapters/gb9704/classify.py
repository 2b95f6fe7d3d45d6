"""Finding the elements of a paper by what they are. What is not recognised stays None; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.colophon import find_colophon
from duban.adapters.gb9704.document import Document, Paragraph, Place
from duban.adapters.gb9704.elements import FORM_OF, Annex, Elements, Form, RedRule
from duban.adapters.gb9704.head import Head, after, before, find_head, find_rule
from duban.adapters.gb9704.headings import headings_of
from duban.core.papers import PaperKind

TITLE_SIZE = 20.0
TITLE_LINES = 4
"""Lines of text under the head among which the title begins."""

LONGEST_SIGNATURE = 40
TITLE_TO_TEXT = 12
"""Paragraphs, blank ones too, between the title and whom it is addressed to."""


def classify(document: Document, kind: PaperKind | None = None) -> Elements:
    """The elements of a document; `kind` settles the form where it is known."""
    lines = [line for line in document.paragraphs if line.text]
    colophon = find_colophon(document, lines)
    above = before(lines, colophon.paragraphs[0] if colophon else None)
    head = find_head(above)
    rule = find_rule(document, head, above)
    title = _title(above, head, rule)
    date = next((line for line in above if line.number > _last(title, head) and _is_date(line)), None)
    addressee = _addressee(above, title)
    main = before(after(above, _last(title, head, addressee)), date)
    signature = _signature(main, date)
    attachments = _attachments(document, before(main, signature))
    body = _body(before(before(main, signature), attachments[0] if attachments else None), annex_ends=date is None)
    rest = after(above, date.number) if date else after(above, body[-1].number if body else 0)
    elements = Elements(
        form=Form.PLAIN,
        serial=_first(head.lines, words.SERIAL),
        secrecy=_first(head.lines, words.SECRECY),
        urgency=_first(head.lines, words.URGENCY),
        mark=head.mark,
        number=head.number,
        issue=head.issue,
        editor=head.editor,
        signer=head.signer,
        rule=rule,
        title=title,
        addressee=addressee,
        body=tuple(line for line in body if _is_body(line)),
        headings=headings_of(body),
        attachments=attachments,
        signature=signature,
        date=date,
        note=next((line for line in rest[:2] if words.NOTE.fullmatch(line.text)), None),
        annexes=_annexes(after(lines, date.number if date else _last(title, head))),
        colophon=colophon,
    )
    return replace(elements, form=_form(elements, kind))


def _title(lines: Sequence[Paragraph], head: Head, rule: RedRule | None) -> tuple[Paragraph, ...]:
    rest = after(lines, max(head.end, rule.paragraph.number - 1 if rule and not rule.paragraph.text else 0))
    likely = [line for line in rest[:TITLE_LINES] if _looks_like_title(line, below_head=bool(head.end))]
    first = next((line for line in likely if line.look.size >= TITLE_SIZE), likely[0] if likely else None)
    if first is None:
        return ()
    found = [first]
    for line in rest[rest.index(first) + 1 :]:
        same = line.shape.align == first.shape.align and abs(line.look.size - first.look.size) < 1
        if line.number != found[-1].number + 1 or not same or not _looks_like_title(line, below_head=True):
            break
        found.append(line)
    return tuple(found)


def _looks_like_title(line: Paragraph, *, below_head: bool) -> bool:
    if line.place is Place.CELL or words.SIGNER.search(line.text):
        return False
    short = len(line.text) <= 120 and not line.text.endswith("。")
    styled = line.shape.style in words.TITLE_STYLES
    centred = line.shape.align == "center"
    return short and (styled or (centred and (below_head or line.look.size >= TITLE_SIZE - 4)) or _worded(line))


def _worded(line: Paragraph) -> bool:
    return words.TITLE.fullmatch(line.text) is not None and line.look.size >= TITLE_SIZE


def _addressee(lines: Sequence[Paragraph], title: Sequence[Paragraph]) -> Paragraph | None:
    """The first line under the title that is not centred, if it names somebody."""
    if not title:
        return None
    rest = [line for line in after(lines, title[-1].number) if line.shape.align != "center"]
    first = rest[0] if rest else None
    if first is None or first.place is not Place.FLOW or first.number > title[-1].number + TITLE_TO_TEXT:
        return None
    plain = words.ADDRESSEE.fullmatch(first.text) and not words.HEADINGS[0].match(first.text)
    return first if plain and not words.ATTACHMENTS.match(first.text) else None


def _is_date(line: Paragraph) -> bool:
    return words.DATE_LINE.fullmatch("".join(line.text.split())) is not None and line.place is not Place.CELL


def _signature(lines: Sequence[Paragraph], date: Paragraph | None) -> Paragraph | None:
    """The line above the date, if it stands on the right and is no sentence."""
    if date is None or not lines:
        return None
    line = lines[-1]
    placed = line.shape.align in {"right", "center"} or line.shape.left + line.shape.first > 4 * line.look.size
    spaced = len(line.raw) - len(line.raw.lstrip()) >= 4
    name = len(line.text) <= LONGEST_SIGNATURE and line.text[-1] not in words.LAST_PUNCTUATION
    return line if name and (placed or spaced) and line.place is not Place.CELL else None


def _attachments(document: Document, lines: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """附件说明: from “附件：” to the next blank line; it must be the last text before the signature."""
    start = next((line for line in lines if words.ATTACHMENTS.match(line.text)), None)
    if start is None:
        return ()
    found = [start]
    for line in document.paragraphs[start.number :]:
        if not line.text or line not in lines:
            break
        found.append(line)
    return tuple(found) if found[-1].number == lines[-1].number else ()


def _body(lines: Sequence[Paragraph], *, annex_ends: bool) -> list[Paragraph]:
    found = []
    for line in lines:
        if annex_ends and words.ANNEX.fullmatch(line.text):
            break
        if line.place is Place.FLOW:
            found.append(line)
    return found


def _is_body(line: Paragraph) -> bool:
    """Running text: no centred line, caption or note."""
    return line.shape.align not in {"center", "right"} and not words.CAPTION.match(line.text)


def _annexes(lines: Sequence[Paragraph]) -> tuple[Annex, ...]:
    found = []
    for line in lines:
        if line.place is Place.CELL or not words.ANNEX.fullmatch(line.text):
            continue
        rest = after(lines, line.number)
        title = [below for below in rest[:1] if below.shape.align == "center" or below.look.size >= TITLE_SIZE]
        for below in rest[1:3]:
            if title and below.number == title[-1].number + 1 and below.shape.align == "center":
                title.append(below)
        blanks = title[0].number - line.number - 1 if title else 0
        found.append(Annex(line, tuple(title), blanks))
    return tuple(found)


def _form(elements: Elements, kind: PaperKind | None) -> Form:
    told = FORM_OF.get(kind) if kind else None
    if told is not None and told is not Form.GENERAL:
        return told
    if elements.issue is not None:
        return Form.BULLETIN
    if elements.number is not None and elements.mark and _is_letter(elements):
        return Form.LETTER
    if told is not None:
        return told
    for form, endings in words.MARK_FORMS:
        if elements.mark and (
            elements.mark_text.endswith(endings) or (form == "SLIP" and elements.title_text.endswith(endings))
        ):
            return Form[form]
    return Form.GENERAL if elements.mark and elements.number else Form.PLAIN


def _is_letter(elements: Elements) -> bool:
    """10.1: the number stands at the right edge, under a double line, and the mark has no “文件”."""
    on_right = elements.number is not None and elements.number.shape.align == "right"
    return on_right and not elements.mark_text.endswith(words.DOCUMENT_WORD)


def _first(lines: Sequence[Paragraph], pattern: re.Pattern[str]) -> Paragraph | None:
    return next((line for line in lines if pattern.fullmatch(line.text)), None)


def _last(title: Sequence[Paragraph], head: Head, addressee: Paragraph | None = None) -> int:
    return max(head.end, title[-1].number if title else 0, addressee.number if addressee else 0)
