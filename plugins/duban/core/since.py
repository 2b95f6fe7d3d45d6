"""The instant at which something came to hold: known, or looked for only when somebody asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Since:
    """`look` is the instant, or finds it, which may mean reading past states; it is called once at most.

    Two are equal when their instants are.
    """

    look: datetime | Callable[[], datetime]

    @property
    def known(self) -> datetime | None:
        """The instant where it need not be looked for."""
        return self.look if isinstance(self.look, datetime) else None

    @cached_property
    def at(self) -> datetime:
        """The instant."""
        return self.look if isinstance(self.look, datetime) else self.look()

    def __eq__(self, other: object) -> bool:
        """By the instant, however it is known."""
        return isinstance(other, Since) and self.at == other.at

    def __hash__(self) -> int:
        """As the instant."""
        return hash(self.at)
