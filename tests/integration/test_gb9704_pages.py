"""The checker on printed pages: LibreOffice lays the papers out, poppler measures text and ink."""

from datetime import date

import pytest

from duban.adapters.gb9704 import RULES, RenderedPdf, lint, render_pdf, render_pdfs
from duban.core.conformance import LintFacts, Need
from duban.core.errors import UsageError
from fakes import gb9704_documents as papers
from fakes.fonts import FONTS, printing
from fakes.gb9704_mutations import BASES, LETTER, NOTICE, ODD_PAGES, ON_THE_PAGES, Base, Mutation

pytestmark = printing


@pytest.fixture(scope="module")
def pages() -> dict[bytes, RenderedPdf]:
    """Every paper of this module, laid out in one go."""
    mutations = (*ON_THE_PAGES, ODD_PAGES)
    contents = [papers.packed(base.parts()) for base in BASES] + [mutation.applied() for mutation in mutations]
    return dict(zip(contents, render_pdfs(contents, fonts=FONTS), strict=True))


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_a_conforming_paper_has_no_finding_on_its_pages(base: Base, pages: dict[bytes, RenderedPdf]) -> None:
    """Whatever is measured is where the standard wants it."""
    content = papers.packed(base.parts())
    report = lint(content, kind=base.kind, rendered=pages[content])
    assert [finding.message for finding in report.findings] == []


@pytest.mark.parametrize("mutation", ON_THE_PAGES, ids=lambda mutation: f"{mutation.check} {mutation.what}")
def test_one_fault_on_the_page_fails_its_check(mutation: Mutation, pages: dict[bytes, RenderedPdf]) -> None:
    """And no other, but for those listed beside it."""
    content = mutation.applied()
    report = lint(content, kind=mutation.base.kind, rendered=pages[content])
    failed = {finding.id for finding in report.findings}
    assert failed == mutation.expected, [finding.message for finding in report.findings]


def test_every_check_of_the_pages_has_a_mutation() -> None:
    """C40 has its own test below."""
    wanted = {rule.id for rule in RULES if {Need.PDF, Need.INK} & set(rule.needs)} - {"C40"}
    assert wanted - {mutation.check for mutation in ON_THE_PAGES} == set()


def test_a_two_sided_paper_ends_on_an_even_page(pages: dict[bytes, RenderedPdf]) -> None:
    """The notice has six pages, with a page of blank lines seven (C40)."""
    facts = LintFacts(two_sided=True)
    for content, odd in ((papers.packed(NOTICE.parts()), set()), (ODD_PAGES.applied(), ODD_PAGES.expected)):
        report = lint(content, rendered=pages[content], facts=facts)
        assert {finding.id for finding in report.findings} == odd, [finding.message for finding in report.findings]


def test_nothing_is_left_out_where_all_is_known(pages: dict[bytes, RenderedPdf]) -> None:
    """With pages and facts only what a person must judge, or what this paper does not have, is not checked."""
    content = papers.packed(NOTICE.parts())
    facts = LintFacts(
        issuer=papers.OFFICE,
        issuers=(papers.OFFICE,),
        number="东管办〔2018〕92号",
        dated=date(2018, 7, 19),
        to=("南门办事处",),
        must_copy=("区督查室",),
        genre="通知",
        sealed=True,
        upward=False,
        approved=True,
        two_sided=True,
        texts=("请于2018年8月10日前将落实情况报送我办。",),
        figures=("36",),
        rebuilt=content,
    )
    report = lint(content, kind=None, facts=facts, rendered=pages[content])
    assert report.findings == ()
    assert {skipped.id for skipped in report.not_checked} == {"C44", "C55", "C56", "C57", "C58", "C61", "C62"}


def test_the_letter_has_no_page_number_on_its_first_page(pages: dict[bytes, RenderedPdf]) -> None:
    """10.1; the first page alone."""
    report = lint(papers.packed(LETTER.parts()), rendered=pages[papers.packed(LETTER.parts())])
    assert "C43" in report.passed


def test_what_libreoffice_does_not_like_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn file, or a machine without LibreOffice."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UsageError, match="没有找到 LibreOffice"):
        render_pdf(papers.packed(NOTICE.parts()))
