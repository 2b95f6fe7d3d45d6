"""The papers that come with the calendar: those of a month's first working day, and that of the year's judgement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.circular import Circular
from duban.pipeline.department_list import DepartmentList
from duban.pipeline.drafting import Desk
from duban.pipeline.ports import Ledger
from duban.pipeline.upward_report import UpwardReport
from duban.pipeline.year_assessment import YearAssessment


@dataclass(frozen=True, slots=True)
class PeriodicPapers:
    """Drafts what is due by the calendar; the same instant again gives the same drafts."""

    circular: Circular
    report: UpwardReport
    departments: DepartmentList
    year: YearAssessment

    @classmethod
    def of(cls, plan: Plan, weeks: Weeks, assessing: Assess, ledger: Ledger, desk: Desk) -> "PeriodicPapers":
        """With every paper of the plan."""
        return cls(
            Circular(plan, weeks, assessing.at, ledger, desk),
            UpwardReport(plan, weeks, assessing.at, ledger, desk),
            DepartmentList(plan, assessing.departments, desk),
            YearAssessment(plan, weeks, assessing.at, assessing.judged, ledger, desk),
        )

    def monthly(self, as_of: datetime) -> tuple[PaperRecord, ...]:
        """On the first working day of a month: 通报, 部门待办清单 where something waits."""
        drafts = (self.circular.draft(as_of), self.departments.draft(as_of))
        return tuple(draft for draft in drafts if draft is not None)

    def quarterly(self, as_of: datetime) -> PaperRecord | None:
        """On the first working day of a quarter: the 报告."""
        return self.report.draft(as_of)

    def replays(self) -> dict[PaperKind, Callable[[PaperRecord], PaperContent]]:
        """How the contents of papers of the register are worked out anew, by kind."""
        return {
            PaperKind.CIRCULAR: self.circular.replay,
            PaperKind.REPORT: self.report.replay,
            PaperKind.DEPARTMENT_LIST: self.departments.replay,
            PaperKind.YEAR_ASSESSMENT: self.year.replay,
        }

    def yearly(self, as_of: datetime) -> PaperRecord | None:
        """At the first cut-off after a year's target was due: the 年度考核通报."""
        return self.year.draft(as_of)
