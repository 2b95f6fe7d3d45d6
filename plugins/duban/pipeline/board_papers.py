"""The pages of papers 公文: the register, each paper with its figures and evidence, and what may be downloaded."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from duban.core.access import OUT_OF_HOUSE, Viewer
from duban.core.delivery import Delivery
from duban.core.evidence_texts import NAME
from duban.core.papers import PaperRecord, PaperState
from duban.core.signing import as_signed
from duban.pipeline.board_paper_ports import Asked, EvidenceBook, PaperDeliveries, PaperStore, Previewer
from duban.pipeline.board_views import EvidencePage, FigurePage, PaperPage, PapersPage, Part
from duban.pipeline.evidence_rows import evidence_rows
from duban.pipeline.paper_ports import PaperShelf
from duban.pipeline.ports import Ledger
from duban.pipeline.trace import Trace
from duban.pipeline.traced import FigureTrace

PAPERS_A_PAGE = 100
MOST_PAGES = 10_000
DELIVERIES_SHOWN = 10
"""Of one paper in a list; a circular goes to every office. Its own page has them all."""
RETURNS_SHOWN = 100
"""Of those that a figure came from; one of the whole district comes from every office's."""


class Paperwork:
    """Answers the pages of papers. What a viewer may not see is left out, or None."""

    def __init__(self, store: PaperStore, deliveries: PaperDeliveries, trace: Trace) -> None:
        self._store, self._deliveries, self._trace = store, deliveries, trace

    def showing(
        self, previewer: Previewer, book: EvidenceBook, shelf: PaperShelf, outbox: PaperShelf, ledger: Ledger
    ) -> "Paperwork":
        """The same, with what shows and downloads need."""
        self._previewer, self._book, self._shelf, self._outbox = previewer, book, shelf, outbox
        self._ledger = ledger
        return self

    def papers(self, as_of: datetime, viewer: Viewer, number: int = 1) -> PapersPage:
        """A part of the papers drafted by `as_of` that the viewer may read, latest first; their state is today's."""
        number = min(max(number, 1), MOST_PAGES)
        return self._page(viewer.office, as_of, viewer, PAPERS_A_PAGE, number)

    def papers_to(self, office: str, as_of: datetime, viewer: Viewer, most: int) -> PapersPage:
        """The latest of those to an office that the viewer may read."""
        return self._page(viewer.office or office, as_of, viewer, most, 1)

    def _page(self, office: str | None, as_of: datetime, viewer: Viewer, most: int, number: int) -> PapersPage:
        """An office reads the papers to itself once they are signed, as Viewer.sees_paper has it."""
        states = OUT_OF_HOUSE if viewer.office else tuple(PaperState)
        found = self._store.papers(Asked(as_of, office, states, most + 1, (number - 1) * most))
        papers = tuple(found[:most])
        return PapersPage(papers, self._deliveries_of(papers), Part(number, None, more=len(found) > most))

    def _deliveries_of(self, papers: Sequence[PaperRecord]) -> Mapping[int, tuple[Delivery, ...]]:
        """The first deliveries of each of `papers`; one more than is shown says that there are others."""
        found: dict[int, tuple[Delivery, ...]] = {paper.id: () for paper in papers}
        for delivery in self._store.deliveries_of(list(found), DELIVERIES_SHOWN + 1):
            found[delivery.paper_id] = (*found[delivery.paper_id], delivery)
        return found

    def record(self, paper_id: int, viewer: Viewer) -> PaperRecord | None:
        """One paper; None for one that there is not, or that the viewer may not read."""
        found = self._store.record(paper_id)
        return found if found and viewer.sees_paper(found) else None

    def paper(self, paper_id: int, viewer: Viewer) -> PaperPage | None:
        """The page of one paper, as signed where it is."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        content = self._store.content(paper_id)
        blocks = self._previewer.preview(as_signed(content, record)) if content else ()
        proven = bool(content and content.evidence)
        return PaperPage(record, blocks, tuple(self._deliveries.of_paper(record.id)), proven)

    def docx(self, paper_id: int, viewer: Viewer) -> tuple[str, bytes] | None:
        """The file of a paper: its name and its bytes, as signed where it is."""
        record = self.record(paper_id, viewer)
        if record is None:
            return None
        path = record.signature.path if record.signature else record.path
        return path.rsplit("/", 1)[-1], self._shelf.get(path)

    def figure(self, paper_id: int, key: str, viewer: Viewer, *, whole: bool = False) -> FigurePage | None:
        """A figure of a paper and the returns it came from; None where there is none, or it is not for this viewer.

        `whole`: the paper is worked out anew and the archived workbooks are read, down to the figure's cells.
        """
        record = self.record(paper_id, viewer)
        figure = self._store.figure(paper_id, key) if record else None
        if record is None or figure is None:
            return None
        if whole:
            trace = self._trace.figure(str(paper_id), key)
        else:
            returns = self._trace.returns(figure.returns[:RETURNS_SHOWN])
            trace = FigureTrace(figure, record.as_of, None, returns=returns)
        return FigurePage(trace, whole, len(figure.returns))

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
        files = self._store.answers([return_id]).get(return_id, ())
        if not 0 <= place < len(files):
            return None
        return files[place].rsplit("/", 1)[-1], self._outbox.get(files[place])
