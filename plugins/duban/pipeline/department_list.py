"""The monthly 部门待办清单: matters put to departments that stayed open too long (domain.md §4 D-n, §7)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from duban.core.facts import Matter
from duban.core.figures import Figures
from duban.core.matters import DEPARTMENT_RULE, OwedMatter
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.periods import opens_month
from duban.core.plan import Evidence, Plan
from duban.core.wording import DASH, date_text, day_text, moment_text
from duban.pipeline.drafting import Desk, addressed, cited, issue_fields, titled
from duban.pipeline.figures import Row
from duban.pipeline.waiting import counted

Owed = Callable[[datetime], Sequence[OwedMatter]]
"""The matters that wait for a department at an instant."""


class DepartmentList:
    """Drafts the list of a month."""

    def __init__(self, plan: Plan, owed: Owed, desk: Desk) -> None:
        self._plan = plan
        self._owed = owed
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the list on the first working day of a month; None on any other day, and when nothing is overdue."""
        moment = Moment.at(as_of, self._plan.calendar)
        matters = self.overdue(as_of)
        if not matters or not opens_month(moment.day, moment.workdays):
            return None
        content = self.content(matters, as_of)
        return self._desk.file(content, self._desk.path(content, moment.day.isoformat()))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a list of the register says, worked out anew from what was known when it was drafted."""
        return self.content(self.overdue(record.as_of), record.as_of)

    def overdue(self, as_of: datetime) -> list[OwedMatter]:
        """The matters whose time has passed by a working day at least, by department, longest waiting first."""
        found = (owed for owed in self._owed(as_of) if owed.status.working_days_overdue > 0)
        order = {name: place for place, name in enumerate(self._plan.departments)}
        return sorted(
            found, key=lambda o: (order.get(o.matter.department, len(order)), o.matter.asked_on, o.matter.compound)
        )

    def content(self, matters: list[OwedMatter], as_of: datetime) -> PaperContent:
        """What one list says."""
        rule = self._plan.paper(PaperKind.DEPARTMENT_LIST)
        figures = Figures()
        days = next(r.working_days for r in self._plan.obligations if r.evidence is Evidence.DEPARTMENT_REPLY)
        fields = issue_fields(self._plan, rule, as_of) | titled(self._plan, rule.name)
        fields |= addressed(rule.to, rule.copy)
        fields |= {
            "as_of": moment_text(as_of),
            "work": self._plan.work,
            "source": cited(self._plan.source.title, self._plan.source.number),
            "count": counted(matters, figures),
            "allowed": figures.add("departments.days", str(days), "plan"),
            "rows": [self._row(owed, figures) for owed in matters],
        }
        return PaperContent(
            kind=PaperKind.DEPARTMENT_LIST,
            title=f"{rule.name}（{date_text(as_of.date())}）",
            to=rule.to,
            cc=rule.copy,
            as_of=as_of,
            fields=fields,
            figures=figures.all(),
            quoted=tuple(text for owed in matters for text in _quoted(owed.matter)),
        )

    def _row(self, owed: OwedMatter, figures: Figures) -> Row:
        matter, office = owed.matter, self._plan.office(owed.status.office or "")
        problem, name, compound = _quoted(matter)
        key = f"{compound}.{matter.department}.overdue"
        overdue = str(owed.status.working_days_overdue)
        return {
            "department": matter.department,
            "office": office.name if office else DASH,
            "compound": compound,
            "name": name,
            "problem": problem,
            "asked": day_text(matter.asked_on),
            "due": day_text(owed.status.last_day),
            "overdue": figures.add(key, overdue, DEPARTMENT_RULE, [matter.return_id]),
        }


def _quoted(matter: Matter) -> tuple[str, str, str]:
    """What the office wrote: problem, name, 小区编号."""
    return matter.problem or DASH, matter.name or DASH, matter.compound
