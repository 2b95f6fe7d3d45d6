"""The city's roll-up: sums, rates of sums, ranks among districts."""

from fractions import Fraction

from duban.core.city import Together, in_order_of_merit, together
from duban.pipeline.city_documents import city_document
from fakes.assessments import indicator
from fakes.paper_scenes import CUTOFF
from fakes.rolled_up import REPORT

FOUND = REPORT.at(CUTOFF)


def test_a_total_is_the_rate_of_the_sums_and_no_average_of_rates() -> None:
    """3 of 6 and 1 of 1 are 4 of 7, not 75 %; a district of one compound does not weigh as much as one of seventeen."""
    found = together([indicator(3, 6), indicator(1, 1)])

    assert (found, found.rate) == (Together(required=7, done=4), Fraction(4, 7))


def test_nothing_required_has_no_rate() -> None:
    assert together([indicator(2, 0)]).rate is None


def test_districts_are_ranked_as_offices_are() -> None:
    """By the lower of their two rates; the order of the city stays."""
    placed = in_order_of_merit(FOUND.districts)

    assert {key: progress.rank for key, progress in placed.items()} == {"east-2018": 2, "west-2018": 1}


def test_the_document_says_each_district_and_all_together() -> None:
    document = city_document(FOUND)
    east, west = document["districts"]  # type: ignore[misc]  # a list, as built

    assert (east["not_returned"], west["not_returned"]) == ([], ["XC"])
    assert [len(one["overdue"]) for one in (east, west)] == [3, 1]
    assert east["lights"] == {"green": 1, "yellow": 1, "blue": 0, "red": 0}
    assert document["total"] == {
        "baseline": 20,
        "committees": {"required": 7, "done": 4, "rate": "57.1"},
        "improvements": {"required": 7, "done": 2, "rate": "28.6"},
        "lights": {"green": 2, "yellow": 1, "blue": 0, "red": 0},
        "offices": 6,
        "not_returned": 1,
        "overdue": 4,
    }


def test_a_weekly_return_is_told_by_its_office_and_not_among_the_items() -> None:
    """West's XC has sent nothing: it stands in table 2, its item does not stand in table 3."""
    fields = REPORT.at(CUTOFF).content().fields

    assert [row["names"] for row in fields["returns"]] == ["无", "西昌办事处"]  # type: ignore[attr-defined]
    assert {row["district"] for row in fields["overdue"]} == {"东区", "西区"}  # type: ignore[attr-defined]
    assert not any("周报" in row["deliverable"] for row in fields["overdue"])  # type: ignore[attr-defined]
