"""The chain of changes on PostgreSQL: written in the transaction of the change itself (faults.md, I7)."""

import os
import socket
from dataclasses import asdict

from sqlalchemy import Connection, Row
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from duban.adapters.store.encoding import storable
from duban.adapters.store.statements import statement
from duban.core.audit import NOTHING, Entry, Link, digest
from duban.core.papers import PaperState
from duban.core.signing import Act

LOCK_AUDIT_HEAD = statement("lock_audit_head")
UPDATE_AUDIT_HEAD = statement("update_audit_head")
INSERT_AUDIT = statement("insert_audit")
SELECT_AUDIT = statement("select_audit")
SELECT_AUDIT_HEAD = statement("select_audit_head")
AIRFLOW_CONTEXT = ("DAG_ID", "TASK_ID", "DAG_RUN_ID", "TRY_NUMBER")


def append(connection: Connection, plan: str, act: Act, sha256: str | None = None, number: str | None = None) -> None:
    """Add an act to the plan's chain. `sha256`: the bytes that it made, where they are not those acted on.

    The last lock that a transaction takes: the end of the chain is held until it ends.
    """
    head = connection.execute(LOCK_AUDIT_HEAD, {"plan": plan, "nothing": NOTHING}).one()
    entry = Entry(
        seq=head.seq + 1,
        paper_id=act.paper_id,
        before=act.before,
        after=act.after,
        by=storable(act.by),
        at=act.at,
        why=storable(act.why),
        sha256=sha256 or act.sha256,
        number=number,
        origin=origin(),
        recorded_at=head.now,
        previous=head.digest,
    )
    stored = {**asdict(entry), "plan": plan, "done_by": entry.by, "digest": digest(plan, entry)}
    connection.execute(INSERT_AUDIT, stored)
    connection.execute(UPDATE_AUDIT_HEAD, stored)


def origin() -> str:
    """What writes: the task, run and try of Airflow, else this process."""
    context = [os.environ.get(f"AIRFLOW_CTX_{name}", "") for name in AIRFLOW_CONTEXT]
    return "/".join(context) if any(context) else f"{socket.gethostname()}/{os.getpid()}"


def is_away(error: DBAPIError) -> bool:
    """Whether the database did not answer, rather than refuse."""
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def acts_of(connection: Connection, plan: str, paper_id: int) -> tuple[Act, ...]:
    """All that was done to a paper, oldest first."""
    found = connection.execute(SELECT_AUDIT, {"plan": plan, "paper_id": paper_id})
    return tuple(_act(_link(row).entry) for row in found)


def chain(connection: Connection, plan: str) -> tuple[list[Link], tuple[int, str]]:
    """The whole chain and its recorded end."""
    links = [_link(row) for row in connection.execute(SELECT_AUDIT, {"plan": plan, "paper_id": None})]
    head = connection.execute(SELECT_AUDIT_HEAD, {"plan": plan}).one_or_none()
    return links, (0, NOTHING) if head is None else (head.seq, head.digest)


def _act(entry: Entry) -> Act:
    return Act(entry.paper_id, entry.before, entry.after, entry.by, entry.at, entry.why, entry.sha256)


def _link(row: Row[tuple[object, ...]]) -> Link:
    entry = Entry(
        seq=row.seq,
        paper_id=row.paper_id,
        before=None if row.before is None else PaperState(row.before),
        after=PaperState(row.after),
        by=row.done_by,
        at=row.at,
        why=row.why,
        sha256=row.sha256,
        number=row.number,
        origin=row.origin,
        recorded_at=row.recorded_at,
        previous=row.previous,
    )
    return Link(entry, row.digest)
