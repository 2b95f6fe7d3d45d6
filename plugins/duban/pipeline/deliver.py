"""Delivery: every signed paper to every recipient, once (domain.md §7; faults.md F-20, F-21, F-24; I4)."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from duban.core import delivery_texts as texts
from duban.core import signing
from duban.core.addressees import Channel
from duban.core.delivery import Delivery, DeliveryState, require_decidable
from duban.core.errors import InternalError, UsageError
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.signing import Role
from duban.pipeline.delivery_ports import Deliveries, Parcel, Sender, StillStands
from duban.pipeline.ports import Archive
from duban.pipeline.signing_ports import PaperLife

LOG = logging.getLogger(__name__)
File = tuple[str, bytes]
Enclosures = Callable[[PaperRecord], tuple[File, ...]]
"""What goes with a paper besides itself."""


def always_stands(_record: PaperRecord, _as_of: datetime) -> bool:
    """For what speaks of no item."""
    return True


def nothing_enclosed(_record: PaperRecord) -> tuple[File, ...]:
    return ()


class Deliver:
    """Sends what is due. `as_of` is the only clock of what is recorded."""

    def __init__(
        self,
        plan: Plan,
        deliveries: Deliveries,
        life: PaperLife,
        archive: Archive,
        senders: Mapping[Channel, Sender],
        still_stands: StillStands = always_stands,
        enclosures: Enclosures = nothing_enclosed,
    ) -> None:
        self._plan = plan
        self._deliveries = deliveries
        self._life = life
        self._archive = archive
        self._senders = senders
        self._still_stands = still_stands
        self._enclosures = enclosures

    def due(self, as_of: datetime) -> bool:
        """Whether anything waits to be sent at `as_of`."""
        return bool(self._deliveries.due(as_of, tuple(self._senders)))

    def run(self, as_of: datetime) -> tuple[int, ...]:
        """Send everything that is due at `as_of`; returns the ids of what was tried.

        A delivery that somebody else has in hand is his. What a sender that is gone had in hand is given up first.
        A paper that cannot be sent, its file being lost, keeps no other waiting; it is raised as InternalError at the
        end.
        """
        self._deliveries.recover(as_of)
        waiting = self._deliveries.due(as_of, tuple(self._senders))
        tried: list[int] = []
        failed: dict[int, Exception] = {}
        for paper_id, group in groupby(sorted(waiting, key=lambda one: (one.paper_id, one.id)), _paper_id):
            try:
                tried += self._send(self._life.open(paper_id).record, list(group), as_of)
            except Exception as error:  # whatever it is, it is raised once the others are sent
                LOG.exception("paper %s was not sent", paper_id)
                failed[paper_id] = error
        if failed:
            raise InternalError(f"papers {sorted(failed)} were not sent") from next(iter(failed.values()))
        return tuple(tried)

    def retry(self, delivery_id: int, by: str, as_of: datetime) -> Delivery:
        """Have a delivery that was uncertain, refused or bounced sent again: a person's decision, on record."""
        return self._decide(delivery_id, DeliveryState.PENDING, by, texts.SENT_AGAIN, as_of)

    def confirm(self, delivery_id: int, by: str, reason: str, as_of: datetime) -> Delivery:
        """Record that what was doubtful did arrive: somebody asked, or brought it himself."""
        return self._decide(delivery_id, DeliveryState.SENT, by, reason.strip() or texts.CONFIRMED, as_of)

    def release(self, paper_id: int, by: str, reason: str, as_of: datetime) -> PaperRecord:
        """Let a held paper be sent after all: its signer's decision (domain.md §6)."""
        paper = self._life.open(paper_id)
        issuer = signing.issuer_of(self._plan, paper.record, paper.content)
        signing.require_role(issuer, Role.SIGNER, by.strip(), as_of)
        if not self._deliveries.release(paper_id, by.strip(), signing.require_reason(reason), as_of):
            raise UsageError(texts.NOTHING_HELD.format(id=paper_id))
        return paper.record

    def _send(self, record: PaperRecord, waiting: Sequence[Delivery], as_of: datetime) -> Iterable[int]:
        if not self._goes_out(record, waiting, as_of):
            self._deliveries.hold(record.id, as_of)
            return ()
        with self._deliveries.lease() as lease:
            return [one.id for one in waiting if self._send_one(record, one, lease, as_of)]

    def _goes_out(self, record: PaperRecord, waiting: Sequence[Delivery], as_of: datetime) -> bool:
        """Judged again before the first recipient has it; a paper that is on its way, or released, goes on."""
        if any(one.released or one.attempts for one in waiting):
            return True
        begun = any(one.state is not DeliveryState.PENDING for one in self._deliveries.of_paper(record.id))
        return begun or self._still_stands(record, as_of)

    def _send_one(self, record: PaperRecord, delivery: Delivery, lease: str, as_of: datetime) -> bool:
        parcel = self._parcel(record, delivery, as_of)
        if not self._deliveries.take(delivery, lease, as_of):
            return False
        outcome = self._senders[delivery.to.channel].send(parcel)
        self._deliveries.settle(delivery, lease, outcome, as_of)
        return True

    def _parcel(self, record: PaperRecord, delivery: Delivery, as_of: datetime) -> Parcel:
        signature = record.signature
        assert signature is not None, record.id  # noqa: S101  # what is due was signed
        files = ((_file_name(signature.path), self._archive.get(signature.sha256)), *self._enclosures(record))
        subject = texts.subject(record.title, record.number)
        text = texts.letter(record.title, record.number, delivery.to.name, [name for name, _ in files])
        return Parcel(delivery, subject, text, files, as_of)

    def _decide(self, delivery_id: int, state: DeliveryState, by: str, why: str, as_of: datetime) -> Delivery:
        delivery = require_decidable(self._deliveries.one(delivery_id))
        self._deliveries.decide(delivery, state, by.strip(), why, as_of)
        return self._deliveries.one(delivery_id)


def _paper_id(delivery: Delivery) -> int:
    return delivery.paper_id


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]
