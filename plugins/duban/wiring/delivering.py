"""The use cases of what was signed: delivered to its recipients."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duban.adapters import store
from duban.adapters.outbox import FolderSender
from duban.core.addressees import Channel
from duban.core.papers import PaperRecord
from duban.pipeline.deliver import Deliver
from duban.pipeline.delivery_ports import Sender
from duban.wiring.issuing import Issuing


@dataclass(frozen=True)
class Delivering(Issuing):
    """What is done with signed papers: sent."""

    @cached_property
    def deliveries(self) -> store.PostgresDeliveries:
        return store.PostgresDeliveries(self.engine, self.plan.key)

    @cached_property
    def delivering(self) -> Deliver:
        senders: dict[Channel, Sender] = {Channel.FOLDER: FolderSender(self.outbox)}
        life = store.PostgresLife(self.engine, self.plan.key)
        return Deliver(self.plan, self.deliveries, life, self.archive, senders, self._still_stands)

    def _still_stands(self, record: PaperRecord, as_of: datetime) -> bool:
        return record.rung is None or bool(self.watch_deadlines.standing(record, as_of))

    def deliveries_due(self, as_of: datetime) -> bool:
        """Whether anything signed waits to be sent at `as_of`."""
        return self.delivering.due(as_of)

    def deliver(self, as_of: datetime) -> list[int]:
        """Send every signed paper to every recipient that has not had it; returns the ids of the deliveries tried."""
        return list(self.delivering.run(as_of))
