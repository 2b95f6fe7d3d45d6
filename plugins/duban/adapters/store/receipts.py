"""Receipts of papers on PostgreSQL: pipeline.receipts.ReceiptBook, and the notices that the assessment knows of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from duban.adapters.store import audit
from duban.adapters.store.encoding import storable, storable_or_none
from duban.adapters.store.statements import statement
from duban.core.facts import NoticeFact
from duban.core.papers import PaperKind, PaperState
from duban.core.receipts import Receipt
from duban.core.signing import Act

INSERT_PAPER_RECEIPT = statement("insert_paper_receipt")
SELECT_PAPER_RECEIPTS = statement("select_paper_receipts")
SELECT_NOTICES = statement("select_notices")
LOCK_PAPER = statement("lock_paper")
UPDATE_PAPER_STATE = statement("update_paper_state")


class PostgresReceipts:
    """The receipts of one plan's papers."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def record(self, receipt: Receipt) -> None:
        """As ReceiptBook.record."""
        key = {"plan": self._plan, "paper_id": receipt.paper_id}
        values = {
            "by": storable(receipt.by),
            "at": receipt.at,
            "reply": storable_or_none(receipt.reply),
            "sha256": receipt.sha256,
            "origin": audit.origin(),
        }
        with self._engine.begin() as connection:
            paper = connection.execute(LOCK_PAPER, key).one()
            connection.execute(INSERT_PAPER_RECEIPT, {**key, **values})
            if paper.state == PaperState.DELIVERED:
                before, after = PaperState.DELIVERED, PaperState.ACKNOWLEDGED
                act = Act(receipt.paper_id, before, after, receipt.by, receipt.at, receipt.reply or "", paper.sha256)
                connection.execute(UPDATE_PAPER_STATE, {**key, "state": after.value, "number": None})
                audit.append(connection, self._plan, act, receipt.sha256)

    def receipts(self) -> Sequence[Receipt]:
        """As ReceiptBook.receipts."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_PAPER_RECEIPTS, {"plan": self._plan, "paper_id": None})
            return [Receipt(row.paper_id, row.received_by, row.received_at, row.reply, row.sha256) for row in found]

    def notices(self, as_of: datetime) -> Mapping[str, tuple[NoticeFact, ...]]:
        """The 督办 notices that each office had by `as_of`, in the order of delivery, with the first reply to each."""
        wanted = {"plan": self._plan, "as_of": as_of, "kind": PaperKind.SUPERVISE.value}
        notices: dict[str, list[NoticeFact]] = defaultdict(list)
        with self._engine.begin() as connection:
            for row in connection.execute(SELECT_NOTICES, wanted):
                notices[row.office].append(NoticeFact(row.paper_id, row.delivered_at, row.replied_at))
        return {office: tuple(found) for office, found in notices.items()}
