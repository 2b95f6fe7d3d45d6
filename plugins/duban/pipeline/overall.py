"""The overall situation as papers tell it: one wording for the weekly report, circulars and the 报告 (domain.md §5)."""

from collections.abc import Iterable, Sequence

from duban.core.assessment import Indicator, Progress
from duban.core.weeks import ZONE
from duban.core.wording import day_text, full_moment_text, moment_text, share_text
from duban.pipeline.drafting import Fields, cited
from duban.pipeline.duties import Duties
from duban.pipeline.figures import INDICATORS, ProgressFigures, indicator_of

TARGET_RULE = "domain.md §5 target"


def overall_fields(progress: ProgressFigures, duties: Duties) -> Fields:
    """The fields of the overall situation; its figures are registered, all of them to be printed."""
    plan, assessment = duties.plan, progress.assessment
    district, add = assessment.district, progress.figures.add
    progress.district()
    started = assessment.as_of.astimezone(ZONE).date() >= plan.implementation_start
    if started:
        progress.lights()
    late = behind(assessment.offices)
    return {
        "as_of": moment_text(assessment.as_of),
        "as_of_full": full_moment_text(assessment.as_of),
        "district": plan.district,
        "work": plan.work,
        "source": cited(plan.source.title, plan.source.number),
        "year": add("target.year", str(assessment.target.year), TARGET_RULE),
        "share": add("target.share", share_text(assessment.target.cumulative), TARGET_RULE),
        "first": progress.last is None,
        "pending": district.pending > 0,
        "preexisting": district.committees_preexisting > 0,
        "beyond": progress.beyond,
        "provisional": any(office.provisional for office in assessment.offices),
        "provisional_of": duties.office_names(codes(p for p in assessment.offices if p.provisional)),
        "started": started,
        "started_on": day_text(plan.implementation_start),
        "behind": duties.office_names(codes(late)) if late else "",
        "calendar_provisional": assessment.calendar_provisional,
    }


def behind(offices: Iterable[Progress]) -> Sequence[Progress]:
    """Offices with an indicator behind its pace line."""
    return [p for p in offices if any(_is_behind(indicator_of(p, name)) for name in INDICATORS)]


def _is_behind(indicator: Indicator) -> bool:
    return indicator.rate is not None and indicator.pace is not None and indicator.rate < indicator.pace


def codes(offices: Iterable[Progress]) -> list[str]:
    return [progress.office for progress in offices if progress.office is not None]
