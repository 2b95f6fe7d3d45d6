"""What the board asks beyond the ledger and the register."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from duban.adapters.store.statements import source, statement
from duban.core.paper_json import decode
from duban.core.papers import PaperContent

SELECT_LAST_LISTING = statement("select_last_listing")
SELECT_ANSWERS = statement("select_answers")
SELECT_PAPER_CONTENT = statement("select_paper_content")


class PostgresBoard:
    """pipeline.board.BoardStore on PostgreSQL."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def last_listing(self) -> datetime | None:
        """When the folders were last listed; None before the first collection."""
        with self._engine.begin() as connection:
            found: datetime | None = connection.execute(SELECT_LAST_LISTING, {"plan": self._plan}).scalar()
            return found

    def answers(self, office: str) -> Mapping[int, tuple[str, ...]]:
        """The outbox's paths of what was handed back to an office, by return."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_ANSWERS, {"plan": self._plan, "office": office})
            return {row.return_id: tuple(row.files) for row in found}

    def content(self, paper_id: int) -> PaperContent | None:
        """What a draft says; None where its content was not kept."""
        with self._engine.begin() as connection:
            values = {"plan": self._plan, "paper_id": paper_id}
            kept = connection.execute(SELECT_PAPER_CONTENT, values).scalar()
            return decode(kept) if kept else None

    def sql(self, name: str) -> str:
        """The text of a statement."""
        return source(name)
