"""The source's own paper, typeset by our engine: no word of it changed, and nothing for the checker to find."""

import re
from datetime import date
from pathlib import Path

import pytest

from duban.adapters.gb9704 import lint, render_pdf
from duban.adapters.word.issued import typeset
from duban.adapters.word.readback import lines_of
from duban.core.conformance import LintFacts
from duban.core.errors import UsageError
from duban.core.issued_text import read_issued_text
from fakes.fonts import FONTS, printing

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "docs" / "source" / "zjgb-2018-92.txt").read_text(encoding="utf-8")
TEXT = read_issued_text(SOURCE)
PAPER = typeset(TEXT)
ADDED = [TEXT.issuer, f"{TEXT.issuer} {TEXT.dated}印发"]  # 署名, 版记
FACTS = LintFacts(
    issuer=TEXT.issuer,
    number=TEXT.number,
    dated=date(2018, 7, 19),
    to=("出口加工区管委", "国际物流园区管委", "区直各部门", "各办事处", "各有关单位"),
    genre="通知",
    sealed=True,
    upward=False,
    rebuilt=typeset(read_issued_text(SOURCE)),
)


def words(text: str) -> str:
    """A text without what typography may change: spaces, brackets' and dashes' widths."""
    return re.sub(r"\s", "", text).translate(str.maketrans("()-", "（）—"))


def test_every_word_of_the_source_stands_in_the_paper_in_its_order() -> None:
    """And no other but the signature and the 版记."""
    lines = [line for line in lines_of(PAPER) if line]
    for added in ADDED:
        lines.remove(added)
    assert lines[-2:] == ["—  —", "—  —"]  # page numbers
    assert words("".join(lines[:-2])) == words(SOURCE)


def test_the_elements_of_the_source_are_told_apart() -> None:
    """Mark, number, title in its lines, addressees, text, date, and the plan that it issues."""
    assert TEXT.mark == f"{TEXT.issuer}文件" == "郑州经济技术开发区管理委员会办公室文件"
    assert TEXT.number == "郑经管办〔2018〕92号"
    assert TEXT.title == (TEXT.issuer, "关于印发经开区住宅小区管理提升工作", "实施方案的通知")
    assert (len(TEXT.body), TEXT.dated, TEXT.attached_title) == (
        1,
        "2018年7月19日",
        "经开区住宅小区管理提升工作实施方案",
    )
    assert [one.heading for one in TEXT.attached if one.level == 1] == [
        "一、指导思想",
        "二、工作目标",
        "三、组织领导",
        "四、基本原则",
        "五、工作内容",
        "六、职责分工",
        "七、实施步骤",
        "八、工作要求",
    ]
    assert "（三）全面实施阶段（8月11日—12月30日）。" in [one.heading for one in TEXT.attached if one.level == 2]


def test_a_text_without_number_is_no_paper() -> None:
    """The user is told what is missing."""
    with pytest.raises(UsageError, match="发文字号"):
        read_issued_text("关于印发方案的通知\n各办事处：\n现将方案印发。\n2018年7月19日\n方案")


def test_the_committed_example_is_what_the_engine_builds() -> None:
    """duban examples build, after every change of the engine."""
    assert (ROOT / "examples" / "zjgb-2018-92.docx").read_bytes() == PAPER


def test_the_checker_finds_nothing_in_the_file() -> None:
    """Not a warning either."""
    report = lint(PAPER, facts=FACTS)
    assert [finding.message for finding in report.findings] == []


@printing
def test_the_checker_finds_nothing_on_the_pages() -> None:
    """As LibreOffice prints them: the first page with its text and date, the 版记 on an even page."""
    rendered = render_pdf(PAPER, fonts=FONTS)
    report = lint(PAPER, facts=FACTS, rendered=rendered)
    assert [finding.message for finding in report.findings] == []
    assert len(rendered.pages) % 2 == 0
