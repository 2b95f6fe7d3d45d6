"""Titles broken into lines by sense (GB/T 9704 7.3.1)."""

import pytest

from duban.core.titles import LIMIT, title_lines, width

OFFICE = "经开区住宅小区管理提升工作领导小组办公室"
NAMES = (OFFICE, "郑州经济技术开发区房管局", "住宅小区管理提升工作", "明湖办事处")
TITLES = (
    f"{OFFICE}关于报送住宅小区管理提升工作周报的通知",
    f"{OFFICE}关于2018年7月住宅小区管理提升工作进展情况的通报",
    "郑州经济技术开发区房管局关于2018年第三季度住宅小区管理提升工作进展情况的报告",
    f"{OFFICE}关于更正郑经小区办〔2018〕3号文件有关数据的通报",
    f"关于转发《{OFFICE}关于2018年7月住宅小区管理提升工作进展情况的通报》的通知",
    "关于&<甲>{{ x }}小区有关事项逾期情况的通报" * 2,
    "名" * 60,
    "A" * 100,
)


@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_too_long_and_nothing_is_lost(title: str) -> None:
    """156 mm hold twenty characters of 22 pt."""
    lines = title_lines(title, NAMES)
    assert "".join(lines) == title
    assert all(0 < width(line) <= LIMIT for line in lines)


def test_a_short_title_is_one_line() -> None:
    """Nothing is broken that fits."""
    assert title_lines("催办通知单") == ("催办通知单",)


def test_a_title_is_broken_after_the_issuer_and_before_what_it_is_about() -> None:
    """词意完整."""
    assert title_lines(TITLES[0], NAMES) == (OFFICE, "关于报送住宅小区管理提升工作周报的通知")


@pytest.mark.parametrize("title", TITLES[:4])
def test_the_lines_form_a_trapezium_or_a_diamond(title: str) -> None:
    """They grow, shrink, or grow and then shrink."""
    widths = [width(line) for line in title_lines(title, NAMES)]
    widest = widths.index(max(widths))
    assert widths[: widest + 1] == sorted(widths[: widest + 1])
    assert widths[widest:] == sorted(widths[widest:], reverse=True)


@pytest.mark.parametrize("title", TITLES[:6])
def test_no_line_begins_with_a_particle_or_closing_mark_nor_ends_with_an_opening_one(title: str) -> None:
    """Never before 的, and never between 《 and what it opens."""
    for line in title_lines(title, NAMES):
        assert line[0] not in "的和与、》”）〕"
        assert line[-1] not in "《“（〔"


@pytest.mark.parametrize("whole", ["2018年第三季度", "住宅小区管理提升工作", "郑经小区办〔2018〕3号", "2018年7月"])
def test_names_and_numbers_stay_on_one_line(whole: str) -> None:
    """A date, a number of a paper, a name."""
    for title in TITLES[:4]:
        if whole in title:
            assert any(whole in line for line in title_lines(title, NAMES))
