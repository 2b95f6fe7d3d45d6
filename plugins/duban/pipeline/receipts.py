"""签收 and 回执: registered by hand or from a returned file; and who has not confirmed yet (domain.md §6)."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from duban.core import receipt_texts as texts
from duban.core.errors import UsageError
from duban.core.masking import mask
from duban.core.moment import Moment
from duban.core.papers import IN_FORCE, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.receipts import CARRIES_CODE, Receipt, read_code, receipt_code
from duban.core.weeks import ZONE
from duban.pipeline.ports import Archive

LOG = logging.getLogger(__name__)
DELIVERED = (PaperState.DELIVERED, PaperState.ACKNOWLEDGED)


class ReceiptBook(Protocol):
    """The receipts on record."""

    def record(self, receipt: Receipt) -> None:
        """Record it once; the first one makes the paper acknowledged, in the same transaction."""
        ...

    def receipts(self) -> Sequence[Receipt]: ...


class ReturnedFiles(Protocol):
    """The folder into which returned 回执 are dropped."""

    def waiting(self) -> Iterable[tuple[str, bytes]]:
        """Name and content of every file that is not registered yet."""
        ...

    def registered(self, name: str) -> None:
        """Put a file away."""
        ...


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A notice whose recipient has not confirmed it: to be reminded by telephone. `working_days` since delivery."""

    paper: PaperRecord
    delivered_at: datetime
    working_days: int


class Receipts:
    """What recipients say about the notices they had."""

    def __init__(
        self,
        plan: Plan,
        papers: Callable[[], Sequence[PaperRecord]],
        book: ReceiptBook,
        archive: Archive,
    ) -> None:
        self._plan = plan
        self._papers = papers
        self._book = book
        self._archive = archive

    def paper_of(self, code: str) -> PaperRecord:
        """The notice of a code; raises UsageError for a code that is mistyped, or of no notice that stands."""
        read = read_code(code)
        if read is None:
            raise UsageError(texts.BAD_CODE.format(code=code))
        for paper in self._papers():
            stands = paper.kind in CARRIES_CODE and paper.state in IN_FORCE
            if stands and receipt_code(self._plan.key, paper) == read:
                return paper
        raise UsageError(texts.UNKNOWN_CODE.format(code=code))

    def acknowledge(
        self, code: str, by: str, as_of: datetime, *, reply: str | None = None, file: bytes | None = None
    ) -> PaperRecord:
        """Register that the notice of `code` was received, and what is answered. The same again changes nothing."""
        paper = self.paper_of(code)
        if not by.strip():
            raise UsageError(texts.NO_NAME)
        if paper.state not in DELIVERED:
            raise UsageError(texts.NOT_DELIVERED.format(id=paper.id, title=paper.title))
        digest = None if file is None else self._archive.put(file)
        self._book.record(Receipt(paper.id, by.strip(), as_of, (reply or "").strip() or None, digest))
        return paper

    def collect(self, files: ReturnedFiles, as_of: datetime) -> tuple[int, ...]:
        """Register every returned 回执 whose name has its code (回执-KTBM-WXZA.docx); returns the papers' ids.

        A file that cannot be registered stays where it is, and is told.
        """
        found: list[int] = []
        for name, content in files.waiting():
            code = PurePath(name).stem.removeprefix(texts.RETURNED_FILE)
            try:
                unit = "、".join(self.paper_of(code).to)
                paper = self.acknowledge(code, texts.BY_FILE.format(unit=unit), as_of, file=content)
            except UsageError as error:
                LOG.warning("%s: %s", mask(name), mask(str(error)))
                continue
            files.registered(name)
            found.append(paper.id)
        return tuple(found)

    def unconfirmed(self, as_of: datetime) -> tuple[Unconfirmed, ...]:
        """The notices delivered some working days ago (the plan's `waits.unacknowledged`) and not confirmed."""
        moment = Moment.at(as_of, self._plan.calendar)
        confirmed = {receipt.paper_id for receipt in self._book.receipts() if receipt.at <= as_of}
        waiting: list[Unconfirmed] = []
        for paper in self._papers():
            at = paper.delivered_at
            if paper.kind not in CARRIES_CODE or paper.state not in DELIVERED or at is None or paper.id in confirmed:
                continue
            days = moment.since(at.astimezone(ZONE).date())
            if at <= as_of and days >= self._plan.waits.unacknowledged:
                waiting.append(Unconfirmed(paper, at, days))
        return tuple(waiting)
