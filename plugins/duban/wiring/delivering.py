"""The use cases of what was signed: delivered to its recipients, and confirmed by them."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath

from duban.adapters import store
from duban.adapters.lists import XlsxEvidenceList
from duban.adapters.mail import MailSender, MailSettings
from duban.adapters.mailbox import MaildirMailbox
from duban.adapters.outbox import FolderSender
from duban.adapters.returned_files import ReceiptFolder
from duban.core.addressees import Channel
from duban.core.evidence_texts import NAME
from duban.core.ladder import rung_spoken_of
from duban.core.papers import PaperKind, PaperRecord
from duban.pipeline.correction_notice import RevocationNotice
from duban.pipeline.deliver import Deliver
from duban.pipeline.delivery_ports import Sender
from duban.pipeline.incoming_mail import IncomingMail
from duban.pipeline.receipts import Receipts, Unconfirmed
from duban.pipeline.return_files import MARKED, named
from duban.pipeline.return_slip import RETURN
from duban.pipeline.revoke import Revoke
from duban.pipeline.watchdog import Watchdog
from duban.wiring.issuing import Issuing

WITH_EVIDENCE = (PaperKind.URGE, PaperKind.SUPERVISE, PaperKind.CRITICISM_PROPOSAL)
"""The letters that say of an office that something did not come."""


@dataclass(frozen=True)
class Delivering(Issuing):
    """What is done with signed papers: sent, and confirmed."""

    @cached_property
    def deliveries(self) -> store.PostgresDeliveries:
        return store.PostgresDeliveries(self.engine, self.plan.key)

    @cached_property
    def delivering(self) -> Deliver:
        return self._delivering(MailSettings())

    def _delivering(self, mail: MailSettings) -> Deliver:
        """What is to go by mail waits as long as there is no server."""
        senders: dict[Channel, Sender] = {Channel.FOLDER: FolderSender(self.outbox)}
        if mail.host:
            senders[Channel.MAIL] = MailSender(mail)
        life = store.PostgresLife(self.engine, self.plan.key)
        return Deliver(self.plan, self.deliveries, life, self.archive, senders, self._still_stands, self._enclosures)

    def _still_stands(self, record: PaperRecord, as_of: datetime) -> bool:
        speaks_of_items = rung_spoken_of(self.plan, record) is not None
        return not speaks_of_items or bool(self.watch_deadlines.standing(record, as_of))

    def _enclosures(self, record: PaperRecord) -> tuple[tuple[str, bytes], ...]:
        """With a correction slip the marked workbook, where the file could be marked; with a letter its 证据清单."""
        if record.kind in WITH_EVIDENCE:
            found = self.evidence.registered(record)
            name = NAME.format(paper=PurePosixPath(record.path).stem)
            return () if found is None else ((name, XlsxEvidenceList().write(record.title, json.loads(found))),)
        if record.kind is not PaperKind.RETURN_SLIP:
            return ()
        [returned] = self.ledger.return_records_of([int(record.items[0].removeprefix(RETURN))])
        name = named(MARKED, returned)
        try:
            return ((name, self.outbox.get(f"{returned.office}/{name}")),)
        except FileNotFoundError:
            return ()

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.plan, self.register.papers, self.receipt_book, self.archive)

    @cached_property
    def revoking(self) -> Revoke:
        life = store.PostgresLife(self.engine, self.plan.key)
        return Revoke(self.plan, life, self.register.papers, RevocationNotice(self.plan, self.desk))

    def collect_receipts(self, as_of: datetime) -> list[int]:
        """Register the 回执 dropped into $DUBAN_HOME/receipts, and what came back by mail ($DUBAN_HOME/mailbox).

        Returns the ids of the papers that the dropped ones answer.
        """
        IncomingMail(self.deliveries, self.receipts).collect(MaildirMailbox(self.settings.mailbox_path), as_of)
        return list(self.receipts.collect(ReceiptFolder(self.settings.receipts_path), as_of))

    def telephone_reminders(self, as_of: datetime) -> tuple[Unconfirmed, ...]:
        """Whose 签收 is missing: to be reminded by telephone (domain.md §6)."""
        return self.receipts.unconfirmed(as_of)

    @cached_property
    def watchdog(self) -> Watchdog:
        return Watchdog(self.plan, self.weeks, self.ledger, self.register, self.deliveries)

    def deliveries_due(self, as_of: datetime) -> bool:
        """Whether anything signed waits to be sent at `as_of`."""
        return self.delivering.due(as_of)

    def deliver(self, as_of: datetime, mail: MailSettings | None = None) -> list[int]:
        """Send every signed paper to every recipient that has not had it; returns the ids of the deliveries tried.

        `mail`: the server to be used, where it is not that of the environment.
        """
        delivering = self._delivering(mail) if mail else self.delivering
        return list(delivering.run(as_of))
