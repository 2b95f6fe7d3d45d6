"""From draft to signature: review 核稿, sign 签发, and the ways out of it (domain.md §7; docs/decisions/signing.md)."""

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

from duban.core import release, signing, signing_texts
from duban.core.delivery import owed
from duban.core.errors import UsageError
from duban.core.issuers import Issuer, PaperRule
from duban.core.ladder import rung_spoken_of
from duban.core.numbering import WIDEST, entered_number, printed, series_of
from duban.core.papers import IN_FORCE, PaperRecord, PaperState, Signature
from duban.core.plan import Plan
from duban.core.signing import Act, Role
from duban.core.weeks import ZONE
from duban.core.wording import listed
from duban.pipeline.paper_ports import Composer, PaperShelf
from duban.pipeline.ports import Archive
from duban.pipeline.signing_ports import Letters, Linter, NumberWanted, PaperLife, PaperOnFile


class Sign:
    """What people do with drafts. `by` is a name as the plan writes it; refusals are UsageError, in Chinese."""

    def __init__(
        self,
        plan: Plan,
        life: PaperLife,
        composer: Composer,
        linter: Linter,
        shelf: PaperShelf,
        archive: Archive,
        letters: Letters | None = None,
    ) -> None:
        """`letters` judges the items of a letter again before it is signed; None: a plan without a ladder."""
        self._plan = plan
        self._letters = letters
        self._life = life
        self._composer = composer
        self._linter = linter
        self._shelf = shelf
        self._archive = archive

    def review(self, paper_id: int, by: str, as_of: datetime, *, seen: str | None = None) -> PaperRecord:
        """核稿 by the issuer's reviewer. `seen`: the sha-256 of the draft that he read, where it is known."""
        paper = self._life.open(paper_id)
        by = by.strip()
        self._require(paper, PaperState.REVIEWED, as_of)
        self._require_role(paper, Role.REVIEWER, by, as_of)
        self._require_same_draft(paper, seen)
        return self._life.advance(_act(paper, PaperState.REVIEWED, by, as_of))

    def sign(
        self, paper_id: int, by: str, as_of: datetime, number: str | None = None, *, seen: str | None = None
    ) -> PaperRecord:
        """签发 by the issuer's signer: number, 成文日期 = the day of `as_of`, final bytes; see `review` for `seen`.

        A paper that is signed already stays as it is: its record is returned, and its file put where it is missing.
        """
        paper = self._life.open(paper_id)
        by = by.strip()
        if paper.record.state not in IN_FORCE:
            self._require(paper, PaperState.SIGNED, as_of)
            self._require_role(paper, Role.SIGNER, by, as_of)
            self._require_same_draft(paper, seen)
            self._require_standing(paper, as_of)
        return self._sign(paper, _act(paper, PaperState.SIGNED, by, as_of), number)

    def sign_automatically(self, paper_id: int, rule: str, as_of: datetime) -> PaperRecord:
        """Sign what the plan lets the system issue by itself; `rule` names why (`core.signing.automatic_rule`)."""
        paper = self._life.open(paper_id)
        if paper.record.state not in IN_FORCE:
            self._require_automatic(paper, rule)
            self._require(paper, PaperState.SIGNED, as_of, automatic=True)
            self._require_same_draft(paper, None)
            self._require_standing(paper, as_of)
        return self._sign(paper, _act(paper, PaperState.SIGNED, signing.SYSTEM, as_of, rule), None)

    def open(self, paper_id: int) -> PaperRecord:
        """The paper; raises UsageError when there is none of that number."""
        return self._life.open(paper_id).record

    def issuer(self, paper_id: int) -> Issuer:
        """Who issues a paper; raises UsageError for an unknown one."""
        return self._issuer(self._life.open(paper_id))

    def reject(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """退回修改: before review by the reviewer, after it by the signer. Another draft may then be made."""
        paper = self._life.open(paper_id)
        role = Role.REVIEWER if paper.record.state is PaperState.DRAFTED else Role.SIGNER
        return self._leave(paper, PaperState.REJECTED, (role,), by, reason, as_of)

    def withdraw(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """撤稿 by reviewer or signer, or by the system (`core.signing.SYSTEM`) of a draft that has become empty."""
        paper = self._life.open(paper_id)
        roles = () if by == signing.SYSTEM else (Role.REVIEWER, Role.SIGNER)
        return self._leave(paper, PaperState.WITHDRAWN, roles, by, reason, as_of)

    def decline(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """不予督办 by the issuer's reviewer or signer, where the plan lets him decline that rung.

        It is not drafted again, and no higher one follows.
        """
        paper = self._life.open(paper_id)
        signing.require_declinable(self._plan, paper.record)
        return self._leave(paper, PaperState.DECLINED, (Role.REVIEWER, Role.SIGNER), by, reason, as_of)

    def void(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """作废 of a signed paper that reached nobody yet, by the signer; its number stays used."""
        paper = self._life.open(paper_id)
        return self._leave(paper, PaperState.VOID, (Role.SIGNER,), by, reason, as_of)

    def finish(self, paper_id: int) -> PaperRecord:
        """Make good whatever was left undone when a process ended right after the paper's signature.

        Of a paper that is not signed, or was finished before, it changes nothing.
        """
        record = self._life.open(paper_id).record
        if record.state in IN_FORCE:
            self._life.settle()
            self._place(record)
        return record

    def _place(self, record: PaperRecord) -> PaperRecord:
        """Put a signed paper beside its draft, out of the archive."""
        if record.signature is not None:
            self._shelf.put(record.signature.path, self._archive.get(record.signature.sha256))
        return record

    def _sign(self, paper: PaperOnFile, act: Act, number: str | None) -> PaperRecord:
        if paper.record.state in IN_FORCE:
            return self.finish(paper.record.id)
        desk = _Desk(self._plan, self._composer, self._linter, self._archive, paper, act)
        signed = self._life.sign(act, desk.wanted(number), desk.finish, owed(self._plan, paper.record))
        return self._place(signed)

    def _require_standing(self, paper: PaperOnFile, as_of: datetime) -> None:
        """Raise UsageError when a letter speaks of an item that is no longer to be urged; the draft is withdrawn then,

        and drawn anew without those items where any is left.
        """
        record = paper.record
        if self._letters is None or rung_spoken_of(self._plan, record) is None:
            return
        left = self._letters.standing(record, as_of)
        gone = [item for item in record.items if item not in left]
        if not gone:
            return
        names = listed(gone)
        reason = signing_texts.NO_LONGER_DUE.format(items=names)
        self._life.advance(_act(paper, PaperState.WITHDRAWN, signing.SYSTEM, as_of, reason))
        told = signing_texts.WITHDRAWN.format(id=record.id, title=record.title, items=names)
        if left and record.rung is None:
            told += signing_texts.DRAFT_AGAIN
        elif left:
            told += signing_texts.DRAWN_ANEW.format(id=self._letters.redraft(record, left, as_of).id)
        raise UsageError(told)

    def _leave(
        self,
        paper: PaperOnFile,
        after: PaperState,
        roles: tuple[Role, ...],
        by: str,
        reason: str,
        as_of: datetime,
    ) -> PaperRecord:
        by = by.strip()
        self._require(paper, after, as_of)
        if roles:
            self._require_one_of(paper, roles, by, as_of)
        return self._life.advance(_act(paper, after, by, as_of, signing.require_reason(reason)))

    def _require(self, paper: PaperOnFile, after: PaperState, as_of: datetime, *, automatic: bool = False) -> None:
        signing.require_follows(paper.record, after, automatic=automatic)
        signing.require_in_order(paper.acts, as_of)

    def _require_role(self, paper: PaperOnFile, role: Role, by: str, as_of: datetime) -> None:
        signing.require_role(self._issuer(paper), role, by, as_of)
        signing.require_other_hands(paper.acts, by)

    def _require_one_of(self, paper: PaperOnFile, roles: tuple[Role, ...], by: str, as_of: datetime) -> None:
        issuer = self._issuer(paper)
        day = as_of.astimezone(ZONE).date()
        if not any(signing.may_act(signing.person_of(issuer, role), by, day) for role in roles):
            signing.require_role(issuer, roles[-1], by, as_of)

    def _issuer(self, paper: PaperOnFile) -> Issuer:
        return signing.issuer_of(self._plan, paper.record, paper.content)

    def _require_same_draft(self, paper: PaperOnFile, seen: str | None) -> None:
        signing.require_content(paper.record, paper.content)
        try:
            found = sha256(self._shelf.get(paper.record.path)).hexdigest()
        except FileNotFoundError:
            found = ""
        signing.require_same_draft(paper.record, paper.acts, found, seen)

    def _require_automatic(self, paper: PaperOnFile, given: str) -> None:
        record = paper.record
        rule = signing.automatic_rule(self._plan, record)
        issuer = self._issuer(paper)
        if rule is None:
            text = signing_texts.NOT_AUTOMATIC
            raise UsageError(text.format(id=record.id, title=record.title, issuer=issuer.name))
        if rule != given:
            text = signing_texts.WRONG_RULE
            raise UsageError(text.format(id=record.id, title=record.title, rule=rule, given=given))


class _Desk:
    """Where one paper gets its number and date."""

    def __init__(
        self, plan: Plan, composer: Composer, linter: Linter, archive: Archive, paper: PaperOnFile, act: Act
    ) -> None:
        self._composer = composer
        self._linter = linter
        self._archive = archive
        self._record = paper.record
        self._content = signing.require_content(paper.record, paper.content)
        self._act = act
        self._path = signing.signed_path(paper.record.path)
        self._rule: PaperRule = plan.paper(paper.record.kind)
        self._issuer: Issuer = signing.issuer_of(plan, paper.record, paper.content)
        self._day: date = act.at.astimezone(ZONE).date()
        self.printed: Callable[[int], str] = lambda number: printed(self._rule, self._issuer, self._day.year, number)

    def wanted(self, number: str | None) -> NumberWanted | None:
        """The number that the paper needs, after it was composed and checked with one on trial."""
        series = series_of(self._rule, self._issuer, self._day.year)
        entered = entered_number(self._rule, self._issuer, self._day.year, number)
        self._compose(None if series is None else self.printed(entered or WIDEST))
        return None if series is None else NumberWanted(series, entered, self.printed)

    def finish(self, number: str | None) -> Signature:
        """The signed paper, its bytes safely in the archive."""
        digest = self._archive.put(self._compose(number))
        return Signature(self._act.by, self._act.at, self._day, self._path, digest)

    def _compose(self, number: str | None) -> bytes:
        """The signed paper; raises UsageError for one that breaks what is laid down (规定)."""
        content = signing.signed_content(self._content, number or "", self._act.by, self._day)
        paper = self._composer.compose(content)
        facts = release.facts_of(self._issuer, content, self._day)
        release.require_conforming(self._record, self._linter(paper, kind=content.kind, facts=facts))
        return paper


def _act(paper: PaperOnFile, after: PaperState, by: str, at: datetime, why: str = "") -> Act:
    record = paper.record
    return Act(record.id, record.state, after, by, at, why, record.sha256)
