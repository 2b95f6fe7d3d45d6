"""Mail that comes back for what was sent: reports that it did not arrive 退信, and returned 回执 (domain.md §6, §7)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from duban.core import delivery_texts as texts
from duban.core.delivery import DeliveryState
from duban.core.errors import UsageError
from duban.core.masking import mask
from duban.core.receipt_texts import BY_MAIL, RETURNED_FILE
from duban.core.signing import SYSTEM
from duban.pipeline.delivery_ports import Deliveries
from duban.pipeline.receipts import Receipts

LOG = logging.getLogger(__name__)
BOUNCES_FROM = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail: `key` is the mailbox's name for it; `failed` are the Message-IDs that it reports as not delivered, with
    what the server said; `files` its attachments by name.
    """

    key: str
    sender: str
    subject: str
    failed: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


class Mailbox(Protocol):
    """Where such mail arrives."""

    def waiting(self) -> Iterable[Incoming]:
        """What nobody has dealt with yet, oldest first."""
        ...

    def done(self, mail: Incoming, *, understood: bool) -> None:
        """Put a mail away; what was not understood stays for a person to read."""
        ...


class IncomingMail:
    """Registers what comes back."""

    def __init__(self, deliveries: Deliveries, receipts: Receipts) -> None:
        self._deliveries, self._receipts = deliveries, receipts

    def collect(self, mailbox: Mailbox, as_of: datetime) -> tuple[str, ...]:
        """Register every mail that tells of a delivery or returns a 回执; returns the keys of those understood."""
        understood = []
        for mail in mailbox.waiting():
            found = self._bounced(mail, as_of) if mail.failed else self._answered(mail, as_of)
            if found:
                understood.append(mail.key)
            else:
                LOG.warning("not understood: %s", mask(mail.subject))
            mailbox.done(mail, understood=found)
        return tuple(understood)

    def _bounced(self, mail: Incoming, as_of: datetime) -> bool:
        """Whether it tells of a delivery of ours; one that is not out, or that was reported before, stays as it is."""
        ours = {delivery.message_id: delivery for delivery in self._deliveries.all()}
        found = [(ours[key], said) for key, said in mail.failed if key in ours]
        for delivery, said in found:
            if delivery.state in BOUNCES_FROM:
                why = texts.BOUNCED.format(said=mask(said))
                self._deliveries.decide(delivery, DeliveryState.BOUNCED, SYSTEM, why, as_of)
        return bool(found)

    def _answered(self, mail: Incoming, as_of: datetime) -> bool:
        """Whether a file or the subject has the code of a notice that was delivered."""
        told = [(PurePath(name).stem, content) for name, content in mail.files]
        for text, content in (*told, (mail.subject.strip(), None)):
            if not text.startswith(RETURNED_FILE):
                continue
            try:
                by = BY_MAIL.format(sender=mail.sender)
                self._receipts.acknowledge(text.removeprefix(RETURNED_FILE), by, as_of, file=content)
            except UsageError as error:
                LOG.warning("%s: %s", mask(text), mask(str(error)))
            else:
                return True
        return False
