"""Progress of every office as of an instant: by roll-ups, and by asking a history of rows for the newest of each.

The peers' history is made for them: one row a week, office and compound, with the time of its receipt and what is
counted of it already worked out, indexed as they want it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine, text

from bench.rounds import BOUND, OURS, PEER, Contender, measured, table, timed
from duban.adapters.store import PostgresLedger
from duban.adapters.store.rollup import Rollup, roll_up
from duban.core.state import fold
from fakes.province import Province

OFFICES, COMPOUNDS, WEEKS = 100, 100, 150
TIMES = 3
HISTORY = """
    create table history as
    select office, compound_id as compound, week, received_at, pending,
           scheme in ('已拟定', '两委已议定') as drafted,
           scheme = '两委已议定' and deliberated_on is not null as deliberated,
           committee_stage = '已备案' as filed,
           accepted_on is not null and '已完成' = any (aims) and aims <@ array['已完成', '不涉及'] as improved
    from duban.compound_state
    join duban.pointer using (plan, office, week, version)
    join duban.received using (plan, office, return_id)
    where plan = :plan
"""
INDEX = "create index newest on history (office, compound, week desc)"
COUNTED = """
    select office, max(week), count(*), count(*) filter (where pending), count(*) filter (where drafted),
           count(*) filter (where deliberated), count(*) filter (where filed), count(*) filter (where improved)
    from ({newest}) as newest where place = 1 group by office
"""
BY_WINDOW = COUNTED.format(
    newest="""
        select *, row_number() over (partition by office, compound order by week desc) as place
        from history where received_at <= :as_of
    """
)
BY_DISTINCT = COUNTED.format(
    newest="""
        select distinct on (office, compound) *, 1 as place
        from history where received_at <= :as_of order by office, compound, week desc
    """
)
OF_A_WEEK = """
    select office, week, compounds, pending, schemes_drafted, schemes_deliberated, committees_filed, improved
    from duban.rollup where plan = :plan and week = (select max(week) from duban.rollup where plan = :plan)
"""
Progress = Mapping[str, Rollup]


def sections(
    engine: Engine, offices: int = OFFICES, compounds: int = COMPOUNDS, weeks: int = WEEKS, times: int = TIMES
) -> Iterator[str]:
    """`engine` is to have one connection: whose PostgreSQL's process the CPU is counted of."""
    province = Province(engine, offices, compounds)
    province.grow(weeks)
    pid = _with_history(engine, province.plan.key)
    ways = Ways(engine, province.plan.key, tuple(aim.key for aim in province.plan.aims))
    for week in (weeks, weeks // 2):
        told = f"Progress of {offices} offices of {compounds} compounds as of week {week} of {weeks}"
        yield table(told, measured(contenders(ways, province.cutoff(week), pid), times))


def _with_history(engine: Engine, plan: str) -> int:
    """Write the peers' history; returns PostgreSQL's process."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(HISTORY), {"plan": plan})
        connection.execute(text(INDEX))
        connection.execute(text("vacuum (analyze)"))
        return int(connection.execute(text("select pg_backend_pid()")).scalar_one())


def contenders(ways: "Ways", as_of: datetime, pid: int) -> list[Contender]:
    ours = ways.rollups(as_of)
    assert ours == ways.asked(BY_WINDOW, as_of) == ways.asked(BY_DISTINCT, as_of)
    assert ways.states(as_of) == {office: replace(counted, week="") for office, counted in ours.items()}
    return [
        timed("ours: roll-ups", OURS, lambda: ways.rollups(as_of), [pid]),
        timed("ours: every compound's state, counted here", OURS, lambda: ways.states(as_of), [pid]),
        timed("row_number() over the history", PEER, lambda: ways.asked(BY_WINDOW, as_of), [pid]),
        timed("distinct on over the history", PEER, lambda: ways.asked(BY_DISTINCT, as_of), [pid]),
        timed("the roll-ups of one week, whoever is missing", BOUND, lambda: ways.asked(OF_A_WEEK, as_of), [pid]),
    ]


class Ways:
    """The counts of each office, whichever way they are come by."""

    def __init__(self, engine: Engine, plan: str, aims: tuple[str, ...]) -> None:
        self._engine, self._plan = engine, plan
        self._ledger = PostgresLedger(engine, plan, fold, aims)

    def rollups(self, as_of: datetime) -> Progress:
        return self._ledger.rollups(as_of)

    def states(self, as_of: datetime) -> Progress:
        return {office: roll_up("", state) for office, state in self._ledger.compounds(as_of).items()}

    def asked(self, question: str, as_of: datetime) -> Progress:
        with self._engine.begin() as connection:
            found = connection.execute(text(question), {"plan": self._plan, "as_of": as_of})
            return {office: Rollup(*counted) for office, *counted in found}
