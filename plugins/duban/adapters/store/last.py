"""What offices said last: the rows that a state rests on, and the reasons that still stand."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row

from duban.adapters.store.encoding import RowCodec
from duban.adapters.store.reading import questions, resting
from duban.adapters.store.statements import statement
from duban.core.checked import Verdict
from duban.core.gate.reasons import StandingReason
from duban.core.returns import WORK
from duban.core.state import PROJECT
from duban.pipeline.ports import Before, LastRow

SELECT_STANDING_REASONS = statement("select_standing_reasons")
SELECT_LAST_ROWS = statement("select_last_rows")
SELECT_NEWEST_ROWS = statement("select_newest_rows")
SELECT_LAST_ROWS_OF = statement("select_last_rows_of")
SELECT_FIRST_RETURNS = statement("select_first_returns")


def standing_reasons(
    connection: Connection, plan: str, codec: RowCodec, asked: Sequence[Before]
) -> list[list[StandingReason]]:
    """Of each question the reasons that stand when a return of the office for that week is received at that instant."""
    reasons: list[list[StandingReason]] = [[] for _ in asked]
    for row in connection.execute(SELECT_STANDING_REASONS, questions(plan, asked)):
        reasons[row.place - 1].append(_reason(row, codec))
    return reasons


def _reason(row: Row[tuple[object, ...]], codec: RowCodec) -> StandingReason:
    values = codec.decode(row.table_key, row.cells) if row.table_key else {}
    return StandingReason(row.code, row.compound, row.reason, row.found, row.table_key, values)


def last_rows(connection: Connection, plan: str, codec: RowCodec, office: str, as_of: datetime) -> list[LastRow]:
    """Of each compound and table the last accepted row known at `as_of`, else one that was refused and still stands.

    Looked for where the state rests and in the newest return that says anything of a compound, not in all that there
    ever were: a refused row of 项目台账 that an older return alone has is none.
    """
    [rests_on] = resting(connection, plan, [(office, as_of)])
    values = {"plan": plan, "office": office, "as_of": as_of, "return_ids": list(rests_on), "work": WORK.key}
    return [LastRow(row.return_id, codec.row(row)) for row in connection.execute(SELECT_LAST_ROWS, values)]


def asking_rows(
    connection: Connection, plan: str, codec: RowCodec, asked: tuple[str, datetime], compounds: Collection[str]
) -> list[LastRow]:
    """Of each compound the last accepted row of 项目台账, else the last rejected one, however old.

    `asked` are the office and the instant, `compounds` all that it has then.
    The newest week has nearly all of them accepted; older ones are looked through only for the others.
    """
    values = {"plan": plan, "office": asked[0], "as_of": asked[1], "table_key": PROJECT}
    found = {row.compound: row for row in connection.execute(SELECT_NEWEST_ROWS, values)}
    settled = {compound for compound, row in found.items() if row.verdict == Verdict.ACCEPTED}
    elsewhere = sorted({*compounds, *found} - settled)
    if elsewhere:
        rows = connection.execute(SELECT_LAST_ROWS_OF, {**values, "compounds": elsewhere})
        found |= {row.compound: row for row in rows}
    return [LastRow(found[compound].return_id, codec.row(found[compound])) for compound in sorted(found)]


def first_returns(connection: Connection, plan: str, compounds: Sequence[str], as_of: datetime) -> dict[str, int]:
    """The return in whose 工作台账 each compound first stood."""
    values = {"plan": plan, "compounds": list(compounds), "table_key": WORK.key, "as_of": as_of}
    return {row.compound: row.return_id for row in connection.execute(SELECT_FIRST_RETURNS, values)}
