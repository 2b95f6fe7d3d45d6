"""Looking at the evidence of a letter again: whether it is what was frozen, and whether it still comes out the same."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from duban.core.errors import UsageError
from duban.core.papers import PaperContent, PaperRecord
from duban.pipeline.evidence import EVIDENCE, differences, evidence_path, packed
from duban.pipeline.ports import PaperShelf
from duban.pipeline.status import Document

NO_EVIDENCE = "公文 {id}《{title}》不是按期限拟的文书，没有证据清单。"
LOST = "公文 {id}《{title}》的证据清单 {path} 不见了，请从备份恢复。"


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

    def frozen(self, record: PaperRecord) -> bytes | None:
        """The bytes beside the draft; None for a paper that has no evidence. Raises UsageError where they are lost."""
        if self._registered(record) is None:
            return None
        path = evidence_path(record.path)
        try:
            return self._shelf.get(path)
        except FileNotFoundError:
            raise UsageError(LOST.format(id=record.id, title=record.title, path=path)) from None

    def look(self, record: PaperRecord) -> EvidenceFound:
        """The evidence of a letter, held against the register and worked out anew; UsageError for any other paper."""
        content = self.frozen(record)
        if content is None:
            raise UsageError(NO_EVIDENCE.format(id=record.id, title=record.title))
        document: Document = json.loads(content)
        again: Document = json.loads(packed(self._again(record)))
        untouched = sha256(content).hexdigest() == self._registered(record)
        return EvidenceFound(record, document, untouched, tuple(differences(document, again)))

    def _registered(self, record: PaperRecord) -> str | None:
        content = self._content(record.id)
        found = content.fields.get(EVIDENCE) if content else None
        return found if isinstance(found, str) else None
