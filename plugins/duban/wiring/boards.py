"""The board's read model."""

from dataclasses import dataclass
from functools import cached_property

from duban.adapters import store
from duban.adapters.accessfile import load_access
from duban.core.access import Access
from duban.pipeline.board import Board
from duban.wiring.delivering import Delivering


@dataclass(frozen=True)
class Boards(Delivering):
    """What readers look at."""

    @property
    def access(self) -> Access:
        """Read anew each time: whom the file no longer names is out at once."""
        return load_access(self.settings.access)

    @cached_property
    def board(self) -> Board:
        books = store.PostgresBoard(self.engine, self.plan.key)
        board = Board(self.plan, self.weeks, self.assessing, self.ledger, self.register, books)
        return board.showing(self.deliveries, self.composer, self.shelf, self.outbox, self.trace)
