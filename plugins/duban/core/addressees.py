"""Where what is addressed to a recipient goes. Part of the plan."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a paper reaches a recipient."""

    FOLDER = "folder"  # a folder of the outbox that the recipient reads
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who gets a paper. `address` is a folder's name in the outbox, or an address of electronic mail."""

    name: str
    channel: Channel
    address: str
