"""Review, signature and what else becomes of a draft, on PostgreSQL: signing_ports.PaperLife.

Locks are taken in one order: the paper, its register of numbers, the end of the audit.
"""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from duban.adapters.store import audit, deliveries
from duban.adapters.store.register import paper_record
from duban.adapters.store.statements import statement
from duban.adapters.store.templates import TemplateOf, remember
from duban.core import signing_texts
from duban.core.delivery import Owed
from duban.core.errors import ConflictError, UsageError
from duban.core.paper_json import decode
from duban.core.papers import IN_FORCE, NEVER_HAD, PaperRecord, PaperState
from duban.core.signing import Act, revoked_id
from duban.pipeline.signing_ports import Finish, NumberWanted, PaperOnFile

SELECT_PAPERS = statement("select_papers")
SELECT_PAPER_CONTENT = statement("select_paper_content")
LOCK_PAPER = statement("lock_paper")
UPDATE_PAPER_STATE = statement("update_paper_state")
DELETE_PAPER_ITEMS = statement("delete_paper_items")
NEXT_NUMBER = statement("take_number")
INSERT_NUMBER = statement("insert_number")
SELECT_NUMBERS = statement("select_numbers")
INSERT_SIGNATURE = statement("insert_signature")

READ_BACK_TRIES = 20
READ_BACK_SECONDS = 0.5

Done = Callable[[PaperOnFile], bool]


