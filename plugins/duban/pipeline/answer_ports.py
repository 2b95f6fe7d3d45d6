"""The port of who hands returns back: which of them have no answer yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from duban.pipeline.ports import ReturnRecord


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A judged return for which nothing was handed back yet, and the tick that judged it."""

    return_id: int
    judged_at: datetime


class Answers(Protocol):
    """What was handed back to the offices; a return without an answer is owed one."""

    def unanswered(self, as_of: datetime) -> Sequence[Unanswered]:
        """The returns judged by `as_of` for which nothing was handed back yet, oldest first."""
        ...

    def record_answer(self, answered: Unanswered, files: Sequence[str]) -> None:
        """Record that `files` (paths in the outbox) were handed back; a second time changes nothing."""
        ...

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]:
        """As Ledger.return_records_of."""
        ...
