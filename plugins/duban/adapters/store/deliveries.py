"""The outbox on PostgreSQL: delivery_ports.Deliveries. Locks are taken in the order of `life`: paper, audit."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError

from duban.adapters.store import audit
from duban.adapters.store.encoding import storable
from duban.adapters.store.statements import statement
from duban.core import delivery_texts as texts
from duban.core.addressees import Addressee, Channel
from duban.core.delivery import NOT_YET_OUT, OUT_OF_HAND, Delivery, DeliveryState, Outcome, Owed
from duban.core.errors import UsageError
from duban.core.papers import IN_FORCE, PaperState
from duban.core.signing import SYSTEM, Act

INSERT_DELIVERY = statement("insert_delivery")
SELECT_DELIVERIES = statement("select_deliveries")
SELECT_DUE = statement("select_due_deliveries")
SELECT_LEASES = statement("select_leases")
SELECT_DELIVERED_AT = statement("select_delivered_at")
SELECT_PAPERS = statement("select_papers")
LOCK_LEASE = statement("lock_lease")
LOCK_PAPER = statement("lock_paper")
TAKE_DELIVERY = statement("take_delivery")
SETTLE_DELIVERY = statement("settle_delivery")
RELEASE_LEASES = statement("release_leases")
UPDATE_DELIVERIES = statement("update_deliveries")
UPDATE_DELIVERY = statement("update_delivery")
UPDATE_PAPER_STATE = statement("update_paper_state")

SETTLE_TRIES = 20
SETTLE_SECONDS = 0.5
Result = TypeVar("Result")


def owe(connection: Connection, plan: str, act: Act, deliveries: Sequence[Owed]) -> None:
    """Write what a paper owes its recipients, in the transaction of its signature."""
    for one in deliveries:
        values = {
            "recipient": one.to.name,
            "channel": one.to.channel.value,
            "address": one.to.address,
            "message_id": one.message_id,
        }
        connection.execute(INSERT_DELIVERY, {**_act(plan, act.at, act.by), "paper_id": act.paper_id, **values})


def cancel(connection: Connection, plan: str, act: Act) -> None:
    """What is not out yet of a paper that is voided or revoked is never sent.

    Raises UsageError when a paper that is to be voided has reached somebody, or may have.
    """
    key = {"plan": plan, "paper_id": act.paper_id, "delivery_id": None}
    if act.after is PaperState.VOID:
        out = [row.recipient for row in connection.execute(SELECT_DELIVERIES, key) if row.state in OUT_OF_HAND]
        if out:
            raise UsageError(texts.REACHED.format(id=act.paper_id, names="、".join(out)))
    values = {**_act(plan, act.at, act.by, act.why), "paper_id": act.paper_id, "released": False}
    before = [state.value for state in NOT_YET_OUT]
    connection.execute(UPDATE_DELIVERIES, {**values, "state": DeliveryState.CANCELLED.value, "before": before})


class PostgresDeliveries:
    """The deliveries of one plan's papers."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def all(self) -> Sequence[Delivery]:
        """As Deliveries.all."""
        return self._found(paper_id=None, delivery_id=None)

    def of_paper(self, paper_id: int) -> Sequence[Delivery]:
        """As Deliveries.of_paper."""
        return self._found(paper_id=paper_id, delivery_id=None)

    def one(self, delivery_id: int) -> Delivery:
        """As Deliveries.one."""
        found = self._found(paper_id=None, delivery_id=delivery_id)
        if not found:
            raise UsageError(texts.NO_SUCH_DELIVERY.format(id=delivery_id))
        return found[0]

    def due(self, as_of: datetime, channels: Sequence[Channel]) -> Sequence[Delivery]:
        """As Deliveries.due."""
        wanted = {"plan": self._plan, "as_of": as_of, "channels": [channel.value for channel in channels]}
        with self._engine.begin() as connection:
            return [delivery_record(row) for row in connection.execute(SELECT_DUE, wanted)]

    @contextmanager
    def lease(self) -> Iterator[str]:
        """As Deliveries.lease: a lock of a session of its own, which ends with the process that holds it."""
        token = uuid4().hex
        with self._engine.connect() as connection, connection.begin():
            connection.execute(LOCK_LEASE, {"plan": self._plan, "lease": token})
            yield token

    def recover(self, as_of: datetime) -> None:
        """As Deliveries.recover."""
        with self._engine.begin() as connection:
            for lease in connection.execute(SELECT_LEASES, {"plan": self._plan}).scalars().all():
                key = {"plan": self._plan, "lease": lease}
                if connection.execute(LOCK_LEASE, key).scalar_one():
                    values = _act(self._plan, as_of, SYSTEM, texts.ABANDONED)
                    connection.execute(RELEASE_LEASES, {**values, "lease": lease})

    def take(self, delivery: Delivery, lease: str, as_of: datetime) -> bool:
        """As Deliveries.take."""
        with self._engine.begin() as connection:
            paper = connection.execute(LOCK_PAPER, self._paper(delivery)).one()
            if paper.state not in IN_FORCE:
                return False
            values = {**_act(self._plan, as_of, SYSTEM), "delivery_id": delivery.id, "lease": lease}
            return connection.execute(TAKE_DELIVERY, values).one_or_none() is not None

    def settle(self, delivery: Delivery, lease: str, outcome: Outcome, as_of: datetime) -> None:
        """As Deliveries.settle; a database that is away for a moment is waited for, since only we know the outcome."""

        def change(connection: Connection) -> None:
            connection.execute(LOCK_PAPER, self._paper(delivery))
            values = {"delivery_id": delivery.id, "lease": lease, "state": outcome.state.value}
            connection.execute(SETTLE_DELIVERY, {**_act(self._plan, as_of, SYSTEM, outcome.why), **values})
            self._complete(connection, delivery.paper_id)

        _insisting(lambda: self._in_transaction(change))

    def decide(self, delivery: Delivery, state: DeliveryState, by: str, why: str, as_of: datetime) -> None:
        """As Deliveries.decide."""

        def change(connection: Connection) -> None:
            connection.execute(LOCK_PAPER, self._paper(delivery))
            values = {"delivery_id": delivery.id, "state": state.value, "before": [delivery.state.value]}
            connection.execute(UPDATE_DELIVERY, {**_act(self._plan, as_of, by, why), **values})
            self._complete(connection, delivery.paper_id)

        self._in_transaction(change)

    def hold(self, paper_id: int, as_of: datetime) -> None:
        """As Deliveries.hold."""
        self._move(paper_id, DeliveryState.PENDING, DeliveryState.HELD, (SYSTEM, texts.SET_ASIDE), as_of)

    def release(self, paper_id: int, by: str, why: str, as_of: datetime) -> int:
        """As Deliveries.release."""
        return self._move(paper_id, DeliveryState.HELD, DeliveryState.PENDING, (by, why), as_of)

    def _move(
        self, paper_id: int, before: DeliveryState, after: DeliveryState, who: tuple[str, str], as_of: datetime
    ) -> int:
        values = {**_act(self._plan, as_of, *who), "paper_id": paper_id, "released": after is DeliveryState.PENDING}
        moved = {**values, "state": after.value, "before": [before.value]}
        return self._in_transaction(lambda connection: len(connection.execute(UPDATE_DELIVERIES, moved).all()))

    def _complete(self, connection: Connection, paper_id: int) -> None:
        """Record a paper as delivered once every recipient has it; its row is locked."""
        key = {"plan": self._plan, "paper_id": paper_id}
        paper = connection.execute(SELECT_PAPERS, key).one()
        at = connection.execute(SELECT_DELIVERED_AT, key).scalar()
        if at is None or paper.state != PaperState.SIGNED:
            return
        act = Act(paper_id, PaperState.SIGNED, PaperState.DELIVERED, SYSTEM, at, "", paper.sha256)
        connection.execute(UPDATE_PAPER_STATE, {**key, "state": act.after.value, "number": None})
        audit.append(connection, self._plan, act, paper.signed_sha256)

    def _found(self, **which: int | None) -> Sequence[Delivery]:
        with self._engine.begin() as connection:
            return [
                delivery_record(row) for row in connection.execute(SELECT_DELIVERIES, {"plan": self._plan, **which})
            ]

    def _paper(self, delivery: Delivery) -> dict[str, str | int]:
        return {"plan": self._plan, "paper_id": delivery.paper_id}

    def _in_transaction(self, change: Callable[[Connection], Result]) -> Result:
        with self._engine.begin() as connection:
            return change(connection)


def _insisting(change: Callable[[], None]) -> None:
    """Carry out a change that is the same the second time, until the database answers; raises when it stays away."""
    for left in range(SETTLE_TRIES - 1, -1, -1):
        try:
            return change()
        except DBAPIError as error:
            if not audit.is_away(error) or not left:
                raise
            time.sleep(SETTLE_SECONDS)
    return None


def _act(plan: str, at: datetime, by: str, why: str = "") -> dict[str, object]:
    return {"plan": plan, "at": at, "by": storable(by), "why": storable(why), "origin": audit.origin()}


def delivery_record(row: Row[tuple[object, ...]]) -> Delivery:
    """A stored delivery."""
    return Delivery(
        id=row.delivery_id,
        paper_id=row.paper_id,
        to=Addressee(row.recipient, Channel(row.channel), row.address),
        message_id=row.message_id,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        at=row.changed_at,
        by=row.changed_by,
        why=row.why,
        released=row.released,
    )
