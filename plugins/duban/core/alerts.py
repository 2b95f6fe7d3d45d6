"""What the data team is told when something went wrong, or did not happen at all."""

import re
from dataclasses import dataclass
from datetime import datetime

from duban.core.weeks import ZONE

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to be told, once a day: `key` says which, in words of ours (`failed:weekly_report.draft`).

    `to`: mailboxes of those whom it concerns, beside the data team.
    """

    key: str
    subject: str
    text: str
    at: datetime
    to: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where the channel keeps it: the day, then the key; so the same thing is told once a day."""
        name = _NOT_IN_NAMES.sub("-", self.key).strip("-.")
        return f"{self.at.astimezone(ZONE):%Y-%m-%d}/{name}.txt"
