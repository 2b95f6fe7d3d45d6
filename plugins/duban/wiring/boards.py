"""The board's read model."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from duban.adapters import store
from duban.adapters.accessfile import load_access
from duban.adapters.planfile import load_plan
from duban.core.access import Access
from duban.core.weeks import Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.board import Board
from duban.pipeline.what_if import Scenario, what_if
from duban.wiring.tending import Tending


@dataclass(frozen=True)
class Boards(Tending):
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

    def what_if(self, path: Path, as_of: datetime) -> dict[str, Any]:
        """What the changed plan of a file would change at `as_of`; raises PlanError. Nothing is written."""
        plan = load_plan(path)
        weeks = Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)
        changed = Scenario(plan, Assess(plan, weeks, self.ledger, self.decisions).at)
        return what_if(Scenario(self.plan, self.assess), changed, self.register.papers(as_of), as_of)
