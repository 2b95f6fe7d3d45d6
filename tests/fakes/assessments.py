"""Assessments by hand, for the small plan."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from duban.core.assessment import Assessment, Indicator, Light, ObligationStatus, Progress, State
from duban.core.ranking import ranked
from duban.core.weeks import ZONE, end_of_day
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def indicator(done: int, required: int, pace: Fraction | None = None) -> Indicator:
    """An indicator: its light follows from the pace line alone."""
    if required == 0:
        return Indicator(done, 0, None, None, Light.NONE)
    rate = Fraction(done, required)
    light = Light.NONE if pace is None else Light.GREEN if rate >= pace else Light.YELLOW
    weekly = None if pace is None else Fraction(max(required - done, 0), 20)
    return Indicator(done, required, rate, pace, light, weekly, None if pace is None else done * 2)


def progress(
    office: str | None, compounds: int, committees: Indicator, improvements: Indicator, **more: object
) -> Progress:
    """The progress of an office of so many compounds; `more` overrides any field."""
    rates = [i.rate for i in (committees, improvements) if i.rate is not None]
    lights = (committees.light, improvements.light)
    fields: dict[str, object] = {
        "office": office,
        "known": compounds,
        "pending": 0,
        "baseline": compounds,
        "provisional": False,
        "committees_formed": committees.done,
        "committees_preexisting": 0,
        "compounds_improved": improvements.done,
        "scheme_drafted": compounds // 2,
        "deliberated": compounds // 3,
        "committees": committees,
        "improvements": improvements,
        "overall_rate": min(rates, default=None),
        "light": Light.YELLOW if Light.YELLOW in lights else lights[0],
        "returned": True,
        "weekly": State.MET,
    }
    return Progress(**{**fields, **more})  # type: ignore[arg-type]  # fields by name, checked by the tests that use them


def status(rule: str, office: str | None, state: State, due: datetime | date, **more: object) -> ObligationStatus:
    """An obligation of the small plan; `more` overrides any field."""
    instant = due if isinstance(due, datetime) else end_of_day(due)
    fields: dict[str, object] = {
        "key": f"{rule}:{office}" if office else rule,
        "rule": rule,
        "office": office,
        "state": state,
        "due": instant,
        "days_overdue": 0,
        "working_days_overdue": 0,
    }
    return ObligationStatus(**{**fields, **more})  # type: ignore[arg-type]  # as above


def weekly(office: str, state: State, week: str, **more: object) -> ObligationStatus:
    """The weekly return of an office for a week."""
    cutoff = SMALL_WEEKS.of_key(week, date(2018, 12, 1)).cutoff
    return status("W", office, state, cutoff, key=f"W-{week}:{office}", week=week, **more)


def assessment(
    as_of: datetime, offices: Sequence[Progress], district: Progress, obligations: Sequence[ObligationStatus] = ()
) -> Assessment:
    """An assessment of the small plan."""
    week = SMALL_WEEKS.covering(as_of.date(), as_of.date())
    return Assessment(as_of, week, SMALL_PLAN.targets[0], ranked(offices), district, tuple(obligations))
