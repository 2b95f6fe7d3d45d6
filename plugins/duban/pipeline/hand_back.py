"""Handing back: every judged return gets its receipt, and where needed its marked workbook and its slip.

What is owed is asked of the ledger, not of the run that judged: after a crash the next run makes it good.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from duban.core.errors import InternalError
from duban.core.papers import PaperRecord
from duban.pipeline.answer_ports import Answers, Unanswered
from duban.pipeline.paper_ports import PaperShelf
from duban.pipeline.ports import ReturnRecord

LOG = logging.getLogger(__name__)

IssueFiles = Callable[[int, datetime], tuple[str, ...]]
IssueSlip = Callable[[ReturnRecord, datetime], PaperRecord | None]


class HandBack:
    """Puts what answers a return into the office's outbox, once."""

    def __init__(
        self,
        ledger: Answers,
        issue_files: IssueFiles,
        issue_slip: IssueSlip,
        papers: PaperShelf,
        outbox: PaperShelf,
    ) -> None:
        self._ledger = ledger
        self._issue_files = issue_files
        self._issue_slip = issue_slip
        self._papers = papers
        self._outbox = outbox

    def run(self, as_of: datetime) -> tuple[int, ...]:
        """Answer every return judged by `as_of` that has no answer yet; returns the ids of the slips.

        One return that cannot be answered does not keep the others waiting; it is raised as InternalError at the end.
        """
        slips: list[int] = []
        failed: dict[int, Exception] = {}
        for owed in self._ledger.unanswered(as_of):
            try:
                slips += self._answer(owed)
            except Exception as error:  # whatever it is, it is raised once the others have their answer
                LOG.exception("return %s was not answered", owed.return_id)
                failed[owed.return_id] = error
        if failed:
            raise InternalError(f"returns {sorted(failed)} were not answered") from next(iter(failed.values()))
        return tuple(slips)

    def _answer(self, owed: Unanswered) -> list[int]:
        [record] = self._ledger.return_records_of([owed.return_id])
        files = list(self._issue_files(owed.return_id, owed.judged_at))
        slip = self._issue_slip(record, owed.judged_at)
        if slip is not None:
            issued = slip.signature.path if slip.signature else slip.path
            # Where its delivery lays it too: one file.
            path = f"{record.office}/{issued.rpartition('/')[2]}"
            self._outbox.put(path, self._papers.get(issued))
            files.append(path)
        self._ledger.record_answer(owed, files)
        return [slip.id] if slip else []
