"""The pages of papers 公文: the register, each paper with its figures and evidence, and what may be downloaded."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Protocol

from duban.core.access import Viewer
from duban.core.delivery import Delivery
from duban.core.evidence_texts import NAME
from duban.core.papers import PaperContent, PaperRecord
from duban.core.preview import Block
from duban.core.signing import as_signed
from duban.pipeline.board_views import EvidencePage, PaperPage
from duban.pipeline.evidence_rows import evidence_rows
from duban.pipeline.ports import Ledger, PaperShelf, Register
from duban.pipeline.trace import Trace
from duban.pipeline.traced import FigureTrace


class PaperStore(Protocol):
    """What the database keeps of papers and of what went back to offices."""

    def answers(self, office: str) -> Mapping[int, tuple[str, ...]]: ...

    def content(self, paper_id: int) -> PaperContent | None: ...


class PaperDeliveries(Protocol):
    """The outbox, as the board asks it."""

    def all(self) -> Sequence[Delivery]: ...


class Previewer(Protocol):
    """Shows a paper as blocks of text."""

    def preview(self, content: PaperContent) -> tuple[Block, ...]: ...


class EvidenceBook(Protocol):
    """Writes the 证据清单."""

    def write(self, title: str, evidence: Mapping[str, Any]) -> bytes: ...


class Paperwork:
    """Answers the pages of papers. What a viewer may not see is left out, or None."""

    def __init__(self, register: Register, store: PaperStore, deliveries: PaperDeliveries, trace: Trace) -> None:
        self._register, self._store, self._deliveries, self._trace = register, store, deliveries, trace

    def showing(
        self, previewer: Previewer, book: EvidenceBook, shelf: PaperShelf, outbox: PaperShelf, ledger: Ledger
    ) -> "Paperwork":
        """The same, with what shows and downloads need."""
        self._previewer, self._book, self._shelf, self._outbox = previewer, book, shelf, outbox
        self._ledger = ledger
        return self

    def papers(self, as_of: datetime, viewer: Viewer) -> tuple[PaperRecord, ...]:
        """The papers drafted by `as_of` that the viewer may read, latest first; their state is today's."""
        known = (p for p in self._register.papers() if p.as_of <= as_of and viewer.sees_paper(p))
        return tuple(sorted(known, key=lambda p: (p.as_of, p.id), reverse=True))

    def deliveries_of(self, papers: Sequence[PaperRecord]) -> Mapping[int, tuple[Delivery, ...]]:
        """The deliveries of each of `papers`."""
        found: dict[int, tuple[Delivery, ...]] = {paper.id: () for paper in papers}
        for delivery in self._deliveries.all():
            if delivery.paper_id in found:
                found[delivery.paper_id] = (*found[delivery.paper_id], delivery)
        return found

    def record(self, paper_id: int, viewer: Viewer) -> PaperRecord | None:
        """One paper; None for one that there is not, or that the viewer may not read."""
        found = (p for p in self._register.papers() if p.id == paper_id and viewer.sees_paper(p))
        return next(found, None)

    def paper(self, paper_id: int, viewer: Viewer) -> PaperPage | None:
        """The page of one paper, as signed where it is."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        content = self._store.content(paper_id)
        blocks = self._previewer.preview(as_signed(content, record)) if content else ()
        proven = bool(content and content.evidence)
        return PaperPage(record, blocks, self.deliveries_of([record])[record.id], proven)

    def docx(self, paper_id: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """The file of a paper: its name and its bytes, as signed where it is."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        path = record.signature.path if record.signature else record.path
        return path.rsplit("/", 1)[-1], self._shelf.get(path)

    def figure(self, paper_id: int, key: str, viewer: Viewer) -> FigureTrace | None:
        """A figure of a paper down to its cells; None where there is none, or it is not for this viewer."""
        if self.record(paper_id, viewer) is None:
            return None
        return self._trace.figure(str(paper_id), key)

    def evidence(self, paper_id: int, viewer: Viewer) -> EvidencePage | None:
        """What a letter rests on, as it stands in the register; None for a paper that has none, or is not his."""
        found = self._evidence(paper_id, viewer)
        return found and EvidencePage(found[0], tuple(evidence_rows(found[1])))

    def evidence_book(self, paper_id: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """The same as the workbook that goes with the letter."""
        found = self._evidence(paper_id, viewer)
        if found is None:
            return None
        record, evidence = found
        return NAME.format(paper=PurePosixPath(record.path).stem), self._book.write(record.title, evidence)

    def _evidence(self, paper_id: int, viewer: Viewer) -> tuple[PaperRecord, Mapping[str, Any]] | None:
        record = self.record(paper_id, viewer)
        content = self._store.content(paper_id) if record else None
        if record is None or content is None or content.evidence is None:
            return None
        return record, json.loads(content.evidence)

    def answer(self, return_id: int, place: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """A file that was handed back for a return, by its place among them: nobody names a path."""
        record = next(iter(self._ledger.return_records_of([return_id])), None)
        if record is None or not viewer.takes_workbooks(record.office):
            return None
        files = self._store.answers(record.office).get(return_id, ())
        if not 0 <= place < len(files):
            return None
        return files[place].rsplit("/", 1)[-1], self._outbox.get(files[place])
