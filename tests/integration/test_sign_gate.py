"""The linter stands before the signature: what breaks a rule that is laid down gets neither signature nor number."""

import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from sqlalchemy import Engine

from duban.adapters.gb9704 import lint
from duban.adapters.word import DocxComposer
from duban.core.conformance import Deviation, LintFacts, LintReport, Strength, Where
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.pipeline.drafting import Desk
from fakes.every_paper import contents
from fakes.signing import REVIEWED, REVIEWER, SIGNED, SIGNER, SigningDesk, refused

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Base documents that somebody may spoil in Word."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path, templates: Path) -> SigningDesk:
    return SigningDesk.on(engine, plan, tmp_path, DocxComposer(templates), lint)


def reviewed(desk: SigningDesk) -> PaperRecord:
    """A real 催办通知单, reviewed."""
    content = contents()[PaperKind.URGE]
    filed = Desk(desk.plan, desk.composer, desk.register, desk.shelf).file(content, "urge/BG.docx")
    return desk.sign.review(filed.id, REVIEWER, max(REVIEWED, content.as_of))


def spoil_margin(template: Path, millimetres: int) -> None:
    document = docx.Document(str(template))
    for section in document.sections:
        section.left_margin = Mm(millimetres)
    document.save(str(template))


def test_a_template_with_other_margins_is_not_signed_and_takes_no_number(desk: SigningDesk, templates: Path) -> None:
    """The sentence names clause, finding and what is wanted; the next paper has the number that was not taken."""
    spoil_margin(templates / "urge.docx", 20)
    paper = reviewed(desk)

    told = refused(lambda: desk.sign.sign(paper.id, SIGNER, SIGNED))

    assert f"第 {paper.id} 号文书" in told
    assert "5.2.1（C13）" in told
    assert "订口） 20 mm，应为 28±1 mm" in told
    assert desk.life.open(paper.id).record == paper
    assert desk.books.numbers() == []
    mended = replace(desk, composer=DocxComposer(TEMPLATES))  # the next process: a base document is read once in each
    assert mended.sign.sign(paper.id, SIGNER, SIGNED).number == "东整催〔2018〕1号"


def test_what_only_warns_is_signed(desk: SigningDesk, templates: Path) -> None:
    """一般 and 推荐 are for the signer to weigh."""
    document = docx.Document(str(templates / "urge.docx"))
    document.styles["公文正文"].font.size = Pt(15)
    document.save(str(templates / "urge.docx"))

    assert desk.sign.sign(reviewed(desk).id, SIGNER, SIGNED).state is PaperState.SIGNED


def test_a_fault_of_the_finished_paper_alone_takes_back_its_number(desk: SigningDesk) -> None:
    """The bytes that are signed are looked at, not only those on trial."""
    fault = Deviation("C06", "C06.taken", "7.2.5", Strength.RULE, Where(), "1号", "2号", "发文字号已经用过。")
    seen: list[str | None] = []

    def second_look(content: bytes, *, kind: PaperKind | None, facts: LintFacts | None) -> LintReport:
        report = lint(content, kind=kind, facts=facts)
        seen.append(facts.number if facts else None)
        return replace(report, findings=(fault,)) if len(seen) == 2 else report

    paper = reviewed(desk)
    told = refused(lambda: replace(desk, linter=second_look).sign.sign(paper.id, SIGNER, SIGNED))

    assert seen == ["东整催〔2018〕9999号", "东整催〔2018〕1号"]
    assert "7.2.5（C06）发文字号已经用过，应为：2号" in told
    assert desk.books.numbers() == []
    assert desk.sign.sign(paper.id, SIGNER, SIGNED).number == "东整催〔2018〕1号"
