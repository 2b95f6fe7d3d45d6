"""The assessment as a plain document: what `duban status --json` prints and outside checks rely on."""

from collections.abc import Sequence

from duban.core.assessment import Assessment, Indicator, Light, ObligationStatus, Progress
from duban.core.formatting import percent
from duban.core.matters import OwedMatter
from duban.pipeline.figures import INDICATORS, indicator_of, projected_text, weekly_text

Document = dict[str, object]


def status_document(assessment: Assessment, departments: Sequence[OwedMatter] = ()) -> Document:
    """The whole assessment: offices by code, every obligation, what waits for departments. Instants in ISO 8601."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "calendar_provisional": assessment.calendar_provisional,
        "offices": {progress.office: _office(progress) for progress in assessment.offices},
        "district": _office(assessment.district),
        "obligations": [obligation_document(status) for status in assessment.obligations],
        "departments": [_matter(owed) for owed in departments],
    }


def _office(progress: Progress) -> Document:
    return {
        "known_compounds": progress.known,
        "baseline": progress.baseline,
        "committees_formed": progress.committees_formed,
        "compounds_improved": progress.compounds_improved,
        "scheme_drafted": progress.scheme_drafted,
        "deliberated": progress.deliberated,
        "required": {
            "committees": progress.committees.required,
            "improvements": progress.improvements.required,
        },
        "provisional": progress.provisional,
        "rate": {
            "committees": rate_text(progress.committees),
            "improvements": rate_text(progress.improvements),
            "overall": overall_text(progress),
        },
        "light": {
            "committees": light_text(progress.committees.light),
            "improvements": light_text(progress.improvements.light),
            "overall": light_text(progress.light),
        },
        "pace": {name: _pace(indicator_of(progress, name), progress.baseline) for name in INDICATORS},
        "rank": progress.rank,
        "returned": progress.returned,
    }


def _pace(indicator: Indicator, baseline: int) -> Document:
    """The pace line in per cent, compounds a week that are needed, the projected count; each as papers print it.

    None where there is nothing to print.
    """
    return {
        "line": None if indicator.pace is None else percent(indicator.pace),
        "weekly_needed": None if indicator.weekly_needed is None else weekly_text(indicator),
        "projected": None if indicator.projected is None else projected_text(indicator, baseline),
    }


def _matter(owed: OwedMatter) -> Document:
    return {
        **obligation_document(owed.status),
        "department": owed.matter.department,
        "compound": owed.matter.compound,
        "asked_on": owed.matter.asked_on.isoformat(),
    }


def obligation_document(status: ObligationStatus) -> Document:
    """One obligation in plain values."""
    return {
        "id": status.key.split(":")[0],
        "office": status.office,
        "state": status.state.value,
        "due": status.due.isoformat(),
        "days_overdue": status.days_overdue,
        "met_at": status.met_at and status.met_at.isoformat(),
        "extended_until": status.extended_until and status.extended_until.isoformat(),
        "disputed_at": status.disputed_at and status.disputed_at.isoformat(),
        "undecided": status.undecided,
    }


def rate_text(indicator: Indicator) -> str | None:
    """The rate as printed (`37.5`), None when nothing is required."""
    if indicator.rate is None:
        return None
    return percent(indicator.rate)


def overall_text(progress: Progress) -> str | None:
    """The overall rate as printed, None when nothing is required."""
    if progress.overall_rate is None:
        return None
    return percent(progress.overall_rate)


def light_text(light: Light) -> str | None:
    """The light's English name, None where there is none."""
    return None if light is Light.NONE else light.value
