"""How the papers write dates, times, numbers and lists."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from duban.core import wording
from duban.core.weeks import ZONE


def test_a_date_has_its_full_year_and_no_leading_noughts() -> None:
    """GB/T 9704 7.3.5.4: Arabic figures, 年份标全称, 月、日不编虚位."""
    assert wording.date_text(date(2018, 8, 3)) == "2018年8月3日"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2018, 8, 3, 17, tzinfo=ZONE), "8月3日17时"),
        (datetime(2018, 7, 31, 8, 30, tzinfo=ZONE), "7月31日8时30分"),
        (datetime(2018, 8, 3, 16, 1, tzinfo=UTC), "8月4日0时1分"),
    ],
)
def test_a_moment_is_told_in_the_time_of_shanghai(moment: datetime, text: str) -> None:
    """Minutes only where there are any."""
    assert wording.moment_text(moment) == text


def test_a_list_is_joined_by_the_pause_mark_and_an_empty_one_says_so() -> None:
    """甲、乙, and 无."""
    assert wording.listed(["甲", "乙"]) == "甲、乙"
    assert wording.listed([]) == "无"


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_headings_are_numbered_in_chinese(number: int, text: str) -> None:
    """GB/T 9704 7.3.3."""
    assert wording.ordinal(number) == text


@pytest.mark.parametrize(
    ("change", "prose", "cell"), [(3, "比上期增加3个", "+3"), (0, "与上期持平", "0"), (-2, "比上期减少2个", "−2")]
)
def test_a_change_is_worded_by_its_direction(change: int, prose: str, cell: str) -> None:
    """No change is neither an increase nor a decrease of 0."""
    assert wording.compared(change) == prose
    assert wording.signed(change) == cell


def test_quotes_inside_a_quotation_become_single() -> None:
    """GB/T 15834: the outer pair is double, the inner one single."""
    assert wording.quote("由社区“两委”商议") == "“由社区‘两委’商议”"


def test_what_is_needed_a_week_is_never_rounded_down() -> None:
    """10 in 3 weeks is 3.4 a week, not 3.3."""
    assert wording.rounded_up(Fraction(10, 3)) == "3.4"
    assert wording.rounded_up(Fraction(2)) == "2.0"


def test_a_share_is_printed_without_an_idle_decimal() -> None:
    """30%, not 30.0%."""
    assert wording.share_text(Fraction(3, 10)) == "30%"
    assert wording.share_text(Fraction(1, 3)) == "33.3%"


def test_text_from_outside_loses_what_cannot_be_printed_and_nothing_else() -> None:
    """Control characters go, line breaks and tabs become a space; signs and rare characters stay."""
    assert wording.plain("面积<90㎡\n且\t>60㎡\x00\x0b㙟&{{x}}") == "面积<90㎡ 且 >60㎡㙟&{{x}}"
