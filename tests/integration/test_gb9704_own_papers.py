"""The papers of this repository keep the standard that they are checked against."""

from datetime import date
from pathlib import Path

import pytest

from duban.adapters.gb9704 import lint
from duban.adapters.word import DocxComposer
from duban.core.conformance import Level, LintFacts
from duban.core.numbering import printed
from duban.core.papers import PaperKind
from duban.core.release import facts_of
from duban.core.signing import signed_content
from duban.pipeline.weekly_report import WeeklyReport
from fakes import formal_papers
from fakes import paper_scenes as scenes
from fakes.every_paper import contents
from fakes.formal_papers import PLAN
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")
DRAFT = LintFacts(draft=True)
DAY = date(2018, 10, 9)


@pytest.fixture(scope="module")
def composed() -> dict[PaperKind, bytes]:
    """One draft of every kind that is drafted apart from the ladder."""
    shelf = MemoryShelf()
    records = [record for record in formal_papers.drafts(COMPOSER, shelf).values() if record is not None]
    ledger = FakeLedger(scenes.MID_SEASON_RETURNS)
    weekly = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), ledger, COMPOSER, MemoryRegister(), shelf)
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


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_paper_can_be_signed(kind: PaperKind) -> None:
    """With its number and the day of its signature, and with all that signing knows of it, none is refused."""
    content = contents()[kind]
    issuer = next(issuer for issuer in PLAN.issuers if issuer.name == content.fields["issuer"])
    number = printed(PLAN.paper(kind), issuer, 2018, 12)
    signed = signed_content(content, number, issuer.signer.name, DAY)
    report = lint(COMPOSER.compose(signed), kind=kind, facts=facts_of(issuer, signed, DAY))
    assert [finding.message for finding in report.findings if finding.level is Level.FAIL] == []
    assert {"C05", "C07", "C08"} - set(report.passed) <= {one.id for one in report.not_checked}
