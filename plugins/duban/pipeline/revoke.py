"""Taking back a wrong notice: the 撤销通知 is drafted here, and strikes it once it is signed (domain.md §6, §7)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from duban.core import signing, signing_texts
from duban.core.errors import UsageError
from duban.core.papers import IN_FORCE, NEVER_HAD, PaperKind, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.signing import Role
from duban.pipeline.correction_notice import RevocationNotice
from duban.pipeline.signing_ports import PaperLife


class Revoke:
    """Drafts 撤销通知."""

    def __init__(
        self, plan: Plan, life: PaperLife, papers: Callable[[], Sequence[PaperRecord]], notice: RevocationNotice
    ) -> None:
        self._plan = plan
        self._life = life
        self._papers = papers
        self._notice = notice

    def draft(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """Draft the 撤销通知 of a paper to all who had it; `by` is its reviewer or signer.

        Raises UsageError for a paper that nobody had, that has no number, or whose 撤销通知 is in hand.
        """
        paper = self._life.open(paper_id)
        self._require_revocable(paper.record)
        issuer = signing.issuer_of(self._plan, paper.record, paper.content)
        role = Role.REVIEWER if by.strip() == issuer.reviewer.name else Role.SIGNER
        signing.require_role(issuer, role, by.strip(), as_of)
        signing.require_in_order(paper.acts, as_of)
        return self._notice.draft(paper.record, issuer, signing.require_reason(reason), as_of)

    def _require_revocable(self, record: PaperRecord) -> None:
        out = record.state in IN_FORCE and record.kind is not PaperKind.REVOCATION
        if not out or record.number is None:
            state = signing_texts.STATES[record.state]
            raise UsageError(signing_texts.NOT_TO_REVOKE.format(id=record.id, title=record.title, state=state))
        gone = (*NEVER_HAD, PaperState.VOID)
        for paper in self._papers():
            if (
                paper.kind is PaperKind.REVOCATION
                and paper.state not in gone
                and signing.revoked_id(paper) == record.id
            ):
                raise UsageError(signing_texts.ALREADY_REVOKING.format(id=record.id, notice=paper.id))
