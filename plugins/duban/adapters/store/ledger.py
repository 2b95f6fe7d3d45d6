"""The ledger on PostgreSQL: ports.Ledger, one transaction a call."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from duban.adapters.store import answers, last, listings, lives, reading, validations
from duban.adapters.store.encoding import RowCodec
from duban.adapters.store.folding import Fold, Folding
from duban.adapters.store.locks import lock_offices
from duban.adapters.store.rollup import Rollup
from duban.adapters.store.verdicts import copy_details, copy_verdicts, still_unjudged
from duban.core.asks import Ask
from duban.core.checked import CheckedReturn, CheckedRow, Status, Verdict
from duban.core.compound import Compound
from duban.core.deadlines import LOOKED_WITHIN, Deadline
from duban.core.errors import ConflictError
from duban.core.facts import ReturnFact
from duban.core.gate.reasons import StandingReason
from duban.core.spot_checks import Suspicion
from duban.pipeline.answer_ports import Unanswered
from duban.pipeline.ports import (
    Before,
    Judged,
    LastRow,
    NewFile,
    ReceivedReturn,
    ReturnRecord,
    SeenFile,
    ValidationRun,
)


class PostgresLedger:
    """The ledger of one plan. `fold` is the fold of returns.md, `aims` the keys of the plan's aims in their order.

    Every write may be repeated: the second time changes nothing.
    """

    def __init__(self, engine: Engine, plan: str, fold: Fold, aims: Sequence[str]) -> None:
        self._engine = engine
        # A question of one statement needs no transaction around it: a third of the round trips.
        self._asking = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._plan = plan
        self._fold = fold
        self._aims = tuple(aims)
        self._codec = RowCodec(self._aims)

    def register_listing(self, as_of: datetime, seen: Sequence[SeenFile], offices: Sequence[str]) -> Sequence[NewFile]:
        """As ports.Ledger.register_listing."""
        with self._engine.begin() as connection:
            return listings.register_listing(connection, self._plan, as_of, seen, offices)

    def listings_between(self, office: str, after: datetime, until: datetime) -> Sequence[datetime]:
        """As ports.Ledger.listings_between."""
        with self._engine.begin() as connection:
            return listings.listings_between(connection, self._plan, office, after, until)

    def undecided(self, deadlines: Collection[Deadline], as_of: datetime) -> frozenset[Deadline]:
        """As looks.Looks.undecided."""
        with self._engine.begin() as connection:
            return listings.undecided_deadlines(connection, self._plan, deadlines, as_of, LOOKED_WITHIN)

    def register_files(self, archived: Sequence[tuple[NewFile, str]]) -> Sequence[ReceivedReturn]:
        """As ports.Ledger.register_files; raises IntegrityError for a file that no listing showed."""
        with self._engine.begin() as connection:
            return listings.register_files(connection, self._plan, archived)

    def taken_on(self, offices: Collection[str], as_of: datetime) -> Mapping[str, int]:
        """How many files of each office were taken in on the day of `as_of`."""
        with self._asking.connect() as connection:
            return listings.taken_on(connection, self._plan, offices, as_of)

    def has_received(self, path: str) -> bool:
        """As ports.Ledger.has_received."""
        with self._asking.connect() as connection:
            return listings.has_received(connection, self._plan, path)

    def has_sent(self, office: str) -> bool:
        """As ports.Ledger.has_sent."""
        with self._asking.connect() as connection:
            return listings.has_sent(connection, self._plan, office)

    def duplicates(self, received: Sequence[ReceivedReturn]) -> frozenset[int]:
        """As ports.Ledger.duplicates."""
        with self._asking.connect() as connection:
            return listings.duplicates(connection, self._plan, received)

    def unjudged(self) -> Sequence[ReceivedReturn]:
        """As ports.Ledger.unjudged."""
        with self._asking.connect() as connection:
            return listings.unjudged(connection, self._plan)

    def record_verdict(self, received: ReceivedReturn, checked: CheckedReturn, status: Status, as_of: datetime) -> None:
        """One of `record_verdicts`."""
        self.record_verdicts([Judged(received, checked, status)], as_of)

    def record_verdicts(self, judged: Sequence[Judged], as_of: datetime) -> None:
        """As ports.Ledger.record_verdicts; raises ConflictError when a return counts for an office not its folder's."""
        with self._engine.begin() as connection:
            lock_offices(connection, self._plan, [one.received.office for one in judged])
            new = still_unjudged(connection, self._plan, judged)
            if not new:
                return
            copy_verdicts(connection, self._plan, new, as_of)
            copy_details(connection, self._plan, new, self._codec)
            if accepted := _accepted(new):
                rows = {one.received.return_id: one.checked.rows for one in new}
                Folding(connection, self._plan, self._fold, self._aims, self._codec).take(accepted, rows)
                lives.note_signatures(connection, self._plan, [received.return_id for received in accepted])

    def unanswered(self, as_of: datetime) -> Sequence[Unanswered]:
        """As ports.Answers.unanswered."""
        with self._engine.begin() as connection:
            return answers.unanswered(connection, self._plan, as_of)

    def record_answer(self, answered: Unanswered, files: Sequence[str]) -> None:
        """As ports.Answers.record_answer."""
        with self._engine.begin() as connection:
            answers.record_answer(connection, self._plan, answered, files)

    def states_before(self, asked: Sequence[Before]) -> Sequence[Mapping[str, Compound]]:
        """As ports.Ledger.states_before."""
        with self._asking.connect() as connection:
            return reading.states_before(connection, self._plan, asked)

    def standing_reasons(self, asked: Sequence[Before]) -> Sequence[Sequence[StandingReason]]:
        """As ports.Ledger.standing_reasons."""
        with self._asking.connect() as connection:
            return last.standing_reasons(connection, self._plan, self._codec, asked)

    def last_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]:
        """As ports.Ledger.last_rows."""
        with self._engine.begin() as connection:
            return last.last_rows(connection, self._plan, self._codec, office, as_of)

    def asking_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]:
        """As ports.Ledger.asking_rows."""
        with self._engine.begin() as connection:
            known = reading.office_compounds(connection, self._plan, office, as_of)
            return last.asking_rows(connection, self._plan, self._codec, (office, as_of), known)

    def first_returns(self, compounds: Sequence[str], as_of: datetime) -> Mapping[str, int]:
        """As ports.Ledger.first_returns."""
        with self._engine.begin() as connection:
            return last.first_returns(connection, self._plan, compounds, as_of)

    def resting(self, asked: Sequence[tuple[str, datetime]]) -> Sequence[tuple[int, ...]]:
        """As pipeline.sources.Resting.resting."""
        with self._asking.connect() as connection:
            return reading.resting(connection, self._plan, asked)

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:
        """As ports.Ledger.compounds."""
        with self._engine.begin() as connection:
            return reading.compounds(connection, self._plan, as_of)

    def states_of(self, office: str, instants: Sequence[datetime]) -> Sequence[Mapping[str, Compound]]:
        """As ports.Ledger.states_of."""
        with self._asking.connect() as connection:
            return reading.office_states(connection, self._plan, office, instants)

    def rollups(self, as_of: datetime) -> Mapping[str, Rollup]:
        """The counts of each office's state known at `as_of`; an office of which nothing is known is missing."""
        with self._engine.begin() as connection:
            return reading.rollups(connection, self._plan, as_of)

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]:
        """As ports.Ledger.returns."""
        with self._engine.begin() as connection:
            return reading.returns(connection, self._plan, as_of)

    def return_records(self, as_of: datetime | None = None, since: datetime | None = None) -> Sequence[ReturnRecord]:
        """As ports.Ledger.return_records."""
        with self._engine.begin() as connection:
            return reading.return_records(connection, self._plan, since, as_of)

    def suspicions(self, as_of: datetime, codes: Collection[str]) -> Sequence[Suspicion]:
        """As ports.Ledger.suspicions."""
        with self._asking.connect() as connection:
            return reading.suspicions(connection, self._plan, as_of, codes)

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]:
        """As ports.Ledger.return_records_of."""
        with self._engine.begin() as connection:
            return reading.return_records_of(connection, self._plan, return_ids)

    def rows_of(self, return_id: int) -> Sequence[CheckedRow]:
        """As Lives.rows_of."""
        with self._engine.begin() as connection:
            return lives.rows_of(connection, self._plan, self._codec, return_id)

    def rows_before(self, record: ReturnRecord) -> Sequence[CheckedRow]:
        """As Lives.rows_before."""
        with self._engine.begin() as connection:
            return lives.rows_before(connection, self._plan, self._codec, record)

    def row_counts(self, return_id: int) -> Mapping[str, Mapping[Verdict, int]]:
        """As Lives.row_counts."""
        with self._engine.begin() as connection:
            return lives.row_counts(connection, self._plan, return_id)

    def record_ask(self, ask: Ask) -> None:
        """As Lives.record_ask."""
        with self._engine.begin() as connection:
            lives.record_ask(connection, self._plan, ask)

    def asks_of(self, return_id: int) -> Sequence[Ask]:
        """As Lives.asks_of."""
        with self._engine.begin() as connection:
            return lives.asks_of(connection, self._plan, return_id)

    def asks_before(self, record: ReturnRecord) -> Sequence[Ask]:
        """As Lives.asks_before."""
        with self._engine.begin() as connection:
            return lives.asks_before(connection, self._plan, record)

    def record_validation(self, run: ValidationRun) -> None:
        """As ports.Ledger.record_validation."""
        with self._engine.begin() as connection:
            validations.record_validation(connection, self._plan, run)

    def validations(self) -> Sequence[ValidationRun]:
        """As ports.Ledger.validations."""
        with self._engine.begin() as connection:
            return validations.validations(connection, self._plan)


def _accepted(judged: Sequence[Judged]) -> dict[ReceivedReturn, str]:
    """The returns that count, each with the week that it counts for."""
    accepted: dict[ReceivedReturn, str] = {}
    for received, checked, status in judged:
        if not status.counts:
            continue
        if checked.week is None or checked.office != received.office:
            raise ConflictError(
                f"return {received.return_id} of {received.office} cannot count for {checked.office} {checked.week}"
            )
        accepted[received] = checked.week
    return accepted
