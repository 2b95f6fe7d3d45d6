"""The lives of returns: what each changed, what came after a signature, what the bureau asked to be changed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from duban.adapters.store.encoding import RowCodec, storable
from duban.adapters.store.statements import statement
from duban.core.asks import Ask
from duban.core.checked import CheckedRow, Verdict
from duban.core.papers import IN_FORCE, PaperKind
from duban.core.returns import WORK
from duban.core.state import PROJECT
from duban.pipeline.ports import ReturnRecord

INSERT_AFTER_SIGNATURE = statement("insert_after_signature")
INSERT_ASK = statement("insert_ask")
SELECT_ASKS = statement("select_asks")
SELECT_JUDGED_ROWS = statement("select_judged_rows")
SELECT_ROW_COUNTS = statement("select_row_counts")
SELECT_ROWS_BEFORE = statement("select_rows_before")


def note_signatures(connection: Connection, plan: str, return_ids: Sequence[int]) -> None:
    """Record of each return that counts although its week's report is signed that it is so."""
    in_force = [state.value for state in IN_FORCE]
    values = {"plan": plan, "return_ids": list(return_ids), "kind": PaperKind.WEEKLY_REPORT.value, "in_force": in_force}
    connection.execute(INSERT_AFTER_SIGNATURE, values)


def rows_of(connection: Connection, plan: str, codec: RowCodec, return_id: int) -> list[CheckedRow]:
    """The judged rows of a return, without those that are no data."""
    found = connection.execute(SELECT_JUDGED_ROWS, {"plan": plan, "return_ids": [return_id]})
    return [codec.row(row) for row in found]


def rows_before(connection: Connection, plan: str, codec: RowCodec, record: ReturnRecord) -> list[CheckedRow]:
    """Of each compound and table the last accepted row up to the return's week, as known before it came."""
    values = {"plan": plan, "week": record.week, **_came(record), "work": WORK.key, "project": PROJECT}
    return [codec.row(row) for row in connection.execute(SELECT_ROWS_BEFORE, values)]


def row_counts(connection: Connection, plan: str, return_id: int) -> dict[str, dict[Verdict, int]]:
    """How many rows of each table have which verdict."""
    counts: dict[str, dict[Verdict, int]] = defaultdict(dict)
    for row in connection.execute(SELECT_ROW_COUNTS, {"plan": plan, "return_id": return_id}):
        counts[row.table_key][Verdict(row.verdict)] = row.rows
    return dict(counts)


def record_ask(connection: Connection, plan: str, ask: Ask) -> None:
    """Record an ask once."""
    values = {
        "plan": plan,
        "return_id": ask.return_id,
        "table_key": ask.table,
        "compound": ask.compound,
        "reason": storable(ask.reason),
        "asked_by": storable(ask.by),
        "asked_at": ask.asked_at,
    }
    connection.execute(INSERT_ASK, values)


def asks_of(connection: Connection, plan: str, return_id: int) -> list[Ask]:
    """Everything asked of a return, oldest first."""
    return _asks(connection, plan, return_id=return_id)


def asks_before(connection: Connection, plan: str, record: ReturnRecord) -> list[Ask]:
    """Everything asked of the return's office before it came, oldest first."""
    return _asks(connection, plan, **_came(record))


def _came(record: ReturnRecord) -> dict[str, str | datetime]:
    return {"office": record.office, "received_at": record.received_at, "path": record.path}


def _asks(connection: Connection, plan: str, **wanted: str | int | datetime) -> list[Ask]:
    values = {"plan": plan, "return_id": None, "office": None, "received_at": None, "path": None, **wanted}
    return [
        Ask(
            return_id=row.return_id,
            reason=row.reason,
            by=row.asked_by,
            asked_at=row.asked_at,
            table=row.table_key,
            compound=row.compound,
            ask_id=row.ask_id,
            answered_by=row.answered_by,
        )
        for row in connection.execute(SELECT_ASKS, values)
    ]
