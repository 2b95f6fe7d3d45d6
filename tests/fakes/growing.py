"""A ledger that grows by weeks, and how much of it a question touches (EXPLAIN with BUFFERS)."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, text

from duban.adapters.store import PostgresLedger
from duban.adapters.store.statements import source
from duban.core.weeks import ZONE
from fakes.judged import Office, ledger_row, project_row

FIRST = date(2018, 8, 3)
QUESTIONS = (
    "select_compounds",
    "select_rollups",
    "select_states_before",
    "select_office_states",
    "select_resting",
    "select_last_rows",
    "select_newest_rows",
)
RECORDING = ("select_states_in_force", "select_later_weeks", "select_next_versions", "select_counting")
"""What is asked while a return of the last week is recorded."""
ANSWERING = (
    "select_return_records_of",
    "select_findings_of",
    "select_judged_rows",
    "select_row_counts",
    "select_rows_before",
)
"""What is asked of a return while it is handed back."""


class Growing:
    """Some offices that each send a return of some compounds every week."""

    def __init__(self, engine: Engine, ledger: PostgresLedger, plan: str, offices: int, compounds: int) -> None:
        self._engine, self._plan, self._compounds, self._weeks = engine, plan, compounds, 0
        self.offices = [Office(ledger, f"O{number}") for number in range(offices)]

    @property
    def now(self) -> datetime:
        """The cut-off of the last week."""
        return datetime.combine(FIRST + timedelta(weeks=self._weeks), time(17), ZONE)

    def grow(self, weeks: int) -> None:
        """Go on until there are so many weeks."""
        while self._weeks < weeks:
            self.one_more()

    def one_more(self) -> None:
        """One week more."""
        self._weeks += 1
        for office in self.offices:
            self.send(office)

    def send(self, office: Office) -> None:
        """One office's return of the last week."""
        lines = [f"{office.code}-{number:03d}" for number in range(self._compounds)]
        rows = [row(line, line=2 + n) for n, line in enumerate(lines) for row in (ledger_row, project_row)]
        office.send(self.now - timedelta(hours=1), self.week, rows, name=f"{self.week}.xlsx")

    @property
    def week(self) -> str:
        """The key of the last week."""
        year, week, _ = self.now.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def last_return(self) -> int:
        """The return received last."""
        with self._engine.connect() as connection:
            newest = connection.execute(
                text("select max(return_id) from duban.received where plan = :plan"), {"plan": self._plan}
            )
            return int(newest.scalar_one())

    def settle(self) -> None:
        """Have the tables analysed, as autovacuum does, so that the planner knows them."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum (analyze)"))

    def touched(self, question: str, *, by_index: bool = False) -> tuple[int, int]:
        """Rows and buffers that a question of sql/ about the last week touches.

        `by_index` for the first weeks: all of them fit into a page or two, which PostgreSQL would rather read whole.
        """
        given = {
            "plan": self._plan,
            "as_of": self.now,
            "known_at": self.now,
            "office": self.offices[0].code,
            "week": self.week,
            "offices": [self.offices[0].code],
            "weeks": [self.week],
            "return_ids": [self.last_return],
            "return_id": self.last_return,
            "received_at": self.now,
            "path": "",
            "moments": [self.now],
            "paths": [f"{self.week}.xlsx"],
            "instants": [self.now],
            "table_key": "project",
            "work": "work",
            "project": "project",
        }
        asked = text(f"explain (analyze, buffers, format json) {without_comment(source(question))}")
        bound = {name: value for name, value in given.items() if name in asked._bindparams}
        with self._engine.connect() as connection:
            connection.execute(text(f"set local enable_seqscan = {'off' if by_index else 'on'}"))
            told = connection.execute(asked, bound).scalar_one()
        return touched_by(told)


def touched_by(told: Any) -> tuple[int, int]:
    """Rows and buffers, as EXPLAIN told them."""
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return _rows(plan), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def _rows(node: Mapping[str, object]) -> int:
    """Rows out of every node, those thrown away as well."""
    own = (float(node["Actual Rows"]) + float(node.get("Rows Removed by Filter", 0))) * float(node["Actual Loops"])  # type: ignore[arg-type]
    return round(own) + sum(_rows(child) for child in node.get("Plans", ()))  # type: ignore[attr-defined]


def without_comment(statement: str) -> str:
    """A statement of sql/ without its leading lines of comment."""
    return "\n".join(line for line in statement.splitlines() if not line.startswith("--"))
