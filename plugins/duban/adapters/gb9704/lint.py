"""`lint`: one .docx, every declared check, one report."""

from collections import Counter
from collections.abc import Iterable, Sequence

from duban.adapters.gb9704 import (
    probes_annexes,
    probes_colophon,
    probes_file,
    probes_head,
    probes_ink,
    probes_kind,
    probes_page,
    probes_pdf,
    probes_signature,
    probes_table,
    probes_text,
    probes_title,
    texts,
)
from duban.adapters.gb9704.classify import classify
from duban.adapters.gb9704.printed import RenderedPdf
from duban.adapters.gb9704.probing import Entry, Hit, Skip, Subject
from duban.adapters.gb9704.profiles import chosen
from duban.adapters.gb9704.reading import read_document
from duban.adapters.gb9704.rules import RULES
from duban.adapters.gb9704.wordings import WORDINGS
from duban.core.conformance import Deviation, LintFacts, LintReport, Need, NotChecked, Rule, Where
from duban.core.papers import PaperKind

PROBES: tuple[Entry, ...] = (
    *probes_text.ENTRIES,
    *probes_file.ENTRIES,
    *probes_page.ENTRIES,
    *probes_head.ENTRIES,
    *probes_title.ENTRIES,
    *probes_annexes.ENTRIES,
    *probes_signature.ENTRIES,
    *probes_colophon.ENTRIES,
    *probes_table.ENTRIES,
    *probes_kind.ENTRIES,
    *probes_pdf.ENTRIES,
    *probes_ink.ENTRIES,
)

MOST_SHOWN = 20
"""Different findings of one kind that are told one by one; the others are counted together."""


def lint(
    content: bytes,
    *,
    profile: str | None = None,
    kind: PaperKind | None = None,
    facts: LintFacts | None = None,
    rendered: RenderedPdf | None = None,
) -> LintReport:
    """What a .docx, ours or anybody's, has of GB/T 9704-2012.

    `profile` is `A` or `B`, None the nearer one; `rendered` its pages, for what only they show. A check whose need is
    missing is in `not_checked`. Raises UsageError, in Chinese, for a file that cannot be read.
    """
    document = read_document(content)
    page = chosen(profile, document.sections[0])
    elements = classify(document, kind)
    subject = Subject(document, elements, page, kind, facts or LintFacts(), rendered)
    findings: list[Deviation] = []
    passed: list[str] = []
    skipped: list[NotChecked] = []
    for rule in RULES:
        hits, reasons, whole = _looked_at(rule, subject, known=facts is not None)
        findings += _grouped(rule, hits)
        skipped += [NotChecked(rule.id, reason) for reason in reasons]
        passed += [rule.id] if whole and not hits else []
    return LintReport(elements.form, page.key, elements.found(), tuple(findings), tuple(passed), tuple(skipped))


def _looked_at(rule: Rule, subject: Subject, *, known: bool) -> tuple[list[Hit], list[str], bool]:
    """Departures, reasons why something was not looked at, and whether any part was looked at without reserve."""
    if not rule.needs:
        return [], [texts.BY_HAND], False
    hits: list[Hit] = []
    reasons: list[str] = []
    whole = False
    for need in rule.needs:
        lacking = _lacking(need, subject, known=known)
        if lacking:
            reasons.append(lacking)
            continue
        for id_, needed, probe in PROBES:
            if (id_, needed) == (rule.id, need):
                outcomes = list(probe(subject))
                hits += [outcome for outcome in outcomes if isinstance(outcome, Hit)]
                left_out = [outcome.reason for outcome in outcomes if isinstance(outcome, Skip)]
                reasons += left_out
                whole = whole or not left_out
    return hits, list(dict.fromkeys(reasons)), whole


def _lacking(need: Need, subject: Subject, *, known: bool) -> str | None:
    if need in {Need.PDF, Need.INK} and subject.printed is None:
        return texts.NO_PDF
    if need is Need.FACTS and not known:
        return texts.NO_FACTS.format(what=texts.ANY_FACTS)
    return None


def _grouped(rule: Rule, hits: Sequence[Hit]) -> Iterable[Deviation]:
    """One deviation a variant and finding, with the first place and the number of places."""
    groups: dict[tuple[str, str, str], list[Hit]] = {}
    shown: Counter[str] = Counter()
    for hit in hits:
        own = (hit.variant, hit.found, hit.expected)
        if own not in groups:
            shown[hit.variant] += 1
        groups.setdefault(own if shown[hit.variant] <= MOST_SHOWN else (hit.variant, "", ""), []).append(hit)
    return [_deviation(rule, same[0], len(same)) for same in groups.values()]


def _deviation(rule: Rule, hit: Hit, count: int) -> Deviation:
    wording = WORDINGS[hit.variant]
    expected = hit.expected or wording.expected
    told = wording.text.format(found=hit.found, expected=expected)
    more = texts.AND_MORE.format(count=count) if count > 1 else ""
    message = f"{_place(hit.where)}{told}{more}。"
    strength = wording.strength or rule.strength
    return Deviation(rule.id, hit.variant, rule.clause, strength, hit.where, hit.found, expected, message, count)


def _place(where: Where) -> str:
    """The place in words: 正文第3段“……”：."""
    part = texts.PART_NAMES.get(where.part.rsplit("/", 1)[-1].rstrip("0123456789.xml"), where.part)
    place = part if where.part else ""
    place += texts.PARAGRAPH.format(number=where.paragraph) if where.paragraph else ""
    place += texts.PAGE.format(number=where.page) if where.page else ""
    place += f"“{where.excerpt}”" if where.excerpt else ""
    return f"{place}：" if place else ""
