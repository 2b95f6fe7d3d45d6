"""The 通报 that criticises: drafted only after the office in charge has decided, of facts alone (domain.md §6, §7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.assessment import Assessment, ObligationStatus
from duban.core.errors import UsageError
from duban.core.figures import Figures
from duban.core.ladder import proposal_rung, standing
from duban.core.moment import Moment
from duban.core.papers import IN_FORCE, PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import date_text, listed, moment_text
from duban.pipeline.drafting import Desk, addressed, cited, issue_fields, titled
from duban.pipeline.duties import STATE_RULE, Duties
from duban.pipeline.paper_ports import Register

NO_PROPOSAL = "第 {id} 号文书不是已签发的提请通报批评的建议，不能据以拟通报；请用 duban papers 核对。"
NO_REFERENCE = "请用 --reference 写明决定的依据（会议纪要或批示的编号）。"
WRONG_DAY = "决定日期 {day} 应在建议签发（{signed}）之后、今天以前，请核对。"
NOTHING_LEFT = "第 {id} 号建议所列事项都已不再逾期，不拟通报。"


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

    def decide(self, proposal: PaperRecord, day: date, reference: str, as_of: datetime) -> PaperRecord:
        """Draft the 通报 that was decided on a signed 提请, of which `reference` is the record.

        Raises UsageError for any other paper, without a reference, for a decision older than the proposal or of a day
        to come, and when none of the items is overdue any more.
        """
        if proposal.kind is not PaperKind.CRITICISM_PROPOSAL or proposal.state not in IN_FORCE:
            raise UsageError(NO_PROPOSAL.format(id=proposal.id))
        signature = proposal.signature
        assert signature is not None  # noqa: S101  # what is in force was signed
        if not reference.strip():
            raise UsageError(NO_REFERENCE)
        if not signature.dated <= day <= as_of.astimezone(ZONE).date():
            raise UsageError(WRONG_DAY.format(day=day, signed=signature.dated))
        body = self._plan.issuer(self._plan.paper(PaperKind.CRITICISM).issuer).name
        number = proposal.number or ""
        drafted = self.draft(
            Decision(proposal.office or "", body, day, reference.strip(), number, proposal.items), as_of
        )
        if drafted is None:
            raise UsageError(NOTHING_LEFT.format(id=proposal.id))
        return drafted

    def draft(self, decision: Decision, as_of: datetime) -> PaperRecord | None:
        """Draft the 通报 of `decision`; None when it may speak of none of its items any more (domain.md §6)."""
        rung = proposal_rung(self._plan)
        assert rung is not None, decision.proposal  # noqa: S101  # what was decided on was proposed
        obligations = self._assess(as_of).obligations
        keys = standing(obligations, decision.items, rung)
        if not keys:
            return None
        items = [status for status in obligations if status.key in keys]
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
        papers = [
            p for p in self._register.papers() if p.number and p.rung and p.state in IN_FORCE and keys & set(p.items)
        ]
        told = (f"{self._plan.paper(paper.kind).name}（{paper.number}）" for paper in papers)
        return listed(told) if papers else ""


def _item(status: ObligationStatus, duties: Duties, figures: Figures) -> dict[str, str]:
    days = figures.add(f"{status.key}.days", str(status.days_overdue), STATE_RULE, status.received)
    return {"deliverable": duties.deliverable(status), "due": duties.full_due(status), "days": days}
