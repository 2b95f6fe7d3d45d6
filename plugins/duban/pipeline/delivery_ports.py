"""What delivery needs from the outside: the outbox in the register, and a sender for each channel."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from duban.core.addressees import Channel
from duban.core.delivery import Delivery, DeliveryState, Outcome
from duban.core.papers import PaperRecord

StillStands = Callable[[PaperRecord, datetime], bool]
"""Whether a signed paper still has something to say at the instant at which it is to be sent (domain.md §6)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one recipient gets: the files by name, with a subject and a text for those who get a mail."""

    delivery: Delivery
    subject: str
    text: str
    files: tuple[tuple[str, bytes], ...]
    at: datetime


class Sender(Protocol):
    """Hands a parcel over by one channel."""

    def send(self, parcel: Parcel) -> Outcome:
        """Hand it over once, and tell what came of it; never raises for what the other side does."""
        ...


class Deliveries(Protocol):
    """The outbox: what signed papers owe their recipients. Every change is one transaction."""

    def all(self) -> Sequence[Delivery]:
        """Every delivery, oldest first."""
        ...

    def of_paper(self, paper_id: int) -> Sequence[Delivery]:
        """Those of one paper."""
        ...

    def one(self, delivery_id: int) -> Delivery:
        """The delivery of that number; raises UsageError when there is none."""
        ...

    def due(self, as_of: datetime, channels: Sequence[Channel]) -> Sequence[Delivery]:
        """What waits to be sent at `as_of` by one of `channels`, of papers that stand."""
        ...

    def lease(self) -> AbstractContextManager[str]:
        """A sender's lease: what it holds in hand is given up once it is gone, however it went."""
        ...

    def recover(self, as_of: datetime) -> None:
        """Give up what a sender had in hand that is gone: what may have been sent becomes uncertain."""
        ...

    def take(self, delivery: Delivery, lease: str, as_of: datetime) -> bool:
        """Take a pending delivery in hand; False when somebody else has, or its paper no longer stands."""
        ...

    def settle(self, delivery: Delivery, lease: str, outcome: Outcome, as_of: datetime) -> None:
        """Record what came of it; the last one makes the paper delivered, in the same transaction."""
        ...

    def decide(self, delivery: Delivery, state: DeliveryState, by: str, why: str, as_of: datetime) -> None:
        """Record what a person decided about a delivery."""
        ...

    def hold(self, paper_id: int, as_of: datetime) -> None:
        """Set aside what waits of a paper."""
        ...

    def release(self, paper_id: int, by: str, why: str, as_of: datetime) -> int:
        """Let what was held of a paper be sent; returns how many."""
        ...
