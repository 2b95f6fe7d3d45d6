"""A return's life: received, judged, perhaps asked about, perhaps replaced; and what it changed.

received → accepted | partial | returned | duplicate → replaced. All of it is told from the ledger when it is asked for,
but what came after a signature and what the bureau asked, which are recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from duban.core.asks import Ask
from duban.core.changes import RowChange, changes
from duban.core.checked import CheckedRow, Verdict
from duban.core.compound import Compound
from duban.core.errors import UsageError
from duban.core.life_texts import ask_text, place_text
from duban.core.returns import Form
from duban.pipeline.ports import Before, ReturnRecord


class Stage(StrEnum):
    """A step in a return's life; the first ones after `received` are the statuses of a verdict."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    PARTIAL = "partial"
    RETURNED = "returned"
    DUPLICATE = "duplicate"
    AFTER_SIGNATURE = "after_signature"  # 逾期后更正: its week's report had been signed
    ASKED = "asked"  # the bureau asks for changes; the return stays what it was
    REPLACED = "replaced"  # another return of that office and week counts now


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, and by whom (an office's code, a person's name, None: the system).

    `ask` belongs to ASKED, `other` is the return that replaces this one.
    """

    stage: Stage
    at: datetime
    by: str | None = None
    ask: Ask | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a return changed against its office's last version; `first` when there was none."""

    changes: tuple[RowChange, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Story:
    """All there is to say of a return.

    `tables` counts its rows by table and verdict; `comparison` is None for a return of which nothing was taken.
    """

    record: ReturnRecord
    steps: tuple[Step, ...]
    tables: Mapping[str, Mapping[Verdict, int]]
    comparison: Comparison | None
    asks: tuple[Ask, ...]


class Lives(Protocol):
    """What the ledger knows of a return beyond its record."""

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]:
        """As Ledger.return_records_of."""
        ...

    def states_before(self, asked: Sequence[Before]) -> Sequence[Mapping[str, Compound]]:
        """As Ledger.states_before."""
        ...

    def rows_of(self, return_id: int) -> Sequence[CheckedRow]:
        """The judged rows of a return, without those that are no data."""
        ...

    def rows_before(self, record: ReturnRecord) -> Sequence[CheckedRow]:
        """Of each compound and table the last accepted row up to the return's week, as known before it came."""
        ...

    def row_counts(self, return_id: int) -> Mapping[str, Mapping[Verdict, int]]:
        """How many rows of each table have which verdict; verdicts without a row are missing."""
        ...

    def record_ask(self, ask: Ask) -> None:
        """Record an ask; the same again (return, place, reason, name) changes nothing."""
        ...

    def asks_of(self, return_id: int) -> Sequence[Ask]:
        """Everything asked of a return, oldest first."""
        ...

    def asks_before(self, record: ReturnRecord) -> Sequence[Ask]:
        """Everything asked of the return's office before it came, oldest first, answered as known then."""
        ...


class ReturnLives:
    """Tells the lives of returns."""

    def __init__(self, form: Form, ledger: Lives) -> None:
        self._form = form
        self._ledger = ledger

    def record(self, return_id: int) -> ReturnRecord:
        """One judged return. Raises UsageError when there is none of that number."""
        record = next(iter(self._ledger.return_records_of([return_id])), None)
        if record is None:
            raise UsageError(f"没有编号为 {return_id} 的报表，请用 duban returns 查看编号。")
        return record

    def story(self, return_id: int) -> Story:
        """The whole life of a return; raises UsageError when there is none of that number."""
        record = self.record(return_id)
        asks = tuple(self._ledger.asks_of(return_id))
        later = None if record.replaced_by is None else self.record(record.replaced_by)
        return Story(
            record=record,
            steps=steps(record, asks, later),
            tables=self._ledger.row_counts(return_id),
            comparison=self.compare(record),
            asks=asks,
        )

    def compare(self, record: ReturnRecord) -> Comparison | None:
        """What a return changed; None where nothing of it was taken (returned, duplicate)."""
        if not record.status.counts:
            return None
        before = self._ledger.rows_before(record)
        return Comparison(changes(self._form, before, self._ledger.rows_of(record.return_id)), first=not before)

    def open_asks(self, record: ReturnRecord) -> list[str]:
        """What the office had been asked, and had not answered, when this return came: a line each."""
        open_ones = (ask for ask in self._ledger.asks_before(record) if ask.answered_by is None)
        return [ask_text(ask, self.place(ask)) for ask in open_ones]

    def place(self, ask: Ask) -> str:
        """What an ask speaks of, in the words of the form."""
        return place_text(self._form.table(ask.table).sheet if ask.table else None, ask.compound)

    def ask(self, ask: Ask) -> Ask:
        """Record an ask; returns it as recorded, which is the first one where the same was asked before."""
        self._ledger.record_ask(ask)
        place = (ask.table, ask.compound, ask.reason, ask.by)
        recorded = self._ledger.asks_of(ask.return_id)
        return next(one for one in recorded if (one.table, one.compound, one.reason, one.by) == place)

    def known_compounds(self, record: ReturnRecord) -> frozenset[str]:
        """Every 小区编号 that the return, or its office before it, told of."""
        rows = [*self._ledger.rows_of(record.return_id), *self._ledger.rows_before(record)]
        return frozenset(row.compound for row in rows if row.compound is not None)

    def communities(self, record: ReturnRecord) -> dict[str, str]:
        """社区 by 小区编号, as known before the return came; empty where its cover tells no week."""
        if record.week is None:
            return {}
        [state] = self._ledger.states_before([Before(record.office, record.week, record.received_at)])
        return {id_: compound.community for id_, compound in state.items() if compound.community}


def steps(record: ReturnRecord, asks: Sequence[Ask], later: ReturnRecord | None) -> tuple[Step, ...]:
    """The steps of a return so far, oldest first; `later` is the return that replaces it.

    It is replaced when that one was judged; where it was itself judged after that one, when it was judged.
    """
    judged_at = record.judged_at or record.received_at
    found = [Step(Stage.RECEIVED, record.received_at, record.office), Step(Stage(record.status.value), judged_at)]
    if record.after_signature:
        found.append(Step(Stage.AFTER_SIGNATURE, judged_at))
    found += [Step(Stage.ASKED, ask.asked_at, ask.by, ask=ask) for ask in asks]
    if later is not None:
        at = max(judged_at, later.judged_at or later.received_at)
        found.append(Step(Stage.REPLACED, at, other=later.return_id))
    return tuple(sorted(found, key=lambda step: step.at))
