"""Confirming a zero report of an office without a compound: it meets S1 and freezes N = 0 (domain.md §4, §5)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from duban.core import empty_texts as texts
from duban.core.empty import EmptyConfirmation, WaitingZeroReport, against, says_empty
from duban.core.errors import UsageError
from duban.core.facts import OfficeFacts, ReturnFact
from duban.core.plan import Plan
from duban.core.returns import ReturnKind
from duban.core.wording import full_moment_text
from duban.pipeline.ports import Ledger, ReturnRecord


class Confirmations(Protocol):
    """Where the bureau's confirmations are kept; the ledger tells the facts that follow from them."""

    def confirm_empty(self, confirmation: EmptyConfirmation) -> None:
        """Record one, once for a zero report and an instant."""
        ...

    def empty_confirmations(self, as_of: datetime) -> Sequence[EmptyConfirmation]:
        """Every one known at `as_of`, oldest first."""
        ...


class ConfirmEmpty:
    """Lists what waits and records confirmations. `facts` tells what is known of every office at an instant."""

    def __init__(
        self,
        plan: Plan,
        facts: Callable[[datetime], Sequence[OfficeFacts]],
        ledger: Ledger,
        decisions: Confirmations,
    ) -> None:
        self._plan, self._facts, self._ledger, self._decisions = plan, facts, ledger, decisions

    def waiting(self, as_of: datetime) -> list[WaitingZeroReport]:
        """Of each office the first zero report that the bureau could confirm at `as_of`, in the plan's order."""
        zeros = {facts.office: list(_zeros(facts)) for facts in self._facts(as_of) if not against(self._plan, facts)}
        ids = [fact.return_id for found in zeros.values() for fact in found]
        said = {one.return_id for one in self._ledger.return_records_of(ids) if says_empty(one.findings)}
        saying = ([fact for fact in found if fact.return_id in said] for found in zeros.values())
        return [
            WaitingZeroReport(first.office, first.return_id, first.received_at) for first, *_ in filter(None, saying)
        ]

    def run(self, confirmation: EmptyConfirmation) -> str:
        """Record a confirmation; returns its office's code.

        Raises UsageError for one without its maker, for a return that is no accepted zero report known by then or does
        not say so, for one confirmed before, and where what is known of the office speaks against it.
        """
        if not confirmation.by.strip():
            raise UsageError(texts.NO_MAKER)
        facts = self._known_zero(confirmation)
        self._refuse_twice(confirmation)
        if sentence := against(self._plan, facts):
            raise UsageError(sentence)
        self._decisions.confirm_empty(confirmation)
        return facts.office

    def _known_zero(self, confirmation: EmptyConfirmation) -> OfficeFacts:
        """The facts of the office whose accepted zero report it is, known at the decision."""
        record = self._record(confirmation.return_id)
        if record.received_at > confirmation.decided_at:
            raise _refused(texts.NOT_YET, record, received_at=full_moment_text(record.received_at))
        known = (facts for facts in self._facts(confirmation.decided_at) if facts.office == record.office)
        facts = next(known, None)
        found = next((one for one in facts.returns if one.return_id == record.return_id), None) if facts else None
        if facts is None or found is None or not found.counts:
            raise _refused(texts.NOT_TAKEN, record)
        if found.kind is not ReturnKind.ZERO:
            raise _refused(texts.NOT_ZERO, record, kind=found.kind)
        if not says_empty(record.findings):
            raise _refused(texts.NOT_SAID, record)
        return facts

    def _record(self, return_id: int) -> ReturnRecord:
        record = next(iter(self._ledger.return_records_of([return_id])), None)
        if record is None:
            raise UsageError(texts.NO_SUCH.format(return_id=return_id))
        return record

    def _refuse_twice(self, confirmation: EmptyConfirmation) -> None:
        for one in self._decisions.empty_confirmations(confirmation.decided_at):
            if one.return_id == confirmation.return_id:
                decided_at = full_moment_text(one.decided_at)
                raise UsageError(texts.CONFIRMED.format(return_id=one.return_id, by=one.by, decided_at=decided_at))


def _zeros(facts: OfficeFacts) -> Iterator[ReturnFact]:
    return (fact for fact in facts.returns if fact.counts and fact.kind is ReturnKind.ZERO)


def _refused(sentence: str, record: ReturnRecord, **terms: object) -> UsageError:
    return UsageError(sentence.format(return_id=record.return_id, **terms))
