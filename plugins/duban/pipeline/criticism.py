"""The 通报 that criticises: drafted only after the office in charge has decided, of facts alone (domain.md §6, §7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.figures import Figures
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import date_text, listed, moment_text
from duban.pipeline.drafting import Desk, addressed, cited, issue_fields, titled
from duban.pipeline.duties import STATE_RULE, Duties
from duban.pipeline.ports import Register


@dataclass(frozen=True, slots=True)
class Decision:
    """What the addressee of a proposal decided about one office.

    `body` decided on `day`, in `reference` (minutes, a note with its number); `proposal` is the number of the paper
    that proposed it, `items` the keys of the obligations that it is about.
    """

    office: str
    body: str
    day: date
    reference: str
    proposal: str
    items: tuple[str, ...]


class Criticism:
    """Drafts the 通报 of a decision. `assess` works out the plan at an instant."""

    def __init__(
        self, plan: Plan, weeks: Weeks, assess: Callable[[datetime], Assessment], register: Register, desk: Desk
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._register = register
        self._desk = desk

    def draft(self, decision: Decision, as_of: datetime) -> PaperRecord | None:
        """Draft the 通报 of `decision`; None when none of its items is overdue any more."""
        wanted = set(decision.items)
        items = [s for s in self._assess(as_of).obligations if s.key in wanted and s.state is State.OVERDUE]
        if not items:
            return None
        content = self.content(decision, items, as_of)
        day = as_of.astimezone(ZONE).date()
        return self._desk.file(content, self._desk.path(content, day.isoformat(), decision.office))

    def content(self, decision: Decision, items: Sequence[ObligationStatus], as_of: datetime) -> PaperContent:
        """What the 通报 says: the facts, the decision, what is asked of everybody."""
        plan, rule = self._plan, self._plan.paper(PaperKind.CRITICISM)
        office = plan.office(decision.office)
        assert office is not None, decision.office  # noqa: S101  # a decision is about an office of the plan
        duties = Duties(plan, self._weeks, Moment.at(as_of, plan.calendar))
        figures = Figures()
        title = f"{plan.issuer(rule.issuer).mark}关于{office.name}有关事项逾期情况的{rule.name}"
        fields = issue_fields(plan, rule, as_of) | titled(plan, title) | addressed(rule.to, rule.copy)
        fields |= {
            "office": office.name,
            "as_of": moment_text(as_of),
            "work": plan.work,
            "source": cited(plan.source.title, plan.source.number),
            "items": [_item(status, duties, figures) for status in sorted(items, key=lambda s: (s.due, s.key))],
            "history": self._history(items),
            "decision": f"{decision.body}{date_text(decision.day)}研究决定（{decision.reference}）",
            "proposal": decision.proposal,
        }
        return PaperContent(
            kind=PaperKind.CRITICISM,
            title=title,
            to=rule.to,
            cc=rule.copy,
            as_of=as_of,
            fields=fields,
            figures=figures.all(),
            office=decision.office,
            items=tuple(status.key for status in items),
            constants=(decision.reference, decision.body, decision.proposal),
        )

    def _history(self, items: Sequence[ObligationStatus]) -> str:
        """The numbered letters that these items have had: 催办通知单（…号）、…; empty without any."""
        keys = {status.key for status in items}
        papers = [p for p in self._register.papers() if p.number is not None and p.rung and keys & set(p.items)]
        told = (f"{self._plan.paper(paper.kind).name}（{paper.number}）" for paper in papers)
        return listed(told) if papers else ""


def _item(status: ObligationStatus, duties: Duties, figures: Figures) -> dict[str, str]:
    days = figures.add(f"{status.key}.days", str(status.days_overdue), STATE_RULE, status.received)
    return {"deliverable": duties.deliverable(status), "due": duties.full_due(status), "days": days}
