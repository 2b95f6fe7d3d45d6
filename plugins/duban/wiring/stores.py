"""The database and the folders: which adapter plays which port."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from duban.adapters import store
from duban.adapters.archive import FileArchive
from duban.adapters.shelf import FileShelf
from duban.adapters.templates import TemplateFolder
from duban.adapters.word import DocxComposer
from duban.core.paper_numbers import numbered_texts
from duban.core.state import fold
from duban.wiring.offline import Offline

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True)
class Stores(Offline):
    """The database and the folders, opened."""

    engine: "Engine" = field(kw_only=True)

    @cached_property
    def ledger(self) -> store.PostgresLedger:
        return store.PostgresLedger(self.engine, self.plan.key, fold, tuple(aim.key for aim in self.plan.aims))

    @cached_property
    def decisions(self) -> store.PostgresDecisions:
        return store.PostgresDecisions(self.engine, self.plan.key)

    @cached_property
    def register(self) -> store.PostgresRegister:
        return store.PostgresRegister(self.engine, self.plan.key, self.templates.digest)

    @cached_property
    def receipt_book(self) -> store.PostgresReceipts:
        return store.PostgresReceipts(self.engine, self.plan.key)

    @cached_property
    def archive(self) -> FileArchive:
        return FileArchive(self.settings.archive_path)

    @cached_property
    def shelf(self) -> FileShelf:
        return FileShelf(self.settings.papers_path)

    @cached_property
    def outbox(self) -> FileShelf:
        return FileShelf(self.settings.outbox_path)

    @cached_property
    def templates(self) -> TemplateFolder:
        return TemplateFolder(self.settings.templates_path)

    @cached_property
    def composer(self) -> DocxComposer:
        return DocxComposer(self.settings.templates_path, numbered_texts(self.plan))
