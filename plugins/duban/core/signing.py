"""The life of a paper from draft to signature: which state follows which, who may act, what is signed (domain.md §7).

Pure rules. Whoever may not do what he asks for is told so in one Chinese sentence (UsageError).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from duban.core import signing_texts as texts
from duban.core.errors import UsageError
from duban.core.issuers import ISSUER_OF_ORIGIN, Issuer, Person
from duban.core.papers import PaperContent, PaperKind, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.core.wording import date_text

ABOUT = "paper:"
SYSTEM = "duban"
"""Who drafts; and who signs what the plan lets the system itself issue."""

_S = PaperState
FOLLOWS: Mapping[PaperState, tuple[PaperState, ...]] = {
    _S.DRAFTED: (_S.REVIEWED, _S.REJECTED, _S.WITHDRAWN, _S.DECLINED),
    _S.REVIEWED: (_S.SIGNED, _S.REJECTED, _S.WITHDRAWN, _S.DECLINED),
    _S.SIGNED: (_S.DELIVERED, _S.VOID, _S.REVOKED),
    _S.DELIVERED: (_S.ACKNOWLEDGED, _S.REVOKED),
    _S.ACKNOWLEDGED: (_S.REVOKED,),
    _S.REJECTED: (),
    _S.WITHDRAWN: (),
    _S.DECLINED: (),
    _S.VOID: (),
    _S.REVOKED: (),
}
"""Which state may follow which. A paper that reached anybody is revoked by a 撤销通知 and no longer 作废."""

ISSUED_BY_THE_SYSTEM = (PaperKind.RETURN_SLIP,)
"""Kinds without a rung that nobody signs: they only repeat a verdict."""


class Role(StrEnum):
    """In which capacity somebody acts."""

    REVIEWER = "reviewer"  # 核稿人
    SIGNER = "signer"  # 签发人


@dataclass(frozen=True, slots=True)
class Act:
    """One change of a paper's state: who did it, when, why, and on which draft (`sha256`). `before` is None at the

    first, the draft itself.
    """

    paper_id: int
    before: PaperState | None
    after: PaperState
    by: str
    at: datetime
    why: str
    sha256: str


def require_follows(record: PaperRecord, after: PaperState, *, automatic: bool = False) -> None:
    """Raise UsageError unless `after` may follow the paper's state; `automatic`: signed from the draft on."""
    if automatic and (record.state, after) == (_S.DRAFTED, _S.SIGNED):
        return
    if after not in FOLLOWS[record.state]:
        raise UsageError(texts.not_now(record, after))


def issuer_of(plan: Plan, record: PaperRecord, content: PaperContent | None) -> Issuer:
    """Who issues a paper: as the plan says of its kind; of a 更正 or 撤销 that of the paper which it is about.

    Raises UsageError where only the content tells, and it was not kept.
    """
    key = plan.paper(record.kind).issuer
    if key != ISSUER_OF_ORIGIN:
        return plan.issuer(key)
    named = require_content(record, content).fields["issuer"]
    return next(issuer for issuer in plan.issuers if issuer.name == named)


def require_content(record: PaperRecord, content: PaperContent | None) -> PaperContent:
    """What the draft says; raises UsageError for a draft that was registered before contents were kept."""
    if content is None:
        raise UsageError(texts.NO_CONTENT.format(id=record.id))
    return content


def may_act(person: Person, name: str, day: date) -> bool:
    """Whether `name` is the person, or his 代理人 on one of the days between which he stands in."""
    return name == person.name or name == _deputy_on(person, day)


def on_duty(person: Person, day: date) -> tuple[str, str | None]:
    """Who is expected to act that day, and his mail: the 代理人 while he stands in, else the person himself."""
    deputy = _deputy_on(person, day)
    return (person.name, person.mail) if deputy is None else (deputy, person.deputy_mail)


def _deputy_on(person: Person, day: date) -> str | None:
    begun = person.deputy_from is None or person.deputy_from <= day
    ended = person.deputy_until is not None and person.deputy_until < day
    return person.deputy if begun and not ended else None


