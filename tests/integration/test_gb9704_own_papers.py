"""The papers of this repository keep the standard that they are checked against."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.adapters.gb9704 import RenderedPdf, lint, render_pdfs
from duban.adapters.gb9704.printed import Box
from duban.adapters.word import DocxComposer
from duban.core.conformance import Level, LintFacts
from duban.core.genres import WITH_HEAD_LINES
from duban.core.numbering import printed
from duban.core.paper_numbers import numbered_texts
from duban.core.papers import PaperKind
from duban.core.release import facts_of
from duban.core.signing import signed_content
from duban.pipeline.drafting import issuer_fields
from duban.pipeline.weekly_report import WeeklyReport
from fakes import formal_papers
from fakes import paper_scenes as scenes
from fakes.every_paper import contents
from fakes.fonts import FONTS, printing
from fakes.formal_papers import PLAN
from fakes.paper_ports import FakeLedger, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

TEMPLATES = Path(__file__).parents[2] / "templates"
COMPOSER = DocxComposer(TEMPLATES)
DRAFT = LintFacts(draft=True)
DAY = date(2018, 10, 9)
CHARACTER = 16 / 72 * 25.4
A_QUARTER = CHARACTER / 4
LEFT_TO_TEXTS = {"C46", "C60"}
"""Clauses are quoted as they stand; how a paragraph ends depends on how long its names are."""


@pytest.fixture(scope="module")
def composed() -> dict[PaperKind, bytes]:
    """One draft of every kind that is drafted apart from the ladder."""
    shelf = MemoryShelf()
    records = [record for record in formal_papers.drafts(COMPOSER, shelf).values() if record is not None]
    ledger = FakeLedger(scenes.MID_SEASON_RETURNS)
    weekly = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), ledger, desk_of(COMPOSER, shelf))
    weekly.draft(scenes.CUTOFF)
    papers = {record.kind: shelf.files[record.path] for record in records}
    (report,) = shelf.files.keys() - {record.path for record in records}
    return {**papers, PaperKind.WEEKLY_REPORT: shelf.files[report]}


def test_no_draft_breaks_what_is_laid_down(composed: dict[PaperKind, bytes]) -> None:
    """Nothing that would keep a paper from being signed, but for the number that is still to come."""
    broken = {
        kind: [f.message for f in lint(paper, kind=kind, facts=DRAFT).findings] for kind, paper in composed.items()
    }
    assert {kind: messages for kind, messages in broken.items() if messages} == {}
    assert len(composed) > 5


def test_a_draft_cannot_be_signed_without_its_number(composed: dict[PaperKind, bytes]) -> None:
    """〔待编〕 in a paper that is no draft fails."""
    report = lint(composed[PaperKind.WEEKLY_REPORT], kind=PaperKind.WEEKLY_REPORT)
    assert not report.conforms


@pytest.mark.parametrize("kind", sorted(WITH_HEAD_LINES))
def test_what_the_plan_says_of_a_papers_head_is_printed_where_the_standard_has_it(kind: PaperKind) -> None:
    """份号, 密级, 紧急程度 one under the other at the left of the head; the mark stays where it is (7.2.1 to 7.2.4)."""
    marked = replace(PLAN.paper(kind), copy_number="000123", secrecy="机密★1年", urgency="特急")
    content = contents()[kind]
    issuer = next(issuer for issuer in PLAN.issuers if issuer.name == content.fields["issuer"])
    lines = {name: issuer_fields(marked, issuer, content.as_of)[name] for name in ("copy_number", "secrecy", "urgency")}
    paper = DocxComposer(TEMPLATES, numbered_texts(marked)).compose(
        replace(content, fields={**content.fields, **lines})
    )
    report = lint(paper, kind=kind, facts=DRAFT)
    told = [report.elements[name] for name in ("份号", "密级", "紧急程度")]
    assert told == ["000123", "机密★1年", "特急"]
    assert report.findings == ()


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_paper_can_be_signed(kind: PaperKind) -> None:
    """With its number and the day of its signature, and with all that signing knows of it, none is refused."""
    paper, facts = signed(kind)
    report = lint(paper, kind=kind, facts=facts)
    assert [finding.message for finding in report.findings if finding.level is Level.FAIL] == []
    assert {"C05", "C07", "C08"} - set(report.passed) <= {one.id for one in report.not_checked}


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_paper_can_be_signed_by_an_issuer_whose_mark_is_its_full_name(kind: PaperKind) -> None:
    """As 房管局 issues under 郑州经济技术开发区房管局."""
    paper, facts = signed(kind, district="郑州经济技术开发区")
    assert [
        finding.message for finding in lint(paper, kind=kind, facts=facts).findings if finding.level is Level.FAIL
    ] == []


@printing
def test_every_signed_paper_keeps_the_standard_on_its_pages() -> None:
    """As LibreOffice prints them, not a warning either."""
    papers = {kind: signed(kind) for kind in PaperKind}
    printed_papers = render_pdfs([paper for paper, _ in papers.values()], fonts=FONTS)
    told = {}
    for (kind, (paper, facts)), pages in zip(papers.items(), printed_papers, strict=True):
        findings = lint(paper, kind=kind, facts=facts, rendered=pages).findings
        told[kind] = [f"{finding.id} {finding.message}" for finding in findings if finding.id not in LEFT_TO_TEXTS]
    assert {kind: messages for kind, messages in told.items() if messages} == {}


@printing
def test_the_name_stands_over_the_middle_of_its_date_as_it_is_printed() -> None:
    """7.3.5.1, with a short name and a long one; where there is no seal the date begins two characters after it."""
    kinds = (PaperKind.YEAR_ASSESSMENT, PaperKind.REVOCATION, PaperKind.DEPARTMENT_LIST)
    short, long, unsealed = map(foot_of, render_pdfs([signed(kind)[0] for kind in kinds], fonts=FONTS))
    for name, day in (short, long):
        assert abs((name.left + name.right) - (day.left + day.right)) / 2 < A_QUARTER
    name, day = unsealed
    assert abs(day.left - name.left - 2 * CHARACTER) < A_QUARTER


def foot_of(paper: RenderedPdf) -> tuple[Box, Box]:
    """The line of the name and that of the date under it, on the last page that has them."""
    lines = [line for page in paper.pages for line in page.lines]
    at = next(at for at, line in enumerate(lines) if line.text == "2018年10月9日")
    return lines[at - 1], lines[at]


def signed(kind: PaperKind, district: str = "") -> tuple[bytes, LintFacts]:
    """A paper of this kind as it is issued, and what signing knows of it; its issuer's mark names the `district`."""
    content = contents()[kind]
    issuer = next(issuer for issuer in PLAN.issuers if issuer.name == content.fields["issuer"])
    issuer = replace(issuer, mark=district + issuer.mark)
    content = replace(content, fields={**content.fields, "mark": issuer.mark})
    number = printed(PLAN.paper(kind), issuer, 2018, 12)
    final = signed_content(content, number, issuer.signer.name, DAY)
    return COMPOSER.compose(final), facts_of(issuer, final, DAY)
