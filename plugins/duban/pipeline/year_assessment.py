"""The 年度考核通报: how the year's target was reached, office by office, judged by what was known at the first cut-off
after the year's end (domain.md §4 Y, §7).
"""

from collections.abc import Callable
from datetime import date, datetime

from duban.core.assessment import Assessment, Progress
from duban.core.figures import Figures
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.periods import Period
from duban.core.plan import AnnualTarget, Plan
from duban.core.weeks import ReportingWeek, Weeks, end_of_day
from duban.core.wording import date_text, full_moment_text, share_text
from duban.pipeline.drafting import Desk, addressed, cited, issue_fields, sentence_of, titled
from duban.pipeline.duties import Duties
from duban.pipeline.figures import INDICATORS, ProgressFigures, indicator_of
from duban.pipeline.monthly import last_closed, return_rows
from duban.pipeline.overall import TARGET_RULE, codes
from duban.pipeline.sources import Resting, sources_of


class YearAssessment:
    """Drafts the year's assessment.

    `assess` works out the plan at an instant, `judge` at an instant by what was known at a later one.
    """

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        assess: Callable[[datetime], Assessment],
        judge: Callable[[datetime, datetime], Assessment],
        ledger: Resting,
        desk: Desk,
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._judge = judge
        self._ledger = ledger
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the assessment of a year at the first cut-off after its target was due; None at any other."""
        week = last_closed(self._weeks, as_of)
        day = Moment.at(as_of, self._plan.calendar).day
        if week is None or week.cutoff.date() != day:
            return None
        target = next((target for target in self._plan.targets if self._judged_at(target, day) == week.cutoff), None)
        if target is None:
            return None
        content = self.content(target, week)
        return self._desk.file(content, self._desk.path(content, str(target.year)))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What an assessment of the register says, worked out anew from what was known when it was drafted."""
        week = self._weeks.closed_by(record.as_of)[-1]
        judged = (t for t in self._plan.targets if self._judged_at(t, week.cutoff.date()) == week.cutoff)
        return self.content(next(judged), week)

    def _judged_at(self, target: AnnualTarget, known_on: date) -> datetime | None:
        """The first cut-off after a target's due date, as the calendar was known on a day."""
        due = end_of_day(target.due)
        week = self._weeks.covering(target.due, known_on)
        if week is not None and week.cutoff <= due:
            week = self._weeks.covering(week.last_day + date.resolution, known_on)
        return None if week is None else week.cutoff

    def content(self, target: AnnualTarget, week: ReportingWeek) -> PaperContent:
        """What the assessment of one year says."""
        plan, rule = self._plan, self._plan.paper(PaperKind.YEAR_ASSESSMENT)
        judged = self._judge(end_of_day(target.due), week.cutoff)
        progress = ProgressFigures(plan, judged, None, sources_of(self._ledger, week.cutoff, judged))
        duties = Duties(plan, self._weeks, Moment.at(week.cutoff, plan.calendar))
        year = Period(f"{target.year}年度", date(target.year, 1, 1), target.due)
        title = f"{plan.issuer(rule.issuer).mark}关于{year.name}{plan.work}考核情况的通报"
        fields = issue_fields(plan, rule, week.cutoff) | titled(plan, title) | addressed(rule.to, rule.copy)
        fields |= self._facts(target, week, progress.figures) | _reached(judged, duties)
        fields |= {
            "ground": sentence_of(rule.ground),
            "standing": progress.standing(),
            "returns": return_rows(self._assess(week.cutoff), year, duties, progress.figures),
        }
        return PaperContent(
            kind=PaperKind.YEAR_ASSESSMENT,
            title=title,
            to=rule.to,
            cc=rule.copy,
            as_of=week.cutoff,
            fields=fields,
            figures=progress.figures.all(),
            week=week.key,
            constants=(year.name, title),
        )

    def _facts(self, target: AnnualTarget, week: ReportingWeek, figures: Figures) -> dict[str, object]:
        source = self._plan.source
        return {
            "as_of": date_text(target.due),
            "known_at": full_moment_text(week.cutoff),
            "work": self._plan.work,
            "source": cited(source.title, source.number),
            "year": figures.add("target.year", str(target.year), TARGET_RULE),
            "share": figures.add("target.share", share_text(target.cumulative), TARGET_RULE),
        }


def _reached(judged: Assessment, duties: Duties) -> dict[str, object]:
    """The offices that reached both targets, and those that did not; an office without a task is neither."""
    with_task = [progress for progress in judged.offices if progress.overall_rate is not None]
    reached = [progress for progress in with_task if _has_reached(progress)]
    short = [progress for progress in with_task if progress not in reached]
    return {
        "reached": duties.office_names(codes(reached)) if reached else "",
        "short": duties.office_names(codes(short)) if short else "",
    }


def _has_reached(progress: Progress) -> bool:
    indicators = [indicator_of(progress, name) for name in INDICATORS]
    return all(indicator.done >= indicator.required for indicator in indicators)
