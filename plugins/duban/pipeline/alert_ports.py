"""The channel on which the data team is told what needs a person."""

from collections.abc import Callable
from typing import Protocol

from duban.core.alerts import Alert


class Alerts(Protocol):
    """One channel for failures, the watchdog, reminders and the digest."""

    def tell(self, alert: Alert) -> bool:
        """Tell it once a day; False when it was told that day already. Never raises because nobody answers."""
        ...


Carry = Callable[[Alert], None]
"""Carries an alert to people, by mail or to a web hook; raises OSError when it cannot."""
