"""Sign-off by question and answer: who is asked about a paper, what the answer does (docs/decisions/sign-off.md).

The answer is carried out by the same use case as `duban review`, `sign` and `reject`; nothing here decides anew.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.core import signing
from duban.core import signoff_texts as texts
from duban.core.errors import UsageError
from duban.core.issuers import Issuer, Numbering, Person
from duban.core.papers import PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.signing import Role
from duban.core.weeks import ZONE
from duban.core.wording import listed
from duban.pipeline.paper_ports import Register
from duban.pipeline.sign import Sign
from duban.pipeline.signing_ports import PaperLife

LOG = logging.getLogger(__name__)
ASKED_IN = {Role.REVIEWER: PaperState.DRAFTED, Role.SIGNER: PaperState.REVIEWED}
WAITING = tuple(ASKED_IN.values())
Redraft = Callable[[PaperRecord], PaperRecord]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `users` are the ids of those who may answer → their names, `draft` the sha-256 of the paper shown.

    `number` is an example of the number that the signer must enter; None where duban numbers, or nobody does.
    """

    subject: str
    body: str
    users: Mapping[str, str]
    draft: str
    number: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by which user of Airflow and when; `seen` is the draft's sha-256 as the answer names it."""

    user: str
    approved: bool
    at: datetime
    remark: str = ""
    number: str | None = None
    seen: str | None = None


class SignOff:
    """Asks the persons whom the plan names. `users`: a person's name → his id in Airflow; others go by their names."""

    def __init__(
        self, plan: Plan, life: PaperLife, register: Register, sign: Sign, redraft: Redraft, users: Mapping[str, str]
    ) -> None:
        self._plan = plan
        self._life = life
        self._register = register
        self._sign = sign
        self._redraft = redraft
        self._users = users

    def waiting(self) -> list[int]:
        """The papers that wait for a person, oldest first."""
        return [
            paper.id
            for paper in self._register.papers()
            if paper.state in WAITING and signing.automatic_rule(self._plan, paper) is None
        ]

    def is_open(self, paper_id: int, role: Role) -> bool:
        """Whether an answer of `role` could still do anything: sign, send back, or draft anew what was sent back."""
        return self._life.open(paper_id).record.state in (ASKED_IN[role], PaperState.REJECTED)

    def question(self, paper_id: int, role: Role, as_of: datetime) -> Question | None:
        """What `role` is asked about the paper; None when that was done by then, here or elsewhere.

        What a process left undone that ended right after the signature is made good.
        """
        opened = self._life.open(paper_id)
        paper = opened.record
        if paper.state is not ASKED_IN[role]:
            self._sign.finish(paper_id)
            return None
        issuer = self._sign.issuer(paper_id)
        users = self._asked(issuer, role, as_of)
        fields = {"id": paper.id, "title": paper.title, "path": paper.path, "sha256": paper.sha256}
        fields["evidence"] = texts.EVIDENCE.format(id=paper.id) if opened.content and opened.content.evidence else ""
        body = texts.BODY.format(**fields, issuer=issuer.name, to=listed(paper.to), persons=listed(users.values()))
        number = self._number_wanted(paper, issuer, as_of) if role is Role.SIGNER else None
        return Question(texts.SUBJECTS[role].format(**fields), body, users, paper.sha256, number)

    def answer(self, paper_id: int, role: Role, answer: Answer) -> None:
        """Carry an answer out; one for a paper that was dealt with meanwhile changes nothing.

        Raises UsageError when it is refused: the draft changed, the wrong person or day, a number in use. A paper sent
        back is drafted anew with the remark.
        """
        paper = self._life.open(paper_id).record
        if paper.state is ASKED_IN[role]:
            self._carry_out(paper, role, answer)
        else:
            self._sign.finish(paper_id)
        if self._life.open(paper_id).record.state is PaperState.REJECTED and not answer.approved:
            self._redraft(paper)

    def _carry_out(self, paper: PaperRecord, role: Role, answer: Answer) -> None:
        by = self._name_of(paper, role, answer)
        if not answer.approved:
            self._sign.reject(paper.id, by, answer.remark.strip() or texts.NO_REMARK, answer.at)
        elif role is Role.REVIEWER:
            self._sign.review(paper.id, by, answer.at, seen=answer.seen)
        else:
            self._sign.sign(paper.id, by, answer.at, (answer.number or "").strip() or None, seen=answer.seen)

    def _name_of(self, paper: PaperRecord, role: Role, answer: Answer) -> str:
        asked = self._asked(self._sign.issuer(paper.id), role, answer.at)
        if answer.user not in asked:
            text = texts.NOT_ASKED
            raise UsageError(text.format(user=answer.user, id=paper.id, persons=listed(asked.values())))
        return asked[answer.user]

    def _asked(self, issuer: Issuer, role: Role, at: datetime) -> dict[str, str]:
        """The person, and his 代理人 while he stands in or will; whether it is his day is judged at the answer."""
        names = _names(signing.person_of(issuer, role), at.astimezone(ZONE).date())
        return {self._users.get(name, name): name for name in names}

    def _number_wanted(self, paper: PaperRecord, issuer: Issuer, as_of: datetime) -> str | None:
        form = self._plan.paper(paper.kind).number_form
        if issuer.numbering is Numbering.OWN or not form:
            return None
        return form.format(prefix=issuer.prefix, year=as_of.astimezone(ZONE).year, number=1)


def _names(person: Person, day: date) -> list[str]:
    over = person.deputy_until is not None and person.deputy_until < day
    return [person.name] if person.deputy is None or over else [person.name, person.deputy]
