"""What may be released: what a checker is told of a paper that is about to be signed, and the refusal of one that fails
(GB/T 9704-2012; domain.md §7).
"""

from datetime import date

from duban.core import signing_texts as texts
from duban.core.conformance import Level, LintFacts, LintReport
from duban.core.errors import UsageError
from duban.core.genres import GENRES, Direction
from duban.core.issuers import Issuer
from duban.core.papers import PaperContent, PaperRecord

MOST_TOLD = 3
"""Faults that are told one by one; the others are counted."""


def facts_of(issuer: Issuer, content: PaperContent, day: date) -> LintFacts:
    """All that is known of the signed paper `content` beside its file; `day` is its 成文日期."""
    genre = GENRES[content.kind]
    number = content.fields.get("number")
    return LintFacts(
        issuer=issuer.name,
        issuers=(issuer.name, issuer.mark),
        number=str(number) if number else None,
        dated=day,
        to=content.to,
        must_copy=content.cc,
        genre=genre.word,
        upward=genre.direction is Direction.UP,
        approved=bool(content.fields.get("decision")) if genre.decided else None,
        phones=(issuer.telephone,),
        quoted=content.quoted,
    )


def require_conforming(record: PaperRecord, report: LintReport) -> None:
    """Raise UsageError, with clause, finding and what was expected, when a rule that is laid down is broken."""
    faults = [finding for finding in report.findings if finding.level is Level.FAIL]
    if faults:
        raise UsageError(texts.not_conforming(record, faults[:MOST_TOLD], len(faults)))
