"""What the pages of papers need from the outside, each played by one adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from duban.core.delivery import Delivery
from duban.core.papers import Figure, PaperContent, PaperRecord, PaperState
from duban.core.preview import Block


@dataclass(frozen=True, slots=True)
class Asked:
    """Which papers: of `office` (None: of all), in one of `states`, `most` of them after the first `skipped`."""

    as_of: datetime
    office: str | None
    states: Sequence[PaperState]
    most: int
    skipped: int


class PaperStore(Protocol):
    """What the database keeps of papers and of what went back to offices; a question touches what its page shows."""

    def papers(self, asked: Asked) -> Sequence[PaperRecord]:
        """The latest first."""
        ...

    def record(self, paper_id: int) -> PaperRecord | None: ...

    def figure(self, paper_id: int, key: str) -> Figure | None: ...

    def deliveries_of(self, paper_ids: Sequence[int], most: int) -> Sequence[Delivery]:
        """The first `most` deliveries of each."""
        ...

    def answers(self, return_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]: ...

    def content(self, paper_id: int) -> PaperContent | None: ...


class PaperDeliveries(Protocol):
    """The outbox, as the board asks it."""

    def of_paper(self, paper_id: int) -> Sequence[Delivery]: ...


class Previewer(Protocol):
    """Shows a paper as blocks of text."""

    def preview(self, content: PaperContent) -> tuple[Block, ...]: ...


class EvidenceBook(Protocol):
    """Writes the 证据清单."""

    def write(self, title: str, evidence: Mapping[str, Any]) -> bytes: ...
