"""The use cases that work out the plan and draft papers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duban.adapters.annex import XlsxAnnexWriter
from duban.adapters.lists import XlsxSpotList
from duban.core.assessment import Assessment
from duban.core.papers import PaperRecord
from duban.core.weeks import ZONE
from duban.pipeline.appeals import Appeals
from duban.pipeline.assess import Assess, RememberedLedger
from duban.pipeline.check_on_site import CheckOnSite
from duban.pipeline.correction_notice import CorrectionNotice
from duban.pipeline.criticism import Criticism
from duban.pipeline.drafting import Desk
from duban.pipeline.mend_papers import MendPapers
from duban.pipeline.paper_ports import Told
from duban.pipeline.periodic_papers import PeriodicPapers
from duban.pipeline.report_annex import ReportAnnex
from duban.pipeline.reporting_notice import ReportingNotice
from duban.pipeline.watch_deadlines import WatchDeadlines
from duban.pipeline.weekly_report import WeeklyReport
from duban.wiring.returns import Returns


@dataclass(frozen=True)
class Papers(Returns):
    """What is worked out and drafted."""

    @cached_property
    def assessing(self) -> Assess:
        notices = self.receipt_book.notices
        return Assess(self.plan, self.weeks, self.ledger, self.decisions, notices, self.ledger)

    @cached_property
    def weekly_report(self) -> WeeklyReport:
        return self._weekly_report(self.assessing, self.ledger)

    def _weekly_report(self, assessing: Assess, ledger: Told) -> WeeklyReport:
        report = WeeklyReport(self.plan, self.weeks, assessing.at, ledger, self.desk)
        return (
            report.correcting(assessing.restated).listing(self.decisions.waivers).checked_by(self.decisions.site_checks)
        )

    def _report_annex(self, assessing: Assess, ledger: Told) -> ReportAnnex:
        ports = (ledger, XlsxAnnexWriter(), self.shelf, self.register.figures)
        return ReportAnnex(self.plan, self.weeks, assessing.at, *ports)

    @cached_property
    def periodic_papers(self) -> PeriodicPapers:
        return PeriodicPapers.of(self.plan, self.weeks, self.assessing, self.ledger, self.desk)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.plan, self.composer, self.register, self.shelf)

    @cached_property
    def reporting_notice(self) -> ReportingNotice:
        return ReportingNotice(self.plan, self.weeks, self.form, self.desk, self.register)

    @cached_property
    def appeals(self) -> Appeals:
        return Appeals(self.assess, self.decisions)

    @cached_property
    def mending_papers(self) -> MendPapers:
        notice = CorrectionNotice(self.plan, self.desk)
        return MendPapers(self.plan, self.weeks, self.assessing.remembering, self.ledger, self.register, notice)

    @cached_property
    def criticising(self) -> Criticism:
        return Criticism(self.plan, self.weeks, self.assess, self.register, self.desk)

    @cached_property
    def checking_on_site(self) -> CheckOnSite:
        return self._checking_on_site(self.assessing)

    def _checking_on_site(self, assessing: Assess) -> CheckOnSite:
        return CheckOnSite(self.plan, self.ledger, self.decisions, assessing.facts)

    @cached_property
    def watch_deadlines(self) -> WatchDeadlines:
        letters = WatchDeadlines(self.plan, self.weeks, self.assess, self.ledger, self.register, self.desk)
        return letters.telling(self.assessing.waiting)

    def assess(self, as_of: datetime) -> Assessment:
        """The plan at `as_of`."""
        return self.assessing.at(as_of)

    def draft_weekly_report(self, as_of: datetime) -> list[int]:
        """Draft the weekly report of the cut-off `as_of`, with its annex; returns the paper's id, or nothing."""
        ledger = RememberedLedger(self.ledger)
        assessing = self.assessing.remembering(ledger)
        record = self._weekly_report(assessing, ledger).draft(as_of)
        if record is None:
            return []
        self._report_annex(assessing, ledger).lay_beside(record)
        self._lay_spot_list_beside(record, self._checking_on_site(assessing))
        return [record.id]

    def _lay_spot_list_beside(self, report: PaperRecord, checking: CheckOnSite) -> None:
        """The week's 抽查清单, beside its report."""
        candidates = checking.worth_a_visit(report.as_of)
        folder = report.path.rpartition("/")[0]
        name = f"{folder}/抽查清单-{report.as_of.astimezone(ZONE).date()}.xlsx"
        self.shelf.put(name, XlsxSpotList().write(self.plan, candidates, report.as_of))

    def draft_monthly_papers(self, as_of: datetime) -> list[int]:
        """Draft what the first working day of a month brings; returns the papers' ids."""
        return [record.id for record in self.periodic_papers.monthly(as_of)]

    def draft_quarterly_papers(self, as_of: datetime) -> list[int]:
        """Draft what the first working day of a quarter brings; returns the papers' ids."""
        record = self.periodic_papers.quarterly(as_of)
        return [record.id] if record else []

    def draft_year_assessment(self, as_of: datetime) -> list[int]:
        """Draft the year's assessment at the cut-off that judges a year; returns the paper's id, or nothing."""
        record = self.periodic_papers.yearly(as_of)
        return [record.id] if record else []

    def draft_corrections(self, as_of: datetime) -> list[int]:
        """Draft a 更正通报 of every signed paper whose figures no longer hold; returns their ids."""
        return [record.id for record in self.mending_papers.draft(as_of)]

    def letters_due(self, as_of: datetime) -> bool:
        """Whether the ladder lets any letter through at `as_of`, or a paper wants mending; nothing is written."""
        return bool(self.watch_deadlines.due(as_of) or self.mending_papers.due(as_of))
