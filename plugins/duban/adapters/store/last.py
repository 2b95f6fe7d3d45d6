"""What offices said last: the rows that a state rests on, and the reasons that still stand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row

from duban.adapters.store.encoding import RowCodec
from duban.adapters.store.statements import statement
from duban.core.gate.reasons import StandingReason
from duban.core.returns import WORK
from duban.pipeline.ports import LastRow

SELECT_STANDING_REASONS = statement("select_standing_reasons")
SELECT_LAST_ROWS = statement("select_last_rows")
SELECT_FIRST_RETURNS = statement("select_first_returns")


def standing_reasons(
    connection: Connection, plan: str, codec: RowCodec, asked: tuple[str, str, datetime]
) -> list[StandingReason]:
    """The reasons that stand; `asked` are the office, the week of the return to be judged, and its receipt."""
    office, week, known_at = asked
    values = {"plan": plan, "office": office, "week": week, "known_at": known_at}
    return [_reason(row, codec) for row in connection.execute(SELECT_STANDING_REASONS, values)]


def _reason(row: Row[tuple[object, ...]], codec: RowCodec) -> StandingReason:
    values = codec.decode(row.table_key, row.cells) if row.table_key else {}
    return StandingReason(row.code, row.compound, row.reason, row.found, row.table_key, values)


def last_rows(connection: Connection, plan: str, codec: RowCodec, office: str, as_of: datetime) -> list[LastRow]:
    """Of each compound and table the last accepted row known at `as_of`, else the last rejected one."""
    values = {"plan": plan, "office": office, "as_of": as_of}
    return [LastRow(row.return_id, codec.row(row)) for row in connection.execute(SELECT_LAST_ROWS, values)]


def first_returns(connection: Connection, plan: str, compounds: Sequence[str], as_of: datetime) -> dict[str, int]:
    """The return in whose 工作台账 each compound first stood."""
    values = {"plan": plan, "compounds": list(compounds), "table_key": WORK.key, "as_of": as_of}
    return {row.compound: row.return_id for row in connection.execute(SELECT_FIRST_RETURNS, values)}
