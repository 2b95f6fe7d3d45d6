"""What was handed back for returns, and what still has to be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from duban.adapters.store.statements import statement
from duban.pipeline.answer_ports import Unanswered

SELECT_UNANSWERED = statement("select_unanswered")
INSERT_ANSWER = statement("insert_answer")


def unanswered(connection: Connection, plan: str, as_of: datetime) -> list[Unanswered]:
    """The returns judged by `as_of` for which nothing was recorded as handed back, oldest first."""
    found = connection.execute(SELECT_UNANSWERED, {"plan": plan, "as_of": as_of})
    return [Unanswered(row.return_id, row.judged_as_of) for row in found]


def record_answer(connection: Connection, plan: str, answered: Unanswered, files: Sequence[str]) -> None:
    """Record that everything for a return lies in the outbox; a second time changes nothing."""
    values = {"plan": plan, "return_id": answered.return_id, "as_of": answered.judged_at, "files": list(files)}
    connection.execute(INSERT_ANSWER, values)
