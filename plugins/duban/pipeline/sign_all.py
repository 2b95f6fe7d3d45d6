"""Signing everything at once, for replays and trials: each draft by the persons that the plan names (domain.md §7)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from duban.core import signing
from duban.core.errors import UsageError
from duban.core.issuers import Issuer, Numbering
from duban.core.papers import IN_FORCE, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.pipeline.paper_ports import Register
from duban.pipeline.sign import Sign
from duban.pipeline.signing_ports import NumberUsed

WAITING = (PaperState.DRAFTED, PaperState.REVIEWED)


class SignAll:
    """Plays the reviewers and signers of every issuer. `numbers` are those used so far, for the registries outside."""

    def __init__(
        self, plan: Plan, register: Register, signing_: Sign, numbers: Callable[[], Iterable[NumberUsed]]
    ) -> None:
        self._plan = plan
        self._register = register
        self._sign = signing_
        self._numbers = numbers

    def automatically(self, paper: PaperRecord, as_of: datetime) -> PaperRecord:
        """The paper, signed with the rule that lets it sign itself; as it is where the plan wants a signer.

        One that was signed before is given as it was signed, whatever was left undone then made good.
        """
        rule = signing.automatic_rule(self._plan, paper)
        if rule is None or paper.state not in (PaperState.DRAFTED, *IN_FORCE):
            return paper
        return self._sign.sign_automatically(paper.id, rule, as_of)

    def run(self, as_of: datetime) -> list[int]:
        """Review and sign at `as_of` every draft that was made by then; returns the ids of the papers signed.

        A letter whose items no longer stand is withdrawn by the signature; what is drawn anew is signed in its turn.
        What was signed at `as_of` before is made good: that run may have ended right after the signature.
        """
        for paper in self._register.papers():
            if paper.state in IN_FORCE and paper.signature is not None and paper.signature.at == as_of:
                self._sign.finish(paper.id)
        signed: list[int] = []
        while waiting := [one for one in self._register.papers() if one.state in WAITING and one.as_of <= as_of]:
            signed += [paper.id for paper in waiting if self._issue(paper, as_of)]
        return signed

    def _issue(self, paper: PaperRecord, as_of: datetime) -> bool:
        if signing.automatic_rule(self._plan, paper) is not None:
            self.automatically(paper, as_of)
            return True
        issuer = self._sign.issuer(paper.id)
        if paper.state is PaperState.DRAFTED:
            self._sign.review(paper.id, issuer.reviewer.name, as_of)
        try:
            self._sign.sign(paper.id, issuer.signer.name, as_of, self._outside_number(paper, issuer, as_of))
        except UsageError:
            if self._is_waiting(paper.id):
                raise
            return False
        return True

    def _is_waiting(self, paper_id: int) -> bool:
        return any(one.id == paper_id and one.state in WAITING for one in self._register.papers())

    def _outside_number(self, paper: PaperRecord, issuer: Issuer, as_of: datetime) -> str | None:
        """The next number of a registry that is not ours, as its clerk would give it; None where duban counts."""
        rule, year = self._plan.paper(paper.kind), as_of.astimezone(ZONE).year
        if issuer.numbering is Numbering.OWN or not rule.number_form:
            return None
        used = (one for one in self._numbers() if (one.series.issuer, one.series.year) == (issuer.key, year))
        return str(max((one.number for one in used), default=0) + 1)
