"""The wall clock: the one place that asks what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """ports.Clock, played by the machine's clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)
