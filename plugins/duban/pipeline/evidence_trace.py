"""Looking at the evidence of a letter again: whether it is what was frozen, and whether it still comes out the same."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from duban.core import evidence_texts as texts
from duban.core.errors import UsageError
from duban.core.papers import PaperContent, PaperRecord, evidence_path
from duban.pipeline.evidence import differences, packed
from duban.pipeline.paper_ports import PaperShelf
from duban.pipeline.status import Document


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """The frozen evidence of a letter.

    `untouched` says that it is what was registered, `differing` which items come out otherwise today, from what was
    known then.
    """

    record: PaperRecord
    document: Document
    untouched: bool
    differing: Sequence[str]

    @property
    def holds(self) -> bool:
        return self.untouched and not self.differing


class EvidenceTrace:
    """`content` gives what a paper of the register says, `again` works its evidence out anew."""

    def __init__(
        self,
        shelf: PaperShelf,
        content: Callable[[int], PaperContent | None],
        again: Callable[[PaperRecord], Document],
    ) -> None:
        self._shelf, self._content, self._again = shelf, content, again

    def registered(self, record: PaperRecord) -> str | None:
        """The evidence as it stands in the register; None for a paper that has none."""
        content = self._content(record.id)
        return content.evidence if content else None

    def look(self, record: PaperRecord) -> EvidenceFound:
        """The evidence beside the draft, held against the register and worked out anew.

        Raises UsageError for a paper that has none, and where the file is lost.
        """
        registered = self.registered(record)
        if registered is None:
            raise UsageError(texts.NO_EVIDENCE.format(id=record.id, title=record.title))
        path = evidence_path(record.path)
        try:
            beside = self._shelf.get(path)
        except FileNotFoundError:
            raise UsageError(texts.LOST.format(id=record.id, title=record.title, path=path)) from None
        document: Document = json.loads(beside)
        again: Document = json.loads(packed(self._again(record)))
        untouched = beside == registered.encode()
        return EvidenceFound(record, document, untouched, tuple(differences(document, again)))
