"""The returns that a paper's figures of progress rest on: the input returns of domain.md §6."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from duban.core.assessment import Assessment
from duban.core.facts import ReturnFact
from duban.core.standing import MET

Sources = Mapping[str, Sequence[int]]
"""Of each office the ids of returns, in order."""


class Resting(Protocol):
    """The ledger as it is asked for the inputs of a state."""

    def resting(self, asked: Sequence[tuple[str, datetime]]) -> Sequence[tuple[int, ...]]:
        """Of each office and instant the returns that its state then rests on, in order.

        Of each compound and table that with the last accepted row; where none was ever accepted, the last rejected one.
        """
        ...

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]:
        """As ports.Ledger.returns."""
        ...


def sources_of(ledger: Resting, known_at: datetime, assessment: Assessment, last: Assessment | None = None) -> Sources:
    """What the figures of `assessment`, known at `known_at`, rest on.

    The office's state then; those that it is compared with: of the `last` paper, and of the cut-off from which the
    straight line to the projection is drawn; that of its baseline's freeze; and what proved the obligations that it has
    met, of weekly ones that of the week itself.
    """
    compared = {known_at, assessment.earlier, last.as_of if last else None}
    asked = [
        (progress.office or "", at)
        for progress in assessment.offices
        for at in sorted(at for at in {*compared, progress.frozen_at} if at is not None)
    ]
    found: dict[str, set[int]] = defaultdict(set)
    for (office, _), ids in zip(asked, ledger.resting(asked), strict=True):
        found[office].update(ids)
    counting = {fact.return_id for facts in ledger.returns(known_at).values() for fact in facts if fact.counts}
    week = assessment.week.key if assessment.week else None
    for item in assessment.obligations:
        if item.office and item.state in MET and item.week in (None, week):
            found[item.office].update(counting.intersection(item.received))
    return {office: sorted(ids) for office, ids in found.items()}


def all_of(sources: Sources) -> Sequence[int]:
    """Those of every office (or of every district, where `sources` are by district), in order."""
    return sorted(return_id for ids in sources.values() for return_id in ids)
