"""A desk from which signed papers are sent: real register, real outbox, senders as given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from duban.adapters.outbox import FolderSender
from duban.adapters.shelf import FileShelf
from duban.adapters.store import PostgresDeliveries
from duban.core.addressees import Addressee, Channel
from duban.core.delivery import SENT, Delivery, DeliveryState, Outcome
from duban.core.papers import PaperKind, PaperRecord
from duban.pipeline.deliver import Deliver, always_stands
from duban.pipeline.delivery_ports import Parcel, Sender, StillStands
from fakes.assessments import at
from fakes.signing import SIGNED, SigningDesk

SENT_AT = at(date(2018, 7, 31), 9, 10)
LATER = SENT_AT + timedelta(minutes=10)


@dataclass
class DeliveryDesk:
    """A signing desk with its outbox."""

    signing: SigningDesk
    deliveries: PostgresDeliveries
    outbox: FileShelf
    still_stands: StillStands = always_stands
    senders: Mapping[Channel, Sender] | None = None

    @classmethod
    def on(cls, engine: Engine, key: str, folder: Path) -> "DeliveryDesk":
        outbox = FileShelf(folder / "outbox")
        return cls(SigningDesk.on(engine, key, folder), PostgresDeliveries(engine, key), outbox)

    @property
    def deliver(self) -> Deliver:
        desk = self.signing
        senders = self.senders or {Channel.FOLDER: FolderSender(self.outbox)}
        return Deliver(desk.plan, self.deliveries, desk.life, desk.archive, senders, self.still_stands)

    def by_mail(self, *names: str) -> None:
        """Send to these recipients by mail."""
        mailed = {name: (Addressee(name, Channel.MAIL, f"r{n}@example.com"),) for n, name in enumerate(names, 1)}
        self.signing.plan = replace(self.signing.plan, deliveries=mailed)

    def signed(self, item: str = "S1", kind: PaperKind = PaperKind.URGE) -> PaperRecord:
        return self.signing.signed(item, kind)

    def paper(self, record: PaperRecord) -> PaperRecord:
        return self.signing.life.open(record.id).record

    def states(self, record: PaperRecord) -> dict[str, DeliveryState]:
        return {one.to.name: one.state for one in self.deliveries.of_paper(record.id)}

    def of(self, record: PaperRecord, name: str) -> Delivery:
        return next(one for one in self.deliveries.of_paper(record.id) if one.to.name == name)


class Recording:
    """A sender that remembers what it was given, and answers as told."""

    def __init__(self, answer: Callable[[Parcel], Outcome] = lambda _: SENT) -> None:
        self.parcels: list[Parcel] = []
        self._answer = answer

    def send(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        return self._answer(parcel)


def instants(desk: DeliveryDesk, record: PaperRecord) -> list[datetime]:
    return [act.at for act in desk.signing.life.open(record.id).acts]


__all__ = ["LATER", "SENT_AT", "SIGNED", "DeliveryDesk", "Recording", "instants"]
