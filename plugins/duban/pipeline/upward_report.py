"""The 报告 to the superior at a quarter's and a year's end: the one paper that goes up, and that asks for nothing."""

from collections.abc import Callable
from datetime import datetime

from duban.core.assessment import Assessment, State
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.periods import opens_month, opens_quarter, quarter_before
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.drafting import Desk, addressed, issue_fields, titled
from duban.pipeline.duties import Duties
from duban.pipeline.figures import ProgressFigures
from duban.pipeline.overall import overall_fields
from duban.pipeline.sources import Resting, sources_of


class UpwardReport:
    """Drafts the 报告 of a quarter. `assess` works out the plan at an instant."""

    def __init__(
        self, plan: Plan, weeks: Weeks, assess: Callable[[datetime], Assessment], ledger: Resting, desk: Desk
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the 报告 on last quarter on the first working day of a quarter; None on any other day.

        Its figures are those of the last cut-off before.
        """
        moment = Moment.at(as_of, self._plan.calendar)
        opens = opens_quarter(moment.day) and opens_month(moment.day, moment.workdays)
        if not opens or not self._weeks.closed_by(as_of):
            return None
        content = self.content(as_of)
        return self._desk.file(content, self._desk.path(content, moment.day.isoformat()))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a 报告 of the register says, worked out anew from what was known when it was drafted."""
        return self.content(record.as_of)

    def content(self, as_of: datetime) -> PaperContent:
        """What the 报告 on the quarter before `as_of` says."""
        plan, rule = self._plan, self._plan.paper(PaperKind.REPORT)
        quarter, week = quarter_before(as_of.astimezone(ZONE).date()), self._weeks.closed_by(as_of)[-1]
        issuer = plan.issuer(rule.issuer)
        assessment = self._assess(week.cutoff)
        progress = ProgressFigures(plan, assessment, None, sources_of(self._ledger, week.cutoff, assessment))
        duties = Duties(plan, self._weeks, Moment.at(week.cutoff, plan.calendar))
        title = f"{issuer.mark}关于{quarter.name}{plan.work}进展情况的{rule.name}"
        overdue = [s for s in assessment.obligations if s.state is State.OVERDUE and not duties.is_weekly(s)]
        fields = issue_fields(plan, rule, as_of) | titled(plan, title) | addressed(rule.to, rule.copy)
        fields |= overall_fields(progress, duties)
        fields |= {
            "signer": issuer.signer.name,
            "quarter": quarter.name,
            "standing": progress.standing(),
            "overdue": duties.rows(overdue, State.OVERDUE, progress.figures),
        }
        return PaperContent(
            kind=PaperKind.REPORT,
            title=title,
            to=rule.to,
            cc=rule.copy,
            as_of=as_of,
            fields=fields,
            figures=progress.figures.all(),
            week=week.key,
            constants=(quarter.name, title),
        )
