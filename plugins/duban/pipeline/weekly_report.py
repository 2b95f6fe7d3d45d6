"""The weekly report 工作简报: one a reporting week, as of its cut-off (domain.md §7)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.corrected import corrected
from duban.core.findings import FindingClass
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.site_checks import SiteCheck
from duban.core.waivers import Waiver
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.core.wording import full_moment_text, listed, moment_text
from duban.pipeline.charts import charts
from duban.pipeline.checked_rows import Checked, checked_rows
from duban.pipeline.corrected_rows import corrected_rows, standing_figures
from duban.pipeline.corrections import correction_rows
from duban.pipeline.drafting import Desk, Fields, issue_fields, titled
from duban.pipeline.duties import Duties, is_correcting
from duban.pipeline.figures import DISTRICT, ProgressFigures
from duban.pipeline.overall import behind, codes, overall_fields
from duban.pipeline.paper_ports import Told
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.sources import sources_of
from duban.pipeline.waived_rows import InForce, quoted_of, waived_rows

RECEIVED = (State.MET, State.MET_LATE)
DAY = timedelta(days=1)
Restate = Callable[[datetime, datetime], Assessment | None]


@dataclass(frozen=True, slots=True)
class Issue:
    """The week of one issue: its assessment, the one a week earlier, and the returns that came in between.

    `restated` is the earlier one as it is known now; None where nobody can tell. `waivers` are those in force.
    """

    week: ReportingWeek
    assessment: Assessment
    last: Assessment | None
    came: Sequence[ReturnRecord]
    restated: Assessment | None = None
    waivers: Sequence[Waiver] = ()


class WeeklyReport:
    """Drafts the weekly report. `assess` works out the plan at an instant."""

    def __init__(
        self, plan: Plan, weeks: Weeks, assess: Callable[[datetime], Assessment], ledger: Told, desk: Desk
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._desk = desk
        self._restate: Restate = _not_restated
        self._waivers: InForce = _no_waivers
        self._checks: Checked = _no_checks

    def correcting(self, restate: Restate) -> "WeeklyReport":
        """The same, with a 更正 box: `restate` tells the plan at a cut-off as it is known at a later instant."""
        self._restate = restate
        return self

    def listing(self, waivers: InForce) -> "WeeklyReport":
        """The same, with the annex that lists the waivers in force at the cut-off."""
        self._waivers = waivers
        return self

    def checked_by(self, checks: Checked) -> "WeeklyReport":
        """The same, with the annex that lists what was found on site."""
        self._checks = checks
        return self

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

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a report of the register says, worked out anew from what was known at its cut-off."""
        return self.content(self._issue(self._weeks.closed_by(record.as_of)))

    def _issue(self, closed: Sequence[ReportingWeek]) -> Issue:
        week = closed[-1]
        before = closed[-2].cutoff if len(closed) > 1 else None
        came = self._ledger.return_records(week.cutoff, before)
        now, last = self._assess(week.cutoff), self._assess(before) if before else None
        restated = self._restate(before, week.cutoff) if before else None
        return Issue(week, now, last, came, restated, self._waivers(week.cutoff))

    def content(self, issue: Issue) -> PaperContent:
        """What the report of one issue says."""
        cutoff = issue.week.cutoff
        rule = self._plan.paper(PaperKind.WEEKLY_REPORT)
        sources = sources_of(self._ledger, cutoff, issue.assessment, issue.last)
        progress = ProgressFigures(self._plan, issue.assessment, issue.last, sources)
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
        fields |= overall_fields(progress, duties)
        standing, speed = progress.standing(), progress.speed()
        fields |= {"standing": standing, "speed": speed, "charts": charts(standing, speed) if fields["started"] else []}
        fields |= _reporting(issue, progress, duties) | self._corrected(issue, progress)
        fields |= self._outstanding(issue, progress, duties)
        found = self._checks(cutoff)
        state = self._ledger.compounds(cutoff) if issue.waivers or found else {}
        waivers, checks = waived_rows(self._plan, issue.waivers, state), checked_rows(self._plan, found, state)
        fields |= {"waivers": waivers, "site_checks": checks}
        return PaperContent(
            kind=PaperKind.WEEKLY_REPORT,
            title=f"{rule.name}（{full_moment_text(cutoff)}）",
            to=rule.to or rule.report_to + rule.send_to + rule.issue_to,
            cc=rule.copy,
            as_of=cutoff,
            fields=fields,
            figures=progress.figures.all(),
            week=issue.week.key,
            quoted=(*quoted_of(waivers), *(str(row[key]) for row in checks for key in ("compound", "by"))),
        )

    def _corrected(self, issue: Issue, progress: ProgressFigures) -> Fields:
        """The figures of the last issue that no longer hold, but for those that were called 暂定; its instant."""
        if issue.last is None or issue.restated is None:
            return {"corrected": [], "last_as_of": ""}
        plan = self._plan
        found = corrected(standing_figures(plan, issue.last), standing_figures(plan, issue.restated))
        open_ones = {one.office or DISTRICT for one in (*issue.last.offices, issue.last.district) if one.provisional}
        rows = corrected_rows(plan, [one for one in found if one.office not in open_ones], progress.figures)
        return {"corrected": rows, "last_as_of": moment_text(issue.last.as_of)}

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
            ("behind", set(codes(behind(issue.assessment.offices)))),
        ]
        return {
            "overdue": duties.rows(overdue, State.OVERDUE, progress.figures),
            "due_soon": duties.rows(due_soon, State.DUE_SOON, progress.figures),
            "steps": [
                *({"kind": kind, "offices": duties.office_names(of)} for kind, of in steps if of),
                *([{"kind": "next", "cutoff": moment_text(following.cutoff)}] if following else []),
            ],
        }


def _not_restated(_cutoff: datetime, _known_at: datetime) -> Assessment | None:
    return None


def _no_checks(_at: datetime) -> Sequence[SiteCheck]:
    return ()


def _no_waivers(_at: datetime) -> Sequence[Waiver]:
    return ()


def _reporting(issue: Issue, progress: ProgressFigures, duties: Duties) -> Fields:
    """Who returned: 退回补正中 is never called 未收到."""
    weekly = [s for s in issue.assessment.obligations if duties.is_weekly(s)]
    current = [s for s in weekly if s.week == issue.week.key]
    correcting = [s for s in current if is_correcting(s)]
    missing = _open_returns(issue, duties)
    earlier = (s for s in weekly if s.week != issue.week.key and not is_correcting(s))
    lapsed = [s for s in earlier if s.state in (State.LAPSED, State.OVERDUE)]
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
    this_week = (s for s in issue.assessment.obligations if duties.is_weekly(s) and s.week == issue.week.key)
    return [s for s in this_week if s.state not in RECEIVED and not is_correcting(s)]


def _needs_mending(record: ReturnRecord) -> bool:
    return any(finding.cls is FindingClass.A for finding in record.findings)


def _codes_of(statuses: Iterable[ObligationStatus]) -> set[str]:
    return {status.office for status in statuses if status.office is not None}
