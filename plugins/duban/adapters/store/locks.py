"""One writer an office at a time."""

from collections.abc import Iterable

from sqlalchemy import Connection

from duban.adapters.store.statements import statement

INSERT_OFFICES = statement("insert_offices")
LOCK_OFFICES = statement("lock_offices")


def lock_offices(connection: Connection, plan: str, offices: Iterable[str]) -> None:
    """Hold the rows of `offices` until the transaction ends; an office not heard of before gets its row."""
    asked = {"plan": plan, "offices": sorted(set(offices))}
    connection.execute(INSERT_OFFICES, asked)
    connection.execute(LOCK_OFFICES, asked)
