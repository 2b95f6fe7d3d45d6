"""A city over two made-up districts in the middle of the season: a small one that is ahead, a large one behind."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from duban.adapters.cityfile import load_city
from duban.core.assessment import Assessment, Light, State
from duban.pipeline.city_report import CityReport, DistrictBooks
from fakes.assessments import assessment, indicator, progress, status, weekly
from fakes.paper_ports import FakeLedger
from fakes.paper_scenes import CUTOFF, PACE, mid_season
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

CITY = replace(load_city(Path(__file__).parents[1] / "plans" / "city.yaml"), plans=("east-2018", "west-2018"))
WEST = replace(SMALL_PLAN, key="west-2018", district="西区")


def small_and_ahead(_as_of: datetime) -> Assessment:
    """Three compounds in one office, all done; the others have none."""
    offices = [
        progress("NM", 3, indicator(1, 1, PACE), indicator(1, 1, PACE)),
        progress("BG", 0, indicator(0, 0), indicator(0, 0), light=Light.NONE),
        progress("XC", 0, indicator(0, 0), indicator(0, 0), light=Light.NONE, returned=False, weekly=State.OVERDUE),
    ]
    district = progress(None, 3, indicator(1, 1, PACE), indicator(1, 1, PACE))
    obligations = [
        status("S2", "BG", State.OVERDUE, date(2018, 8, 7), days_overdue=38, received=(9,)),
        weekly("XC", State.OVERDUE, "2018-W37"),
    ]
    return assessment(CUTOFF, offices, district, obligations)


NO_RETURNS = FakeLedger()


def books() -> list[DistrictBooks]:
    return [
        DistrictBooks(SMALL_PLAN, SMALL_WEEKS, mid_season(), NO_RETURNS),
        DistrictBooks(WEST, SMALL_WEEKS, small_and_ahead, NO_RETURNS),
    ]


REPORT = CityReport(CITY, books())
