"""The assessment as a plain document: what `duban status --json` prints and outside checks rely on."""

from duban.core.assessment import Assessment, Indicator, Light, ObligationStatus, Progress
from duban.core.formatting import percent

Document = dict[str, object]


def status_document(assessment: Assessment) -> Document:
    """The whole assessment: offices by code and every obligation; instants in ISO 8601 with +08:00."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "offices": {progress.office: _office(progress) for progress in assessment.offices},
        "district": _office(assessment.district),
        "obligations": [_obligation(status) for status in assessment.obligations],
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
        "rank": progress.rank,
        "returned": progress.returned,
    }


def _obligation(status: ObligationStatus) -> Document:
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
