"""The board's read model."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from duban import core, pipeline
from duban.adapters import store
from duban.adapters.accessfile import load_access
from duban.adapters.digest import digest_of
from duban.adapters.lists import XlsxEvidenceList
from duban.adapters.planfile import load_plan, plan_files
from duban.adapters.site import SiteFolder
from duban.core.access import Access, Grant, ViewerRole
from duban.core.weeks import Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.board import Board
from duban.pipeline.board_papers import Paperwork
from duban.pipeline.board_shown import Shown
from duban.pipeline.board_snapshot import Survey
from duban.pipeline.keep_snapshot import KeepSnapshot
from duban.pipeline.what_if import Scenario, what_if
from duban.wiring.tending import Tending


@dataclass(frozen=True)
class Boards(Tending):
    """What readers look at."""

    @property
    def access(self) -> Access:
        """Read anew each time: whom the file no longer names is out at once.

        Reviewers and signers read what they are asked about, unless the file says otherwise of them.
        """
        key = self.settings.plan_key or self.plan.key
        found = load_access(self.settings.access).of_plan(key, one_of_several=bool(self.settings.plans))
        signers = dict.fromkeys(self.settings.user_of_person.values(), Grant(ViewerRole.SUPERVISION))
        return replace(found, users=signers | dict(found.users))

    @cached_property
    def snapshots(self) -> store.PostgresSnapshots:
        """The kept ones: of this plan's files and this version's rules, whatever else may have kept others."""
        sources = sorted(path for layer in (core, pipeline) for path in Path(layer.__path__[0]).rglob("*.py"))
        mark = digest_of([*plan_files(self.settings.plan), *sources])
        return store.PostgresSnapshots(self.engine, self.plan.key, mark)

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.plan, self.weeks, self.assessing, self.register)

    @cached_property
    def keeping_snapshots(self) -> KeepSnapshot:
        return KeepSnapshot(self.weeks, self.survey.each, self.snapshots)

    @cached_property
    def board(self) -> Board:
        books = store.PostgresBoard(self.engine, self.plan.key)
        paperwork = Paperwork(books, self.deliveries, self.trace)
        paperwork.showing(self.composer, XlsxEvidenceList(), self.shelf, self.outbox, self.ledger)
        shown = Shown(self.snapshots, self.survey.at, books.mark)
        board = Board(self.plan, self.weeks, shown, books, paperwork, self.assessing.waiting)
        return board.showing(SiteFolder(self.settings.data_docs_path))

    def what_if(self, path: Path, as_of: datetime) -> dict[str, Any]:
        """What the changed plan of a file would change at `as_of`; raises PlanError. Nothing is written."""
        plan = load_plan(path)
        weeks = Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)
        changed = Scenario(plan, Assess(plan, weeks, self.ledger, self.decisions).at)
        return what_if(Scenario(self.plan, self.assess), changed, self.register.papers(as_of), as_of)
