"""The weekly report 工作简报: one a reporting week, as of its cut-off (domain.md §7)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duban.core.assessment import Assessment, Indicator, ObligationStatus, Progress, State
from duban.core.findings import FindingClass
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.core.wording import day_text, full_moment_text, listed, moment_text, share_text
from duban.pipeline.corrections import correction_rows
from duban.pipeline.drafting import Desk, Fields, issue_fields, titled
from duban.pipeline.duties import Duties
from duban.pipeline.figures import INDICATORS, ProgressFigures, indicator_of
from duban.pipeline.ports import Composer, Ledger, PaperShelf, Register, ReturnRecord

RECEIVED = (State.MET, State.MET_LATE)
DAY = timedelta(days=1)
TARGET_RULE = "domain.md §5 target"


@dataclass(frozen=True, slots=True)
class Issue:
    """The week of one issue: its assessment, the one a week earlier, and the returns that came in between."""

    week: ReportingWeek
    assessment: Assessment
    last: Assessment | None
    came: Sequence[ReturnRecord]


class WeeklyReport:
    """Drafts the weekly report. `assess` works out the plan at an instant."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        assess: Callable[[datetime], Assessment],
        ledger: Ledger,
        composer: Composer,
        register: Register,
        shelf: PaperShelf,
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._desk = Desk(plan, composer, register, shelf)

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the report of the week whose cut-off came on the day of `as_of`; None on any other day.

        Whatever the hour of `as_of`, everything is worked out as of the cut-off.
        """
        closed = self._weeks.closed_by(as_of)
        if not closed or closed[-1].cutoff.date() != as_of.astimezone(ZONE).date():
            return None
        content = self.content(self._issue(closed))
        week = closed[-1]
        name = self._plan.paper(PaperKind.WEEKLY_REPORT).name
        return self._desk.file(content, f"{content.kind}/{week.key}/{name}-{week.cutoff.date()}.docx")

    def _issue(self, closed: Sequence[ReportingWeek]) -> Issue:
        week = closed[-1]
        before = closed[-2].cutoff if len(closed) > 1 else None
        records = self._ledger.return_records(week.cutoff)
        came = [record for record in records if before is None or record.received_at > before]
        return Issue(week, self._assess(week.cutoff), self._assess(before) if before else None, came)

    def content(self, issue: Issue) -> PaperContent:
        """What the report of one issue says."""
        cutoff = issue.week.cutoff
        rule = self._plan.paper(PaperKind.WEEKLY_REPORT)
        returns = self._ledger.returns(cutoff)
        progress = ProgressFigures(self._plan, issue.assessment, issue.last, returns)
        duties = Duties(self._plan, self._weeks, Moment.at(cutoff, self._plan.calendar))
        heading = titled(self._plan, f"{self._plan.district}{self._plan.work}进展情况")
        fields = (
            issue_fields(self._plan, rule, cutoff)
            | heading
            | {
                "mark": rule.name,
                "report_to": listed(rule.report_to),
                "send_to": listed(rule.send_to),
                "issue_to": listed(rule.issue_to),
            }
        )
        fields |= self._overall(issue, progress, duties)
        fields |= {"standing": progress.standing(), "speed": progress.speed()}
        fields |= _reporting(issue, progress, duties)
        fields |= self._outstanding(issue, progress, duties)
        return PaperContent(
            kind=PaperKind.WEEKLY_REPORT,
            title=f"{rule.name}（{full_moment_text(cutoff)}）",
            to=rule.to or rule.report_to + rule.send_to + rule.issue_to,
            cc=rule.copy,
            as_of=cutoff,
            fields=fields,
            figures=progress.figures.all(),
            week=issue.week.key,
        )

    def _overall(self, issue: Issue, progress: ProgressFigures, duties: Duties) -> Fields:
        assessment = issue.assessment
        district = assessment.district
        progress.district()
        started = issue.week.cutoff.astimezone(ZONE).date() >= self._plan.implementation_start
        if started:
            progress.lights()
        return {
            "as_of": moment_text(issue.week.cutoff),
            "as_of_full": full_moment_text(issue.week.cutoff),
            "district": self._plan.district,
            "work": self._plan.work,
            "source": f"《{self._plan.source.title}》（{self._plan.source.number}）",
            "year": progress.figures.add("target.year", str(assessment.target.year), TARGET_RULE),
            "share": progress.figures.add("target.share", share_text(assessment.target.cumulative), TARGET_RULE),
            "first": issue.last is None,
            "pending": district.pending > 0,
            "preexisting": district.committees_preexisting > 0,
            "beyond": progress.beyond,
            "provisional": any(office.provisional for office in assessment.offices),
            "provisional_of": duties.office_names(_codes(p for p in assessment.offices if p.provisional)),
            "started": started,
            "started_on": day_text(self._plan.implementation_start),
            "behind": duties.office_names(_codes(_behind(assessment.offices))) if _behind(assessment.offices) else "",
            "calendar_provisional": assessment.calendar_provisional,
        }

    def _outstanding(self, issue: Issue, progress: ProgressFigures, duties: Duties) -> Fields:
        others = [status for status in issue.assessment.obligations if status.week != issue.week.key]
        overdue = [status for status in others if status.state is State.OVERDUE]
        due_soon = [status for status in others if status.state is State.DUE_SOON]
        following = self._weeks.covering(issue.week.last_day + DAY, issue.week.cutoff.date())
        steps = [
            ("missing", _codes_of(_open_returns(issue, duties))),
            ("correct", {record.office for record in issue.came if _needs_mending(record)}),
            ("overdue", _codes_of(overdue)),
            ("due_soon", _codes_of(due_soon)),
            ("behind", set(_codes(_behind(issue.assessment.offices)))),
        ]
        return {
            "overdue": duties.rows(overdue, State.OVERDUE, progress.figures),
            "due_soon": duties.rows(due_soon, State.DUE_SOON, progress.figures),
            "steps": [
                *({"kind": kind, "offices": duties.office_names(codes)} for kind, codes in steps if codes),
                *([{"kind": "next", "cutoff": moment_text(following.cutoff)}] if following else []),
            ],
        }


def _reporting(issue: Issue, progress: ProgressFigures, duties: Duties) -> Fields:
    """Who returned: 退回补正中 is never called 未收到."""
    weekly = [s for s in issue.assessment.obligations if duties.is_weekly(s)]
    current = [s for s in weekly if s.week == issue.week.key]
    correcting = [s for s in current if s.state is State.IN_CORRECTION]
    missing = _open_returns(issue, duties)
    lapsed = [s for s in weekly if s.week != issue.week.key and s.state in (State.LAPSED, State.OVERDUE)]
    rule = "domain.md §4 W"
    add = progress.figures.add
    add("returns.due", str(len(current)), rule)
    received = [s for s in current if s.state in RECEIVED]
    add("returns.accepted", str(len(received)), rule, [i for s in received for i in s.received])
    if correcting:
        add("returns.correcting", str(len(correcting)), rule, [i for s in correcting for i in s.received])
    if missing:
        add("returns.missing", str(len(missing)), rule)
    return {
        "correcting": duties.office_names(_codes_of(correcting)) if correcting else "",
        "missing": duties.office_names(_codes_of(missing)) if missing else "",
        "lapsed": _lapsed(lapsed, duties),
        "rejected": correction_rows(issue.came, duties, progress.figures),
    }


def _lapsed(statuses: Sequence[ObligationStatus], duties: Duties) -> str:
    """明湖办事处周报（8月3日截止）、…; empty when there is none."""
    names = (duties.owners([s]) + duties.deliverable(s) for s in sorted(statuses, key=lambda s: (s.due, s.key)))
    return listed(names) if statuses else ""


def _open_returns(issue: Issue, duties: Duties) -> list[ObligationStatus]:
    answered = (*RECEIVED, State.IN_CORRECTION)
    this_week = (s for s in issue.assessment.obligations if duties.is_weekly(s) and s.week == issue.week.key)
    return [s for s in this_week if s.state not in answered]


def _needs_mending(record: ReturnRecord) -> bool:
    return any(finding.cls is FindingClass.A for finding in record.findings)


def _behind(offices: Iterable[Progress]) -> list[Progress]:
    """Offices with an indicator behind its pace line."""
    return [p for p in offices if any(_is_behind(indicator_of(p, name)) for name in INDICATORS)]


def _is_behind(indicator: Indicator) -> bool:
    return indicator.rate is not None and indicator.pace is not None and indicator.rate < indicator.pace


def _codes(offices: Iterable[Progress]) -> list[str]:
    return [progress.office for progress in offices if progress.office is not None]


def _codes_of(statuses: Iterable[ObligationStatus]) -> set[str]:
    return {status.office for status in statuses if status.office is not None}
