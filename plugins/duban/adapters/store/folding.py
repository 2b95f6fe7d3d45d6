"""The folded weeks of offices, kept so that any instant can be asked at the same cost (architecture.md, decision 3).

Each week of an office holds its whole state. A return for a week folds that week anew and every later one after it,
as new versions; the old versions stay, and the pointers say which version was known when.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, TextClause

from duban.adapters.store.bulk import copy
from duban.adapters.store.encoding import RowCodec, compound_record, states_of
from duban.adapters.store.rollup import roll_up
from duban.adapters.store.statements import statement
from duban.core.checked import CheckedRow
from duban.core.compound import Compound
from duban.pipeline.ports import ReceivedReturn

State = Mapping[str, Compound]
Fold = Callable[[State, Sequence[CheckedRow], Sequence[str]], dict[str, Compound]]

SELECT_COUNTING = statement("select_counting")
SELECT_LATER_WEEKS = statement("select_later_weeks")
SELECT_NEXT_VERSIONS = statement("select_next_versions")
SELECT_STATES_IN_FORCE = statement("select_states_in_force")
SELECT_JUDGED_ROWS = statement("select_judged_rows")
CLOSE_POINTERS = statement("close_pointers")


@dataclass(frozen=True, slots=True)
class Taken:
    """A return that counts for a week of its office, and from when on that is known."""

    office: str
    week: str
    return_id: int
    known_from: datetime


@dataclass(frozen=True, slots=True)
class _Folded:
    """A week folded: from which return, to what state, known from when on."""

    office: str
    week: str
    return_id: int
    state: State
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Folding:
    """The weeks of some offices, inside a transaction that holds the offices' locks."""

    connection: Connection
    plan: str
    fold: Fold
    aims: Sequence[str]
    codec: RowCodec

    def take(self, accepted: Mapping[ReceivedReturn, str], judged: Mapping[int, Sequence[CheckedRow]]) -> None:
        """Let accepted returns, of different offices, count for their weeks; `judged` are their rows by return.

        A return later than which another was received for the same week does not count: that one does already.
        """
        if taken := self._counting(accepted):
            self._write(list(self._folded(taken, judged)))

    def _counting(self, accepted: Mapping[ReceivedReturn, str]) -> list[Taken]:
        values = {
            "return_ids": [received.return_id for received in accepted],
            "offices": [received.office for received in accepted],
            "weeks": list(accepted.values()),
            "moments": [received.received_at for received in accepted],
            "paths": [received.path for received in accepted],
        }
        known_from = {row.return_id: row.known_from for row in self._ask(SELECT_COUNTING, values)}
        return [
            Taken(received.office, week, received.return_id, known_from[received.return_id])
            for received, week in accepted.items()
            if received.return_id in known_from
        ]

    def _folded(self, taken: Sequence[Taken], judged: Mapping[int, Sequence[CheckedRow]]) -> Iterator[_Folded]:
        """Each week and every later one, oldest first. The new returns' rows too are as they will come back from the

        store, so that a week folded again never differs from the first time.
        """
        weeks = _weeks([(one.office, one.week) for one in taken])
        states = states_of(self._ask(SELECT_STATES_IN_FORCE, weeks))
        later: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in self._ask(SELECT_LATER_WEEKS, weeks):
            later[row.office].append((row.week, row.return_id))
        rows = self._rows([id_ for found in later.values() for _, id_ in found])
        for one in taken:
            rows[one.return_id] = list(map(self.codec.as_stored, judged[one.return_id]))
            state: State = states.get(one.office, {})
            for week, return_id in [(one.week, one.return_id), *later[one.office]]:
                state = self.fold(state, rows[return_id], self.aims)
                yield _Folded(one.office, week, return_id, state, one.known_from)

    def _rows(self, return_ids: Sequence[int]) -> dict[int, list[CheckedRow]]:
        rows: dict[int, list[CheckedRow]] = {return_id: [] for return_id in return_ids}
        for row in self._ask(SELECT_JUDGED_ROWS, {"return_ids": list(return_ids)}) if return_ids else ():
            rows[row.return_id].append(self.codec.row(row))
        return rows

    def _write(self, folded: Sequence[_Folded]) -> None:
        weeks = _weeks([(one.office, one.week) for one in folded])
        versions = {(row.office, row.week): row.version for row in self._ask(SELECT_NEXT_VERSIONS, weeks)}
        numbered = [(one, (self.plan, one.week, one.office, versions[one.office, one.week])) for one in folded]
        copy(
            self.connection,
            "copy_rollups",
            ((*key, one.return_id, *astuple(roll_up(one.week, one.state))[1:]) for one, key in numbered),
        )
        copy(
            self.connection,
            "copy_compound_states",
            ((*key, *compound_record(one.state[id_])) for one, key in numbered for id_ in sorted(one.state)),
        )
        self.connection.execute(
            CLOSE_POINTERS, {"plan": self.plan, **weeks, "moments": [one.known_from for one in folded]}
        )
        copy(
            self.connection,
            "copy_pointers",
            ((self.plan, one.office, one.week, key[-1], one.return_id, one.known_from) for one, key in numbered),
        )

    def _ask(self, question: TextClause, values: Mapping[str, object]) -> Sequence[Row[tuple[object, ...]]]:
        return self.connection.execute(question, {"plan": self.plan, **values}).all()


def _weeks(keys: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Pairs of office and week as the statements take them."""
    return {"offices": [office for office, _ in keys], "weeks": [week for _, week in keys]}
