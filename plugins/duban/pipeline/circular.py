"""The monthly circular 通报: progress and ranking, from the leading group's office to the offices (domain.md §7)."""

from collections.abc import Callable
from datetime import datetime

from duban.core.assessment import Assessment, State
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.periods import Period, month_before, opens_month
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.drafting import Desk, addressed, issue_fields, sentence_of, titled
from duban.pipeline.duties import Duties
from duban.pipeline.figures import ProgressFigures
from duban.pipeline.monthly import last_closed, return_rows
from duban.pipeline.overall import overall_fields
from duban.pipeline.sources import Resting, sources_of


class Circular:
    """Drafts the circular of a month. `assess` works out the plan at an instant."""

    def __init__(
        self, plan: Plan, weeks: Weeks, assess: Callable[[datetime], Assessment], ledger: Resting, desk: Desk
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the circular of last month on the first working day of a month; None on any other day.

        Its figures are those of the last cut-off before, the ones that the weekly report has made known.
        """
        moment = Moment.at(as_of, self._plan.calendar)
        if not self._weeks.closed_by(as_of) or not opens_month(moment.day, moment.workdays):
            return None
        content = self.content(as_of)
        return self._desk.file(content, self._desk.path(content, moment.day.isoformat()))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a circular of the register says, worked out anew from what was known when it was drafted."""
        return self.content(record.as_of)

    def content(self, as_of: datetime) -> PaperContent:
        """What the circular of the month before `as_of` says."""
        plan, rule = self._plan, self._plan.paper(PaperKind.CIRCULAR)
        month, week = month_before(as_of.astimezone(ZONE).date()), self._weeks.closed_by(as_of)[-1]
        assessment = self._assess(week.cutoff)
        last = self._last(month)
        sources = sources_of(self._ledger, week.cutoff, assessment, last)
        progress = ProgressFigures(plan, assessment, last, sources)
        duties = Duties(plan, self._weeks, Moment.at(week.cutoff, plan.calendar))
        title = f"{plan.issuer(rule.issuer).mark}关于{month.name}{plan.work}进展情况的{rule.name}"
        overdue = [s for s in assessment.obligations if s.state is State.OVERDUE and not duties.is_weekly(s)]
        fields = issue_fields(plan, rule, as_of) | titled(plan, title) | addressed(rule.to, rule.copy)
        fields |= overall_fields(progress, duties)
        fields |= {
            "month": month.name,
            "ground": sentence_of(rule.ground),
            "standing": progress.standing(),
            "returns": return_rows(assessment, month, duties, progress.figures),
            "overdue": duties.rows(overdue, State.OVERDUE, progress.figures),
            "late": duties.office_names({s.office for s in overdue if s.office is not None}) if overdue else "",
        }
        return PaperContent(
            PaperKind.CIRCULAR, title, rule.to, rule.copy, as_of, fields, progress.figures.all(), week=week.key
        )

    def _last(self, month: Period) -> Assessment | None:
        """The plan at the last cut-off before the month: what the month's changes are counted from."""
        opened = datetime(month.first_day.year, month.first_day.month, 1, tzinfo=ZONE)
        week = last_closed(self._weeks, opened)
        return None if week is None else self._assess(week.cutoff)
