"""What every draft has in common: its issuer's particulars, its recipients, and how it is filed."""

from datetime import datetime
from hashlib import sha256

from duban.core.errors import ConflictError
from duban.core.genres import require_proper
from duban.core.issuers import OFFICE_CONCERNED, Issuer, PaperRule
from duban.core.packing import as_registered
from duban.core.papers import PaperContent, PaperRecord, evidence_path
from duban.core.plan import Ground, Plan
from duban.core.titles import title_lines
from duban.core.weeks import ZONE
from duban.core.wording import date_text, listed, quote
from duban.pipeline.paper_ports import Composer, PaperShelf, Register

Fields = dict[str, object]
ACTING_SEAL = "代章"  # another body seals for an issuer that has no seal
UNNUMBERED = "〔待编〕"


class Desk:
    """Where content becomes a paper: composed, entered in the register as a draft, laid on the shelf."""

    def __init__(self, plan: Plan, composer: Composer, register: Register, shelf: PaperShelf) -> None:
        self._plan = plan
        self._composer = composer
        self._register = register
        self._shelf = shelf

    def path(self, content: PaperContent, when: str, *more: str) -> str:
        """Where a paper is laid: kind, then `when`; its file is called by the name of its kind, `when` and `more`."""
        return f"{content.kind}/{when}/{'-'.join((self._plan.paper(content.kind).name, when, *more))}.docx"

    def file(self, content: PaperContent, path: str) -> PaperRecord:
        """Compose and file one draft; the same content again changes nothing.

        Registered first, so that a draft which stands with another content is never overwritten (ConflictError); one
        that was packed otherwise once stays as it is. Raises InternalError for a paper that its genre does not allow.
        """
        require_proper(self._plan, content)
        document = self._composer.compose(content)
        record = self._register.add(content, path, sha256(document).hexdigest())
        standing = as_registered(document, record.sha256)
        if standing is None:
            raise ConflictError(f"paper {record.id} ({record.path}) was registered with other bytes: {record.sha256}")
        self._shelf.put(record.path, standing)
        if content.evidence is not None:
            self._shelf.put(evidence_path(record.path), content.evidence.encode())
        return record


def issue_fields(plan: Plan, rule: PaperRule, as_of: datetime) -> Fields:
    """Issuer, mark, unallocated number, date and contact of a draft made at `as_of`.

    Number and date are those of signature (条例 9(12)): signing composes the paper again with its own.
    """
    return issuer_fields(rule, plan.issuer(rule.issuer), as_of)


def issuer_fields(rule: PaperRule, issuer: Issuer, as_of: datetime) -> Fields:
    """As `issue_fields`, for an issuer that the rule does not name: that of the paper which is corrected or revoked."""
    day = as_of.astimezone(ZONE).date()
    return {
        "issuer": issuer.name,
        "mark": issuer.mark,
        "number": draft_number(rule, issuer, day.year),
        "dated": date_text(day),
        "contact": issuer.reviewer.name,
        "telephone": issuer.telephone,
        "acting_seal": issuer.seal == ACTING_SEAL,
        "copy_number": rule.copy_number,
        "secrecy": rule.secrecy,
        "urgency": rule.urgency,
        "attachments": [],
    }


def titled(plan: Plan, title: str) -> Fields:
    """The title as it is printed, in lines broken by sense."""
    return {"title_lines": list(title_lines(title, names_of(plan)))}


def names_of(plan: Plan) -> set[str]:
    """Names that no line of a title may be broken in."""
    bodies = {name for issuer in plan.issuers for name in (issuer.name, issuer.mark)}
    units = {unit.name for unit in (*plan.units, *plan.other_units)} | {office.name for office in plan.offices}
    return bodies | units | {plan.work, plan.district, plan.district + plan.work, plan.source.issuer}


def addressed(to: tuple[str, ...], copy: tuple[str, ...]) -> Fields:
    """主送 and 抄送 as they are printed; `copy` is empty for a paper without copies."""
    return {"addressee": listed(to), "copy": listed(copy) if copy else ""}


def cited(title: str, number: str) -> str:
    """《title》（number）."""
    return f"《{title}》（{number}）"


def draft_number(rule: PaperRule, issuer: Issuer, year: int) -> str:
    """The number's form with 〔待编〕 in place of the number itself; empty for a paper without one."""
    return rule.number_form.format(prefix=issuer.prefix, year=year, number=UNNUMBERED)


def recipients(names: tuple[str, ...], office: str) -> tuple[str, ...]:
    """Recipients with the office concerned put in its place."""
    return tuple(name.replace(OFFICE_CONCERNED, office) for name in names)


def sentence_of(ground: Ground) -> str:
    """A clause as a quotation; empty where the ground is our own decision."""
    return quote(ground.clause.rstrip("。")) if ground.clause is not None else ""
