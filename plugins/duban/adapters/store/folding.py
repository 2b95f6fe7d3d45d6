"""The folded weeks of an office, kept so that any instant can be asked at the same cost (architecture.md, decision 3).

Each week of an office holds its whole state. A return for a week folds that week anew and every later one after it,
as new versions; the old versions stay, and the pointers say which version was known when.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from duban.adapters.store.bulk import copy
from duban.adapters.store.encoding import RowCodec, compound_of, compound_record
from duban.adapters.store.rollup import roll_up
from duban.adapters.store.statements import statement
from duban.core.checked import CheckedRow
from duban.core.compound import Compound
from duban.pipeline.ports import ReceivedReturn

State = Mapping[str, Compound]
Fold = Callable[[State, Sequence[CheckedRow], Sequence[str]], dict[str, Compound]]

SELECT_LATER_RETURN = statement("select_later_return_of_week")
SELECT_KNOWN_FROM = statement("select_known_from")
SELECT_LATER_WEEKS = statement("select_later_weeks")
SELECT_NEXT_VERSION = statement("select_next_version")
SELECT_STATE_IN_FORCE = statement("select_state_in_force")
SELECT_JUDGED_ROWS = statement("select_judged_rows")
CLOSE_POINTER = statement("close_pointer")
INSERT_POINTER = statement("insert_pointer")
INSERT_ROLLUP = statement("insert_rollup")


@dataclass(frozen=True, slots=True)
class OfficeWeeks:
    """The weeks of one office, inside a transaction that holds the office's lock."""

    connection: Connection
    plan: str
    office: str
    fold: Fold
    aims: Sequence[str]
    codec: RowCodec

    def take(self, received: ReceivedReturn, week: str) -> None:
        """Let an accepted return count for `week`, unless one received later for that week counts already."""
        if self._replaced(received, week):
            return
        known_from = self._known_from(received.received_at)
        state = self._state_in_force_before(week)
        for folded_week, return_id in [(week, received.return_id), *self._later_weeks(week)]:
            state = self.fold(state, self._rows(return_id), self.aims)
            self._write(folded_week, return_id, state, known_from)

    def _replaced(self, received: ReceivedReturn, week: str) -> bool:
        values = {**self._of(week), "received_at": received.received_at, "path": received.path}
        return bool(self.connection.execute(SELECT_LATER_RETURN, values).scalar_one())

    def _known_from(self, received_at: datetime) -> datetime:
        values = {"plan": self.plan, "office": self.office, "received_at": received_at}
        moment: datetime = self.connection.execute(SELECT_KNOWN_FROM, values).scalar_one()
        return moment

    def _state_in_force_before(self, week: str) -> State:
        found = self.connection.execute(SELECT_STATE_IN_FORCE, self._of(week))
        return {row.compound_id: compound_of(row) for row in found}

    def _later_weeks(self, week: str) -> Iterator[tuple[str, int]]:
        for row in self.connection.execute(SELECT_LATER_WEEKS, self._of(week)):
            yield row.week, row.return_id

    def _rows(self, return_id: int) -> list[CheckedRow]:
        """The rows as stored, the new return's too, so that a week folded again never differs from the first time."""
        found = self.connection.execute(SELECT_JUDGED_ROWS, {"plan": self.plan, "return_id": return_id})
        return [self.codec.row(row) for row in found]

    def _write(self, week: str, return_id: int, state: State, known_from: datetime) -> None:
        version = self.connection.execute(SELECT_NEXT_VERSION, self._of(week)).scalar_one()
        key = {**self._of(week), "version": version, "return_id": return_id}
        self.connection.execute(INSERT_ROLLUP, {**key, **asdict(roll_up(week, state))})
        records = ((self.plan, week, self.office, version, *compound_record(state[id_])) for id_ in sorted(state))
        copy(self.connection, "copy_compound_states", records)
        self.connection.execute(CLOSE_POINTER, {**self._of(week), "known_from": known_from})
        self.connection.execute(INSERT_POINTER, {**key, "known_from": known_from})

    def _of(self, week: str) -> dict[str, object]:
        return {"plan": self.plan, "office": self.office, "week": week}
