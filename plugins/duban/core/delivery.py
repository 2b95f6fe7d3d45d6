"""Delivery 送达: to whom a signed paper goes, how, and what became of it (domain.md §7; faults.md I4).

Sent at most once to each recipient: whatever is doubtful is *uncertain*, and nothing but a person's decision sends it
again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from duban.core import delivery_texts as texts
from duban.core.addressees import Addressee, Channel
from duban.core.errors import UsageError
from duban.core.papers import PaperRecord
from duban.core.plan import Plan


class DeliveryState(StrEnum):
    """What became of one delivery."""

    PENDING = "pending"  # to be sent, or to be tried again
    SENDING = "sending"  # a sender has it in hand
    SENT = "sent"
    UNCERTAIN = "uncertain"  # handed over, but the answer was lost: nobody knows whether it arrived
    REFUSED = "refused"  # the recipient's server, or the folder, will not take it
    BOUNCED = "bounced"  # accepted, and came back
    HELD = "held"  # all that it speaks of has been met: its signer is asked
    CANCELLED = "cancelled"  # the paper was voided or revoked before it was sent


_D = DeliveryState
RETRIED = (_D.UNCERTAIN, _D.REFUSED, _D.BOUNCED)
"""What a person may have sent again."""
OUT_OF_HAND = (_D.SENDING, _D.SENT, _D.UNCERTAIN, _D.BOUNCED)
"""The recipient has it, or may have it: the paper can no longer be voided, only revoked."""
NOT_YET_OUT = (_D.PENDING, _D.HELD, _D.REFUSED)
"""What is cancelled with its paper."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to be written with a signature; `message_id` is the same whenever it is worked out."""

    to: Addressee
    message_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery. `attempts` counts how often a sender had it in hand; `at`, `by`, `why` are of its last change.

    `released`: the signer wants it sent although what it speaks of has been met.
    """

    id: int
    paper_id: int
    to: Addressee
    message_id: str
    state: DeliveryState
    attempts: int
    at: datetime
    by: str
    why: str = ""
    released: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `why` is a sentence where it was not sent."""

    state: DeliveryState
    why: str = ""


SENT = Outcome(DeliveryState.SENT)


def owed(plan: Plan, record: PaperRecord) -> tuple[Owed, ...]:
    """What a signed paper owes: each of 主送, 抄送, 报、送、发 once, a group member by member."""
    addressees: dict[str, Addressee] = {}
    for name in (*record.to, *record.cc):
        for addressee in addressees_of(plan, name):
            addressees.setdefault(addressee.name, addressee)
    return tuple(Owed(one, message_id(plan.key, record.id, one.name)) for one in addressees.values())


def addressees_of(plan: Plan, name: str) -> Sequence[Addressee]:
    """Who gets what is addressed to `name`: as the plan's `deliveries` say, else the folder of that office or name."""
    if name in plan.deliveries:
        return plan.deliveries[name]
    code = next((office.code for office in plan.offices if office.name == name), name)
    return (Addressee(name, Channel.FOLDER, code),)


def message_id(plan: str, paper_id: int, recipient: str) -> str:
    """The Message-ID of one delivery, derived from what it is, so that a second copy can be told as one."""
    digest = sha256(f"{plan}/{paper_id}/{recipient}".encode()).hexdigest()
    return f"<{digest[:32]}@duban>"


def counted(deliveries: Iterable[Delivery]) -> Mapping[DeliveryState, int]:
    """How many deliveries are in each state."""
    states = [one.state for one in deliveries]
    return {state: states.count(state) for state in DeliveryState if state in states}


def require_decidable(delivery: Delivery) -> Delivery:
    """Raise UsageError unless a person may decide what becomes of the delivery."""
    if delivery.state not in RETRIED:
        raise UsageError(texts.not_to_decide(delivery.id, delivery.to.name, delivery.state.value))
    return delivery
