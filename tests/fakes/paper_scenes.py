"""Scenes that papers are written from: one week before the freeze, one in the middle of the season, and letters."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction

from duban.core.assessment import Assessment, Light, State
from duban.core.checked import Status
from duban.core.facts import Matter
from duban.core.findings import Finding
from duban.core.matters import OwedMatter
from duban.pipeline.ports import ReturnRecord
from fakes.assessments import assessment, at, indicator, progress, status, weekly

FIRST_CUTOFF = at(date(2018, 7, 27), 17)
EARLIER_CUTOFF = at(date(2018, 9, 7), 17)
CUTOFF = at(date(2018, 9, 14), 17)
MORNING = at(date(2018, 7, 30), 8, 30)
PACE = Fraction(1, 3)

MISSING_COLUMN = Finding("F03", "工作台账", None, None, "缺少“楼栋数”", "请按表样补上“楼栋数”后重新报送", "buildings")
BAD_NUMBER = Finding("R03", "工作台账", "F9", "BG-003", "十二栋", "楼栋数应为整数", "buildings", 9)
NO_REASON = Finding("B02", "工作台账", "G5", "BG-001", "每栋 900 户", "如属实，请写明原因", "households", 5)


def record(return_id: int, office: str, received_at: datetime, verdict: Status, *findings: Finding) -> ReturnRecord:
    """A return of the small plan; partial ones read 12 rows and send back 2."""
    sent_back = 2 if verdict is Status.PARTIAL else 0
    whole = verdict is Status.RETURNED
    rows = {"read": 12, "accepted": 0 if whole else 11 - sent_back, "rejected": sent_back, "ignored": 1}
    week = None if whole else "2018-W37"
    return ReturnRecord(return_id, f"{office}/周报{return_id}.xlsx", office, week, received_at, verdict, rows, findings)


def before_the_freeze() -> Assessment:
    """The first cut-off: one office has sent nothing, nothing is frozen, no phase to be measured against."""
    offices = [
        progress("NM", 10, indicator(0, 3), indicator(0, 3), provisional=True),
        progress("BG", 0, indicator(0, 0), indicator(0, 0), provisional=True),
        progress("XC", 7, indicator(0, 3), indicator(0, 3), provisional=True, pending=1),
    ]
    district = progress(None, 17, indicator(0, 6), indicator(0, 6), provisional=True, pending=1)
    obligations = [
        weekly("NM", State.MET, "2018-W30", received=(1,)),
        weekly("BG", State.DUE_SOON, "2018-W30"),
        weekly("XC", State.MET, "2018-W30", received=(2,)),
        status("S1", "BG", State.DUE_SOON, date(2018, 7, 29)),
    ]
    return assessment(FIRST_CUTOFF, offices, district, obligations)


def in_season(done: Mapping[str, tuple[int, int]], as_of: datetime, obligations: list[object]) -> Assessment:
    """An instant in the implementation phase with so many committees formed and compounds improved an office."""
    offices = [
        progress("NM", 10, indicator(done["NM"][0], 3, PACE), indicator(done["NM"][1], 3, PACE)),
        progress("BG", 0, indicator(0, 0), indicator(0, 0), light=Light.NONE),
        progress("XC", 7, indicator(done["XC"][0], 3, PACE), indicator(done["XC"][1], 3, PACE)),
    ]
    sums = [sum(pair[n] for pair in done.values()) for n in (0, 1)]
    district = progress(
        None,
        17,
        indicator(sums[0], 6, PACE),
        indicator(sums[1], 6, PACE),
        committees_preexisting=2,
        committees_formed=sums[0] + 1,
    )
    return assessment(as_of, offices, district, obligations)  # type: ignore[arg-type]  # statuses, all of them


def mid_season() -> Callable[[datetime], Assessment]:
    """Two cut-offs in September: one office behind, one without a task, returns in every state."""
    now = in_season(
        {"NM": (2, 1), "BG": (0, 0), "XC": (1, 0)},
        CUTOFF,
        [
            weekly("NM", State.MET_LATE, "2018-W37", received=(4, 5)),
            weekly("BG", State.IN_CORRECTION, "2018-W37", received=(6,)),
            weekly("XC", State.OVERDUE, "2018-W37"),
            weekly("XC", State.LAPSED, "2018-W35"),
            status("S2", "XC", State.OVERDUE, date(2018, 8, 7), days_overdue=38, working_days_overdue=28),
            status("S3c", "NM", State.OVERDUE, date(2018, 8, 24), days_overdue=21, working_days_overdue=15),
            status("S3c", "XC", State.OVERDUE, date(2018, 8, 24), days_overdue=21, working_days_overdue=15),
        ],
    )
    then = in_season({"NM": (1, 1), "BG": (0, 0), "XC": (1, 0)}, EARLIER_CUTOFF, [])
    return {CUTOFF: now, EARLIER_CUTOFF: then}.__getitem__


MID_SEASON_RETURNS = (
    record(3, "XC", at(date(2018, 9, 7), 16), Status.PARTIAL, BAD_NUMBER),
    record(4, "NM", at(date(2018, 9, 10), 9), Status.RETURNED, MISSING_COLUMN),
    record(5, "NM", at(date(2018, 9, 14), 9), Status.PARTIAL, BAD_NUMBER, NO_REASON),
    record(6, "BG", at(date(2018, 9, 14), 16), Status.RETURNED, MISSING_COLUMN),
)


def survey_overdue() -> Assessment:
    """The morning after the survey's due day, a Sunday: two offices have not sent it, one of them a faulty file."""
    offices = [progress(code, 5, indicator(0, 2), indicator(0, 2)) for code in ("NM", "BG", "XC")]
    late = {"days_overdue": 1, "working_days_overdue": 1}
    obligations = [
        status("S1", "NM", State.MET, date(2018, 7, 29)),
        status("S1", "BG", State.OVERDUE, date(2018, 7, 29), received=(1,), **late),
        status("S1", "XC", State.OVERDUE, date(2018, 7, 29), **late),
        status("S3c", "BG", State.OVERDUE, date(2018, 7, 29), key="S3c:BG", **late),
    ]
    return assessment(MORNING, offices, progress(None, 15, indicator(0, 5), indicator(0, 5)), obligations)


SURVEY_RETURNS = (record(1, "BG", at(date(2018, 7, 27), 16, 20), Status.RETURNED, MISSING_COLUMN),)

WAITING = tuple(
    OwedMatter(
        Matter(f"BG-00{place}", department, date(2018, 7, 20), 1, "", ""),
        status("D", "BG", State.PENDING, date(2018, 8, 10)),
    )
    for place, department in enumerate(("住建局", "消防大队", "住建局"), start=1)
)
"""What an office has put to departments: three problems, two departments."""
