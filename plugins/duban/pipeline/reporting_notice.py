"""The 报送通知 that orders the weekly returns, with its annexes: form, how to fill it, cut-offs, offices' codes."""

from collections.abc import Iterator
from datetime import date, datetime

from duban.core.figures import Figures
from duban.core.moment import Moment
from duban.core.papers import NEVER_HAD, PaperContent, PaperKind, PaperRecord, PaperState
from duban.core.plan import Evidence, ObligationRule, Plan
from duban.core.returns import FORM_VERSION, Form
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.core.wording import date_text, day_text, full_moment_text, listed, time_text, weekday_text
from duban.pipeline.drafting import Desk, Fields, addressed, cited, issue_fields, sentence_of, titled
from duban.pipeline.figures import Row
from duban.pipeline.paper_ports import Register

DAY = date.resolution
PLAN_RULE = "plan"
GONE = (*NEVER_HAD, PaperState.VOID, PaperState.REVOKED)


class ReportingNotice:
    """Drafts the 报送通知: once, before the first week."""

    def __init__(self, plan: Plan, weeks: Weeks, form: Form, desk: Desk, register: Register) -> None:
        self._register = register
        self._plan = plan
        self._weeks = weeks
        self._form = form
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the notice; None once the plan names its basis, or where one is drafted or signed already."""
        filed = (paper for paper in self._register.papers() if paper.kind is PaperKind.REPORTING_NOTICE)
        if self._plan.basis is not None or any(paper.state not in GONE for paper in filed):
            return None
        content = self.content(as_of)
        day = as_of.astimezone(ZONE).date()
        return self._desk.file(content, self._desk.path(content, day.isoformat()))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a notice of the register says, worked out anew for the instant at which it was drafted."""
        return self.content(record.as_of)

    def content(self, as_of: datetime) -> PaperContent:
        """What the notice says, with the cut-offs of the year as the calendar is known at `as_of`."""
        plan, rule = self._plan, self._plan.paper(PaperKind.REPORTING_NOTICE)
        figures, moment = Figures(), Moment.at(as_of, plan.calendar)
        title = f"{plan.issuer(rule.issuer).mark}关于报送{plan.work}周报的通知"
        weeks = list(self._calendar(moment.day))
        fields = issue_fields(plan, rule, as_of) | titled(plan, title) | addressed(rule.to, rule.copy)
        fields |= self._terms(moment, figures) | {
            "attachments": self._attachments(weeks[0].cutoff.year),
            "district": plan.district,
            "work": plan.work,
            "source": cited(plan.source.title, plan.source.number),
            "ground": sentence_of(plan.paper(PaperKind.WEEKLY_REPORT).ground),
            "sheets": listed(f"“{table.sheet}”" for table in self._form.tables),
            "reasons_sheet": self._form.reasons.sheet,
            "version": figures.add("form.version", FORM_VERSION, PLAN_RULE),
            "columns": _columns(self._form),
            "calendar": [_cutoff_row(week, moment) for week in weeks],
            "codes": [{"name": office.name, "code": office.code} for office in plan.offices],
            "provisional": any(moment.workdays.is_provisional(week.cutoff.date()) for week in weeks),
        }
        return PaperContent(
            kind=PaperKind.REPORTING_NOTICE,
            title=title,
            to=rule.to,
            cc=rule.copy,
            as_of=as_of,
            fields=fields,
            figures=figures.all(),
            constants=tuple(listed(column.choices) for table in self._form.tables for column in table.columns),
        )

    def _attachments(self, year: int) -> list[str]:
        return [
            f"{self._plan.work}周报表样",
            f"{self._plan.work}周报填报说明",
            f"{year}年周报报送截止时间表",
        ]

    def _terms(self, moment: Moment, figures: Figures) -> Fields:
        """The times that the notice orders: what stands on a decision of the plan becomes binding by it."""
        first = self._weeks.covering(self._plan.reporting.first_day, moment.day)
        assert first is not None, self._plan.reporting.first_day  # noqa: S101  # a day of the first week is in it
        correction, reply = self._rule(Evidence.CORRECTION), self._rule(Evidence.REPLY)
        dated = [rule for rule in self._plan.obligations if rule.needs_basis and rule.due is not None]
        return {
            "cutoff_time": time_text(first.cutoff),
            "first_cutoff": full_moment_text(first.cutoff),
            "terms": [
                {"deliverable": rule.deliverable, "due": date_text(rule.due)} for rule in dated if rule.due is not None
            ],
            "correction_days": _days(figures, "correction.days", correction),
            "reply_days": _days(figures, "reply.days", reply),
            "rungs": listed(rung.name for rung in self._plan.ladder),
        }

    def _rule(self, evidence: Evidence) -> ObligationRule | None:
        return next((rule for rule in self._plan.obligations if rule.evidence is evidence), None)

    def _calendar(self, known_on: date) -> Iterator[ReportingWeek]:
        """The reporting weeks from the first one whose cut-off is in its calendar year."""
        day = max(self._plan.reporting.first_day, known_on)
        week = self._weeks.covering(day, known_on)
        year = day.year
        while week is not None and week.cutoff.year == year:
            yield week
            week = self._weeks.covering(week.last_day + DAY, known_on)


def _days(figures: Figures, key: str, rule: ObligationRule | None) -> str:
    """The working days that a rule allows; empty for a plan without it."""
    return figures.add(key, str(rule.working_days), PLAN_RULE) if rule is not None and rule.working_days else ""


def _columns(form: Form) -> list[Row]:
    """One row a column of the form; `presence` and `kind` are worded by the template."""
    return [
        {
            "sheet": table.sheet,
            "header": column.header,
            "presence": column.presence.value,
            "kind": column.kind.value,
            "choices": listed(column.choices) if column.choices else "",
        }
        for table in form.tables
        for column in table.columns
    ]


def _cutoff_row(week: ReportingWeek, moment: Moment) -> Row:
    day = week.cutoff.astimezone(ZONE).date()
    return {
        "span": f"{day_text(week.first_day)}—{day_text(week.last_day)}",
        "cutoff": f"{day_text(day)}{time_text(week.cutoff)}",
        "weekday": weekday_text(day),
        "moved": "moved" if day.isoweekday() != 5 else "",
        "several": "several" if (week.last_day - week.first_day).days > 6 else "",
        "provisional": "provisional" if moment.workdays.is_provisional(day) else "",
    }
