"""What a month looks like: weekly returns office by office, and the cut-off whose figures a paper shows."""

from collections.abc import Sequence
from datetime import date, datetime

from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.figures import Figures
from duban.core.periods import Period
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.duties import Duties, is_correcting
from duban.pipeline.figures import Row

RETURN_RULE = "domain.md §4 W"


def last_closed(weeks: Weeks, as_of: datetime) -> ReportingWeek | None:
    """The last reporting week whose cut-off has come by `as_of`: papers of a month or a year show its figures."""
    return next(reversed(weeks.closed_by(as_of)), None)


def return_rows(assessment: Assessment, period: Period, duties: Duties, figures: Figures) -> list[Row]:
    """One row an office: weekly returns due in the period, received in time, late, being corrected, not received.

    One of 未判定 timeliness is not called late (decisions/undecided.md).
    """
    weekly = [s for s in assessment.obligations if duties.is_weekly(s) and period.covers(_day(s))]
    return [
        {"office": office.name} | _counts(office.code, [s for s in weekly if s.office == office.code], figures)
        for office in duties.plan.offices
    ]


def _counts(code: str, owed: Sequence[ObligationStatus], figures: Figures) -> Row:
    groups = {
        "due": owed,
        "met": [s for s in owed if s.state is State.MET or (s.state is State.MET_LATE and s.undecided)],
        "late": [s for s in owed if s.state is State.MET_LATE and not s.undecided],
        "correcting": [s for s in owed if is_correcting(s)],
    }
    answered = [s for name in ("met", "late", "correcting") for s in groups[name]]
    groups["missing"] = [s for s in owed if s not in answered]
    return {
        name: figures.add(f"{code}.weekly.{name}", str(len(found)), RETURN_RULE, _sources(found))
        for name, found in groups.items()
    }


def _sources(found: Sequence[ObligationStatus]) -> list[int]:
    return sorted({return_id for status in found for return_id in status.received})


def _day(status: ObligationStatus) -> date:
    return status.due.astimezone(ZONE).date()
