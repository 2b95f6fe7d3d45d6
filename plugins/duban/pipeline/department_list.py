"""The monthly 部门待办清单: matters put to departments that stayed open too long (domain.md §4 D-n, §7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.figures import Figures
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.periods import opens_month
from duban.core.plan import Evidence, Office, Plan
from duban.core.wording import DASH, date_text, day_text, moment_text
from duban.pipeline.drafting import Desk, addressed, cited, issue_fields, titled
from duban.pipeline.figures import Row
from duban.pipeline.ports import LastRow, Ledger

DEPARTMENT_RULE = "domain.md §4 D"


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of one compound that a department has been asked for. `due` is the last day on which it was to be dealt
    with, `overdue` counts the working days since.
    """

    office: Office
    department: str
    compound: str
    name: str
    problem: str
    asked_on: date
    due: date
    overdue: int
    return_id: int


class DepartmentList:
    """Drafts the list of a month."""

    def __init__(self, plan: Plan, ledger: Ledger, desk: Desk) -> None:
        self._plan = plan
        self._ledger = ledger
        self._desk = desk

    def draft(self, as_of: datetime) -> PaperRecord | None:
        """Draft the list on the first working day of a month; None on any other day, and when nothing is overdue."""
        moment = Moment.at(as_of, self._plan.calendar)
        matters = self.matters(moment)
        if not matters or not opens_month(moment.day, moment.workdays):
            return None
        content = self.content(matters, as_of)
        return self._desk.file(content, self._desk.path(content, moment.day.isoformat()))

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a list of the register says, worked out anew from what was known when it was drafted."""
        return self.content(self.matters(Moment.at(record.as_of, self._plan.calendar)), record.as_of)

    def matters(self, moment: Moment) -> list[Matter]:
        """The matters in the offices' latest rows whose time has passed, by department, longest waiting first."""
        rules = (rule.working_days for rule in self._plan.obligations if rule.evidence is Evidence.DEPARTMENT_REPLY)
        days = next(rules, None)
        if days is None:
            return []
        found = (
            matter
            for office in self._plan.offices
            for last in self._ledger.last_rows(office.code, moment.as_of)
            if (matter := _matter(office, last, days, moment)) is not None and matter.overdue > 0
        )
        order = {name: place for place, name in enumerate(self._plan.departments)}
        return sorted(found, key=lambda m: (order.get(m.department, len(order)), m.asked_on, m.compound))

    def content(self, matters: list[Matter], as_of: datetime) -> PaperContent:
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
            "count": figures.add("departments.matters", str(len(matters)), DEPARTMENT_RULE, _sources(matters)),
            "allowed": figures.add("departments.days", str(days), "plan"),
            "rows": [_row(matter, figures) for matter in matters],
        }
        return PaperContent(
            kind=PaperKind.DEPARTMENT_LIST,
            title=f"{rule.name}（{date_text(as_of.date())}）",
            to=rule.to,
            cc=rule.copy,
            as_of=as_of,
            fields=fields,
            figures=figures.all(),
            quoted=tuple(text for matter in matters for text in (matter.problem, matter.name, matter.compound)),
        )


def _matter(office: Office, last: LastRow, days: int, moment: Moment) -> Matter | None:
    """The matter of a row; None where no department is named with its day."""
    values = last.row.values
    department, asked_on = values.get("ask_department"), values.get("asked_on")
    if not isinstance(department, str) or not isinstance(asked_on, date) or last.row.compound is None:
        return None
    due = moment.workdays.add(asked_on, days)
    return Matter(
        office=office,
        department=department,
        compound=last.row.compound,
        name=str(values.get("name") or DASH),
        problem=str(values.get("problem") or DASH),
        asked_on=asked_on,
        due=due,
        overdue=moment.since(due),
        return_id=last.return_id,
    )


def _row(matter: Matter, figures: Figures) -> Row:
    key = f"{matter.compound}.{matter.department}.overdue"
    return {
        "department": matter.department,
        "office": matter.office.name,
        "compound": matter.compound,
        "name": matter.name,
        "problem": matter.problem,
        "asked": day_text(matter.asked_on),
        "due": day_text(matter.due),
        "overdue": figures.add(key, str(matter.overdue), DEPARTMENT_RULE, [matter.return_id]),
    }


def _sources(matters: Iterable[Matter]) -> Iterator[int]:
    return iter(sorted({matter.return_id for matter in matters}))
