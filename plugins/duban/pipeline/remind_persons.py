"""Reminds reviewers and signers of the papers that have waited for them for a day, once a working day (issue 5).

Works from the papers themselves: who answers in Airflow and who by command is reminded alike.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duban.core import signing
from duban.core import waiting_texts as texts
from duban.core.alerts import Alert
from duban.core.issuers import Issuer
from duban.core.papers import PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.signing import Role
from duban.core.weeks import ZONE
from duban.pipeline.paper_ports import Register
from duban.pipeline.signing_ports import PaperLife

A_DAY = timedelta(days=1)
WAITS_FOR = {PaperState.DRAFTED: Role.REVIEWER, PaperState.REVIEWED: Role.SIGNER}
OnDuty = tuple[str, str | None]
"""A name and its mailbox."""


@dataclass(frozen=True, slots=True)
class RemindPersons:
    """Who is to be reminded; `issuer` tells a paper's issuer."""

    plan: Plan
    life: PaperLife
    register: Register
    issuer: Callable[[int], Issuer]

    def run(self, as_of: datetime) -> tuple[Alert, ...]:
        """One alert for each person with all his papers; none on a day off.

        The key holds the person, and an alert of one key is told once a day.
        """
        day = as_of.astimezone(ZONE).date()
        if not self.plan.calendar.known_on(day).is_workday(day):
            return ()
        papers = self.register.papers()
        lines: defaultdict[OnDuty, list[str]] = defaultdict(list)
        for paper in papers:
            role = WAITS_FOR.get(paper.state)
            if role is None or signing.automatic_rule(self.plan, paper) is not None:
                continue
            since = self._since(paper, papers)
            if as_of - since >= A_DAY:
                person = signing.on_duty(signing.person_of(self.issuer(paper.id), role), day)
                lines[person].append(_line(paper, role, since))
        return tuple(_alert(*person, told, as_of) for person, told in lines.items())

    def _since(self, paper: PaperRecord, papers: Sequence[PaperRecord]) -> datetime:
        """When the paper began to wait; one that was drafted anew when the draft before it was sent back."""
        matter = (paper.kind, paper.office, paper.as_of, paper.items)
        before = [
            one
            for one in papers
            if one.state is PaperState.REJECTED and (one.kind, one.office, one.as_of, one.items) == matter
        ]
        return max(self.life.open(one.id).acts[-1].at for one in (*before, paper))


def _line(paper: PaperRecord, role: Role, since: datetime) -> str:
    return texts.LINE.format(id=paper.id, title=paper.title, since=since.astimezone(ZONE), act=texts.ACTS[role])


def _alert(person: str, mail: str | None, lines: Sequence[str], as_of: datetime) -> Alert:
    subject = texts.SUBJECT.format(person=person, count=len(lines))
    text = texts.TEXT.format(person=person, lines="\n".join(lines))
    return Alert(f"waiting:{person}", subject, text, as_of, (mail,) if mail else ())
