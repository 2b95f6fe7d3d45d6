"""Corrected figures as the 更正通报 and the 更正 box print them."""

from duban.core.corrected import corrected
from duban.core.figures import Figures
from duban.core.papers import Figure
from duban.pipeline.corrected_rows import corrected_rows
from fakes.small_plan import SMALL_PLAN


def test_offices_stand_in_the_order_of_the_plan_and_the_district_last() -> None:
    """Not in that of their codes, by which the register keeps figures."""
    keys = ("BG.rank", "NM.committees.done", "NM.rank", "XC.rank", "district.committees.done")
    found = corrected([Figure(key, "1", "") for key in keys], [Figure(key, "2", "") for key in keys])

    rows = corrected_rows(SMALL_PLAN, found, Figures())

    told = [(row["office"], row["part"]) for row in rows]
    assert told == [
        ("南门办事处", "committees.done"),
        ("南门办事处", "rank"),
        ("北关办事处", "rank"),
        ("西昌办事处", "rank"),
        ("全区", "committees.done"),
    ]
