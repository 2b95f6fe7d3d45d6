"""Obligations as papers tell them: what, whose, by when, on what ground."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.assessment import ObligationStatus, State
from duban.core.figures import Figures
from duban.core.moment import Moment
from duban.core.plan import Evidence, Ground, ObligationRule, Owner, Plan
from duban.core.weeks import ZONE, Weeks, end_of_day
from duban.core.wording import day_text, listed, moment_text
from duban.pipeline.figures import WHOLE_DISTRICT, Row

EVERY_OFFICE = "各办事处"
STATE_RULE = "domain.md §4 state"
BY_CLAUSE, BY_DECISION = "方案", "本办"


@dataclass(frozen=True, slots=True)
class Duties:
    """Wording of obligations at an instant."""

    plan: Plan
    weeks: Weeks
    moment: Moment

    def rule(self, status: ObligationStatus) -> ObligationRule:
        return self.plan.obligation(status.rule)

    def ground(self, status: ObligationStatus) -> Ground:
        """The ground on which this owner owes it: an office its share of what the district owes by decision."""
        rule = self.rule(status)
        if status.office is not None and rule.owner is Owner.DISTRICT and rule.office_share is not None:
            return rule.office_share
        return rule.ground

    def deliverable(self, status: ObligationStatus) -> str:
        """The plan's word for what is due, a weekly one with its cut-off."""
        text = self.rule(status).deliverable
        if status.week is None:
            return text
        cutoff = self.weeks.of_key(status.week, self.moment.day).cutoff
        return f"{text}（{day_text(cutoff.astimezone(ZONE).date())}截止）"

    def full_due(self, status: ObligationStatus) -> str:
        """2018年7月30日（已同意延期至8月6日）: the due day in full, with its 延期 where it has one."""
        return f"{self.legal_due(status)}{_extension(status)}"

    def legal_due(self, status: ObligationStatus) -> str:
        """2018年7月30日 for a whole day, 2018年8月3日17时 for an hour, whatever 延期 was granted."""
        return f"{self.due_day(status).year}年{due_text(status.due)}"

    def due_day(self, status: ObligationStatus) -> date:
        return status.due.astimezone(ZONE).date()

    def workday_before(self, status: ObligationStatus) -> str:
        """The last working day before a due date that is none; empty beside a working day."""
        day = self.due_day(status)
        last = self.moment.workdays.last_on_or_before(day)
        return "" if last == day else day_text(last)

    def rows(self, statuses: Iterable[ObligationStatus], state: State, figures: Figures) -> list[Row]:
        """One row for each obligation in `state`, owners of the same thing listed together, soonest due first."""
        groups: dict[tuple[datetime, str, str, str], list[ObligationStatus]] = {}
        for status in statuses:
            if status.state is state:
                ground = BY_CLAUSE if self.ground(status).is_clause else BY_DECISION
                key = (status.due, self.deliverable(status), ground, _extension(status))
                groups.setdefault(key, []).append(status)
        return [self._row(key, groups[key], figures) for key in sorted(groups)]

    def _row(self, key: tuple[datetime, str, str, str], members: Sequence[ObligationStatus], figures: Figures) -> Row:
        due, deliverable, ground, extension = key
        returns = [return_id for status in members for return_id in status.received]
        counted = self.counted(members[0])
        counted.pop("working_days", None)  # the report's table tells calendar days
        for name, text in counted.items():
            if text:
                counted[name] = figures.add(f"{members[0].rule}:{due.date()}.{name}", text, STATE_RULE, returns)
        told = {
            "deliverable": deliverable,
            "owners": self.owners(members),
            "due": due_text(due) + extension,
            "ground": ground,
        }
        return told | counted

    def counted(self, status: ObligationStatus) -> Row:
        """How long an obligation is overdue, in days and working days, or how many working days are left.

        `left` is empty on the due day itself; on a Friday before a due Sunday it is 0. A 延期 counts.
        """
        if status.state is State.OVERDUE:
            return {"days": str(status.days_overdue), "working_days": str(status.working_days_overdue)}
        day = status.last_day
        return {"left": "" if day == self.moment.day else str(self.moment.left(day))}

    def owners(self, members: Iterable[ObligationStatus]) -> str:
        """明湖办事处、京航办事处; 各办事处 when it is all of them."""
        codes = {status.office for status in members}
        names = self.office_names(code for code in codes if code is not None)
        return names if None not in codes else listed([WHOLE_DISTRICT, names][: 1 if codes == {None} else 2])

    def office_names(self, codes: Iterable[str]) -> str:
        """The offices in the plan's order; 各办事处 when it is all of several; 无 when it is none."""
        wanted = set(codes)
        names = [office.name for office in self.plan.offices if office.code in wanted]
        return EVERY_OFFICE if len(names) == len(self.plan.offices) > 1 else listed(names)

    def is_weekly(self, status: ObligationStatus) -> bool:
        return self.rule(status).evidence is Evidence.WEEKLY_RETURN


def is_correcting(status: ObligationStatus) -> bool:
    """Whether a weekly return came and was returned: 已报送、退回补正中, never 未报送, even when its K-n is over."""
    open_states = (State.PENDING, State.DUE_SOON, State.OVERDUE)
    return status.state is State.IN_CORRECTION or (status.state in open_states and bool(status.received))


def _extension(status: ObligationStatus) -> str:
    """（已同意延期至8月6日）; empty where none was granted."""
    return f"（已同意延期至{day_text(status.extended_until)}）" if status.extended_until else ""


def due_text(due: datetime) -> str:
    """7月30日 for the end of a day, 8月3日17时 for any other instant."""
    local = due.astimezone(ZONE)
    return day_text(local.date()) if local == end_of_day(local.date()) else moment_text(due)
