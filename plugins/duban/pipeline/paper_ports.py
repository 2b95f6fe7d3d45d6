"""What the papers ask of the outside: a register, what writes Word, a shelf."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from duban.core.compound import Compound
from duban.core.papers import PaperContent, PaperRecord
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.sources import Resting


class Register(Protocol):
    """The register of papers."""

    def add(self, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        """Register a draft once per kind, office, as_of and items; the same draft again returns the first record.

        Whether that has the same bytes is for who asks to see.
        """
        ...

    def papers(self, as_of: datetime | None = None) -> Sequence[PaperRecord]:
        """Every paper, oldest first; with `as_of` those drafted by then, each as it stood then."""
        ...


class Composer(Protocol):
    """Turns a paper's content into the bytes of a .docx; the same content gives the same bytes."""

    def compose(self, content: PaperContent) -> bytes: ...


class PaperShelf(Protocol):
    """The folder of papers ($DUBAN_HOME/papers), or the outbox ($DUBAN_OUTBOX)."""

    def put(self, path: str, content: bytes) -> None:
        """Place `content` at `path`; the same bytes again change nothing. Raises ConflictError for other bytes."""
        ...

    def get(self, path: str) -> bytes:
        """The bytes at `path`."""
        ...


class Told(Resting, Protocol):
    """What a report asks of the ledger, as Ledger answers it."""

    def return_records(
        self, as_of: datetime | None = None, since: datetime | None = None
    ) -> Sequence[ReturnRecord]: ...

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]: ...
