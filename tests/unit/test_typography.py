"""Copied text set as official papers set it: marks, spaces and dashes change, words never do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.typography import normalised, rejoined


@pytest.mark.parametrize(
    ("copied", "set_right"),
    [
        ("(二)居民自治原则。", "（二）居民自治原则。"),
        ("(十一) 社区居委会职责。(1) 负责", "（十一）社区居委会职责。（1）负责"),
        ("调查摸底阶段(7月30日前)。", "调查摸底阶段（7月30日前）。"),
        ("（8月11日-12月30日）", "（8月11日—12月30日）"),
        ("2018年-2020年", "2018年—2020年"),
        ("2018年—2020年", "2018年—2020年"),
        ("完成30%-40%的任务", "完成30%～40%的任务"),
        ("从 2018 年开始，利用 3 年", "从2018年开始，利用3年"),
        ("任务的 30%；2019 年", "任务的30%；2019年"),
        ("〔2018〕180 号", "〔2018〕180号"),
        ("《关于印发 2018 年方案的通知》", "《关于印发2018年方案的通知》"),
        ("甲,乙;丙:丁?戊!", "甲，乙；丙：丁？戊！"),
        ("　　现将方案印发", "现将方案印发"),
    ],
)
def test_copied_text_is_set_as_papers_set_it(copied: str, set_right: str) -> None:
    """GB/T 9704 clause 9 by way of GB/T 15834 and 15835."""
    assert normalised(copied) == set_right


@pytest.mark.parametrize("text", ["Word 2016", "f(x)", "0371-66781234", "1.5", "8:30", "GB/T 9704-2012", "（一）总则"])
def test_what_is_no_chinese_typography_stays(text: str) -> None:
    """Latin words, telephones, decimals, times."""
    assert normalised(text) == text


@given(st.text(alphabet="甲乙丙，。()（） 0123456789-—～年月日%一二、《》", max_size=60))
def test_no_word_and_no_figure_is_changed(text: str) -> None:
    """Without marks and spaces both read the same; and to set twice changes nothing more."""

    def words(value: str) -> str:
        return re.sub(r"[^\w%]", "", value)

    assert words(normalised(text)) == words(text)
    assert normalised(normalised(text)) == normalised(text)


def test_a_paragraph_that_a_page_broke_is_joined_again() -> None:
    """It has no stop at its end; what follows has no number."""
    assert rejoined(["甲乙丙，丁", "", "戊己。", "庚。"]) == ["甲乙丙，丁戊己。", "庚。"]


@pytest.mark.parametrize(
    "whole",
    [
        ["一、总则", "为了甲，制定本方案。"],
        ["关于印发方案的通知", "各办事处：", "现将方案印发。"],
        ["甲、乙、丙", "（一）丁。"],
        ["2018年7月19日", "方案"],
    ],
)
def test_headings_titles_and_dates_stay_by_themselves(whole: list[str]) -> None:
    """They end without a stop, too."""
    assert rejoined(whole) == whole