def person_of(issuer: Issuer, role: Role) -> Person:
    """The issuer's person for a role."""
    return issuer.reviewer if role is Role.REVIEWER else issuer.signer


def require_role(issuer: Issuer, role: Role, by: str, at: datetime) -> None:
    """Raise UsageError unless `by` is the issuer's reviewer or signer, or stands in for him that day."""
    person = person_of(issuer, role)
    day = at.astimezone(ZONE).date()
    if not may_act(person, by, day):
        raise UsageError(texts.not_your_paper(issuer, role.value, person, by, day))


def require_other_hands(acts: Iterable[Act], by: str) -> None:
    """Raise UsageError when `by` drafted or reviewed the paper himself: no two of the three are one person."""
    for act in acts:
        if act.by == by and act.after in (_S.DRAFTED, _S.REVIEWED):
            raise UsageError(texts.own_hands(by, act.after))


def require_in_order(acts: Iterable[Act], at: datetime) -> None:
    """Raise UsageError when something was done to the paper after the instant `at` that an act names."""
    latest = max((act.at for act in acts), default=at)
    if at < latest:
        raise UsageError(texts.too_early(at, latest))


def require_same_draft(record: PaperRecord, acts: Iterable[Act], found: str, seen: str | None) -> None:
    """Raise UsageError unless the draft on the shelf (`found`), the one reviewed and the one that the person saw

    (`seen`, None: he names none) are the one registered. All are sha-256.
    """
    reviewed = [act.sha256 for act in acts if act.after is _S.REVIEWED]
    if any(sha256 != record.sha256 for sha256 in (found, *reviewed, *([seen] if seen else []))):
        raise UsageError(texts.changed(record))


def require_reason(reason: str) -> str:
    """The reason, trimmed; raises UsageError without one."""
    trimmed = reason.strip()
    if not trimmed:
        raise UsageError(texts.NO_REASON)
    return trimmed


def require_declinable(plan: Plan, record: PaperRecord) -> None:
    """Raise UsageError unless the plan lets the paper's rung be declined (不予督办)."""
    if not any(rung.key == record.rung and rung.may_decline for rung in plan.ladder):
        raise UsageError(texts.NOT_DECLINABLE.format(id=record.id, title=record.title))


def automatic_rule(plan: Plan, record: PaperRecord) -> str | None:
    """The rule by which a paper signs itself: its rung's in the plan, or its kind's; None when a person signs."""
    if record.rung is not None:
        automatic = any(rung.key == record.rung and rung.automatic for rung in plan.ladder)
        return f"ladder.{record.rung}" if automatic else None
    return f"papers.{record.kind}" if record.kind in ISSUED_BY_THE_SYSTEM else None


def about(paper_id: int) -> str:
    """The item of a paper that is about another one."""
    return f"{ABOUT}{paper_id}"


def revoked_id(record: PaperRecord) -> int | None:
    """The paper that a 撤销通知 takes back; None of any other paper."""
    if record.kind is not PaperKind.REVOCATION:
        return None
    return int(record.items[0].removeprefix(ABOUT))


def signed_content(content: PaperContent, number: str, by: str, day: date) -> PaperContent:
    """What the paper says once it is signed: with its number, 成文日期 the day of signature (条例 9(十二)), and on a

    paper to the superior who signed it.
    """
    fields = {**content.fields, "number": number, "dated": date_text(day)}
    if "signer" in fields:
        fields["signer"] = by
    return replace(content, fields=fields)


def as_signed(content: PaperContent, record: PaperRecord) -> PaperContent:
    """What a paper of the register says, as signed where it is."""
    signature = record.signature
    if signature is None:
        return content
    return signed_content(content, record.number or "", signature.by, signature.dated)


def signed_path(path: str) -> str:
    """Where the signed paper stands: beside its draft."""
    return f"{path.removesuffix('.docx')}{texts.SIGNED_SUFFIX}"
