"""How the board lists the pages of Data Docs."""

from datetime import UTC, datetime
from pathlib import Path

from duban.web.data_docs import docs_page
from duban.web.texts import of

RUN = "rules-1-1a03df7cc5d2/20190104T090000.000000Z/returns-151-156.html"
EARLIER = "rules-1-1a03df7cc5d2/20181130T080000.000000Z/returns-122-123.html"
SUITES = Path(__file__).parents[2] / "expectations"


def test_checks_of_the_same_returns_stand_together_the_latest_first() -> None:
    """By the instant and the returns, whatever tables were looked at."""
    suites = ("activities", "cover", "work_ledger")
    page = docs_page([f"validations/cover/{EARLIER}", *(f"validations/{suite}/{RUN}" for suite in suites)])

    latest, earlier = page.checks
    assert (latest.at, latest.first, latest.last) == (datetime(2019, 1, 4, 9, tzinfo=UTC), 151, 156)
    assert latest.version == "1-1a03df7cc5d2"
    assert [suite for suite, _ in latest.pages] == ["cover", "work_ledger", "activities"]
    assert earlier.pages == (("cover", f"validations/cover/{EARLIER}"),)


def test_no_page_is_left_out() -> None:
    """One whose name says something else is listed by it; the library's first page is not ours to show."""
    page = docs_page(["index.html", "expectations/cover.html", "validations/cover.html"])

    assert page.rules == (("cover", "expectations/cover.html"),)
    assert (page.checks, page.others) == ((), ("validations/cover.html",))


def test_every_suite_has_a_name_in_both_languages() -> None:
    """So that no reader meets the name of a file."""
    for language in ("zh", "en"):
        assert set(of(language).suite_names) == {file.stem for file in SUITES.glob("*.json")}