class PostgresLife:
    """The lives of one plan's papers."""

    def __init__(self, engine: Engine, plan: str, template_of: TemplateOf | None = None) -> None:
        self._engine = engine
        self._plan = plan
        self._template_of = template_of

    def open(self, paper_id: int) -> PaperOnFile:
        """As PaperLife.open."""
        with self._engine.begin() as connection:
            return self._open(connection, paper_id)

    def advance(self, act: Act) -> PaperRecord:
        """As PaperLife.advance."""

        def change(connection: Connection) -> PaperRecord:
            self._require_unmoved(connection, act)
            self._move(connection, act, None)
            if act.after in NEVER_HAD:
                connection.execute(DELETE_PAPER_ITEMS, self._key(act.paper_id))
            if act.after in (PaperState.VOID, PaperState.REVOKED):
                deliveries.cancel(connection, self._plan, act)
            audit.append(connection, self._plan, act)
            return self._open(connection, act.paper_id).record

        return self._settled(act.paper_id, change, lambda paper: act in paper.acts)

    def sign(self, act: Act, wanted: NumberWanted | None, finish: Finish, owed: Sequence[Owed] = ()) -> PaperRecord:
        """As PaperLife.sign."""

        def change(connection: Connection) -> PaperRecord:
            connection.execute(LOCK_PAPER, self._key(act.paper_id))
            paper = self._open(connection, act.paper_id)
            if paper.record.signature is not None:
                return paper.record
            self._require_unmoved(connection, act)
            taken_back = self._taken_back(connection, paper.record)
            deliveries.owe(connection, self._plan, act, owed)
            signed = self._sign(connection, act, wanted, finish)
            if taken_back is not None:
                self._revoke(connection, taken_back, signed, act)
            return signed

        return self._settled(act.paper_id, change, lambda paper: paper.record.signature is not None)

    def settle(self) -> None:
        """As PaperLife.settle: a signature is one transaction, nothing of it is left undone here."""

    def _sign(self, connection: Connection, act: Act, wanted: NumberWanted | None, finish: Finish) -> PaperRecord:
        number = None if wanted is None else self._take_number(connection, act.paper_id, wanted)
        signature = finish(number)
        signed = {
            **self._key(act.paper_id),
            "signed_by": signature.by,
            "signed_at": signature.at,
            "dated": signature.dated,
            "number": number,
            "path": signature.path,
            "sha256": signature.sha256,
        }
        connection.execute(INSERT_SIGNATURE, signed)
        self._move(connection, act, number)
        audit.append(connection, self._plan, act, signature.sha256, number)
        record = self._open(connection, act.paper_id).record
        remember(connection, self._plan, record.id, record.kind, PaperState.SIGNED, self._template_of)
        return record

    def _taken_back(self, connection: Connection, record: PaperRecord) -> PaperRecord | None:
        """The paper that a 撤销通知 takes back, held until its signature is done; None of any other, or taken back."""
        original = revoked_id(record)
        if original is None:
            return None
        connection.execute(LOCK_PAPER, self._key(original))
        found = self._open(connection, original).record
        return found if found.state in IN_FORCE else None

    def _revoke(self, connection: Connection, original: PaperRecord, notice: PaperRecord, act: Act) -> None:
        """What the notice takes back is struck with its signature: its items have not had their rung."""
        why = signing_texts.REVOKED_BY.format(number=notice.number or notice.title)
        revoking = Act(original.id, original.state, PaperState.REVOKED, act.by, act.at, why, original.sha256)
        self._move(connection, revoking, None)
        connection.execute(DELETE_PAPER_ITEMS, self._key(original.id))
        deliveries.cancel(connection, self._plan, revoking)
        audit.append(connection, self._plan, revoking)

    def _take_number(self, connection: Connection, paper_id: int, wanted: NumberWanted) -> str:
        series = {
            "issuer": wanted.series.issuer,
            "series": wanted.series.series,
            "year": wanted.series.year,
            **self._key(paper_id),
        }
        entered = wanted.entered is not None
        number = wanted.entered or connection.execute(NEXT_NUMBER, series).scalar_one()
        printed = wanted.printed(number)
        used = {**series, "number": number, "printed": printed, "entered": entered}
        if connection.execute(INSERT_NUMBER, used).one_or_none() is None:
            self._refuse_number(connection, wanted, number, printed)
        return printed

    def _refuse_number(self, connection: Connection, wanted: NumberWanted, number: int, printed: str) -> None:
        """A number in use: the signer's mistake where he entered it; our own counter behind its register is ours."""
        if wanted.entered is None:
            raise ConflictError(f"{wanted.series}: {number} is in use although the counter had not reached it")
        rows = connection.execute(SELECT_NUMBERS, {"plan": self._plan})
        others = (row.paper_id for row in rows if (row.issuer, row.printed) == (wanted.series.issuer, printed))
        raise UsageError(signing_texts.NUMBER_TAKEN.format(number=printed, other=next(others, "？")))

    def _require_unmoved(self, connection: Connection, act: Act) -> None:
        """Hold the paper; raise UsageError when somebody else was quicker."""
        row = connection.execute(LOCK_PAPER, self._key(act.paper_id)).one()
        if (row.state, row.sha256) != (act.before, act.sha256):
            record = self._open(connection, act.paper_id).record
            state = signing_texts.STATES[record.state]
            raise UsageError(signing_texts.STALE.format(id=record.id, title=record.title, state=state))

    def _move(self, connection: Connection, act: Act, number: str | None) -> None:
        connection.execute(UPDATE_PAPER_STATE, {**self._key(act.paper_id), "state": act.after.value, "number": number})

    def _open(self, connection: Connection, paper_id: int) -> PaperOnFile:
        row = connection.execute(SELECT_PAPERS, self._key(paper_id)).one_or_none()
        if row is None:
            raise UsageError(signing_texts.NO_SUCH_PAPER.format(id=paper_id))
        content = connection.execute(SELECT_PAPER_CONTENT, self._key(paper_id)).scalar()
        acts = audit.acts_of(connection, self._plan, paper_id)
        return PaperOnFile(paper_record(row), None if content is None else decode(content), acts)

    def _key(self, paper_id: int) -> dict[str, str | int]:
        return {"plan": self._plan, "paper_id": paper_id}

    def _settled(self, paper_id: int, change: Callable[[Connection], PaperRecord], done: Done) -> PaperRecord:
        """Run `change` in one transaction. When the connection is lost, only reading back tells what became of it.

        Raises UsageError when it did not take place, and when the database stays away.
        """
        try:
            with self._engine.begin() as connection:
                return change(connection)
        except DBAPIError as error:
            if not audit.is_away(error):
                raise
            paper = self._read_back(paper_id)
            if paper is not None and done(paper):
                return paper.record
            text = signing_texts.UNKNOWN if paper is None else signing_texts.LOST
            raise UsageError(text.format(id=paper_id)) from error

    def _read_back(self, paper_id: int) -> PaperOnFile | None:
        """The paper as it is now; None while the database stays away."""
        for _ in range(READ_BACK_TRIES):
            try:
                return self.open(paper_id)
            except DBAPIError as error:
                if not audit.is_away(error):
                    raise
                time.sleep(READ_BACK_SECONDS)
        return None
