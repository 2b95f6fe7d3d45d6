"""An issued 公文 typeset from its text: head, title, text, date, the text that it issues, 版记 (GB/T 9704-2012)."""

import io
import re
from collections.abc import Iterable
from datetime import datetime

from duban.adapters.word import oxml
from duban.adapters.word.base import set_properties
from duban.adapters.word.fitting import fit
from duban.adapters.word.paper import BasePaper
from duban.adapters.word.sheet import KAITI, MARK_DROP
from duban.core.issued_text import IssuedText, Paragraph
from duban.core.weeks import ZONE
from duban.core.zips import normalised

SEAL_ROOM = 1
"""Blank lines above 署名: a notice of a few lines stays on its first page with its date (7.3.5.5)."""

_PAGE_BREAK = "<w:pageBreakBefore/>"


def typeset(text: IssuedText) -> bytes:
    """The .docx of `text`; the same text gives the same bytes.

    Three things are added that the standard wants and a copy leaves out: 署名, the 版记 with issuer and date, page
    numbers. What a notice issues is no 附件: it begins on a page of its own, without label.
    """
    paper = BasePaper("".join(text.title))
    _head(paper, text)
    for paragraph in text.body:
        _set(paper, paragraph)
    paper.blank(SEAL_ROOM)
    paper.text("Signature", text.issuer)
    paper.text("Dated", text.dated)
    _attached(paper, text.attached_title, text.attached)
    paper.colophon((f"{text.issuer}\t{text.dated}印发", ""))
    return _finished(paper, text)


def _head(paper: BasePaper, text: IssuedText) -> None:
    paper.drop(MARK_DROP)
    paper.text("Mark", text.mark)
    paper.blank(2)
    paper.text("FileNumber", text.number)
    paper.red_rule()
    paper.blank(2)
    paper.text("Title", "\n".join(text.title))
    paper.blank()
    paper.text("Addressee", text.addressee)


def _attached(paper: BasePaper, title: str, paragraphs: Iterable[Paragraph]) -> None:
    """The issued text from the head of a new page, its title on the third line like an annex's (7.3.7)."""
    paper.part(oxml.paragraph("Normal", "", _PAGE_BREAK))
    paper.blank()
    paper.text("AnnexTitle", title)
    paper.blank()
    for paragraph in paragraphs:
        _set(paper, paragraph)


def _set(paper: BasePaper, paragraph: Paragraph) -> None:
    """A heading of the first level alone, one of the second before its text in 楷体, or text (7.3.3)."""
    if paragraph.level == 1:
        paper.heading(paragraph.heading)
    elif paragraph.level == 2:  # （一）
        heading = oxml.run(paragraph.heading, fonts=oxml.fonts(KAITI))
        paper.part(oxml.paragraph_of("BodyText", heading + oxml.runs(paragraph.text)))
    else:
        paper.body(paragraph.text)


def _finished(paper: BasePaper, text: IssuedText) -> bytes:
    document = paper.document()
    fit(document.element)
    year, month, day = map(int, re.findall(r"\d+", text.dated))
    set_properties(
        document, title="".join(text.title), author=text.issuer, created=datetime(year, month, day, tzinfo=ZONE)
    )
    package = io.BytesIO()
    document.save(package)
    return normalised(package.getvalue())
