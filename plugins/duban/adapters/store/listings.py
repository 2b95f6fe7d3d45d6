"""What the inbox showed and when (domain.md §3): listings, sightings, and the files taken in."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from duban.adapters.store.locks import lock_offices
from duban.adapters.store.statements import statement
from duban.core.deadlines import Deadline
from duban.core.weeks import ZONE
from duban.pipeline.ports import NewFile, ReceivedReturn, SeenFile

INSERT_SIGHTINGS = statement("insert_sightings")
INSERT_LISTINGS = statement("insert_listings")
SELECT_UNREGISTERED = statement("select_unregistered_sightings")
SELECT_LISTINGS_BETWEEN = statement("select_listings_between")
SELECT_UNDECIDED_DEADLINES = statement("select_undecided_deadlines")
INSERT_RECEIVED = statement("insert_received")
SELECT_UNJUDGED = statement("select_unjudged")
SELECT_DUPLICATES = statement("select_duplicates")
SELECT_TAKEN_ON = statement("select_taken_on")
SELECT_HAS_RECEIVED = statement("select_has_received")
SELECT_HAS_SENT = statement("select_has_sent")


def register_listing(
    connection: Connection, plan: str, as_of: datetime, seen: Sequence[SeenFile], offices: Sequence[str]
) -> list[NewFile]:
    """Record the listing and what it showed first; returns the settled files that are not registered yet."""
    lock_offices(connection, plan, [*offices, *(file.office for file in seen)])
    moment = {"plan": plan, "as_of": as_of}
    connection.execute(INSERT_SIGHTINGS, {**moment, "offices": [file.office for file in seen], **_columns(seen)})
    connection.execute(INSERT_LISTINGS, {**moment, "offices": list(offices)})
    settled = [file for file in seen if file.settled]
    found = connection.execute(SELECT_UNREGISTERED, {"plan": plan, **_columns(settled)})
    return [NewFile(row.office, row.path, row.size, row.modified_at, row.received_at) for row in found]


def _columns(seen: Sequence[SeenFile]) -> dict[str, list[object]]:
    return {
        "paths": [file.path for file in seen],
        "sizes": [file.size for file in seen],
        "modified": [file.modified_at for file in seen],
    }


def listings_between(
    connection: Connection, plan: str, office: str, after: datetime, until: datetime
) -> list[datetime]:
    """The instants in (after, until] at which the office's folder was listed to its end."""
    bounds = {"plan": plan, "office": office, "after": after, "until": until}
    return list(connection.execute(SELECT_LISTINGS_BETWEEN, bounds).scalars())


def taken_on(connection: Connection, plan: str, offices: Collection[str], as_of: datetime) -> dict[str, int]:
    """How many files of each office were taken in on the day of `as_of`; an office of which none was is not named."""
    day = datetime.combine(as_of.astimezone(ZONE).date(), time(), ZONE)
    values = {"plan": plan, "offices": sorted(offices), "day": day, "next_day": day + timedelta(days=1)}
    return {row.office: row.files for row in connection.execute(SELECT_TAKEN_ON, values)}


def undecided_deadlines(
    connection: Connection, plan: str, deadlines: Collection[Deadline], as_of: datetime, window: timedelta
) -> frozenset[Deadline]:
    """Those of the deadlines around which nobody looked, so that what came cannot be told to be in time."""
    values = {
        "plan": plan,
        "offices": [office for office, _due in deadlines],
        "dues": [due for _office, due in deadlines],
        "as_of": as_of,
        "window": window,
    }
    return frozenset((row.office, row.due) for row in connection.execute(SELECT_UNDECIDED_DEADLINES, values))


def register_files(connection: Connection, plan: str, archived: Sequence[tuple[NewFile, str]]) -> list[ReceivedReturn]:
    """Take in archived files, each with its sha-256; returns those that were not taken in before."""
    files = [file for file, _sha256 in archived]
    values = {
        "plan": plan,
        "offices": [file.office for file in files],
        "paths": [file.path for file in files],
        "sizes": [file.size for file in files],
        "modified": [file.modified_at for file in files],
        "digests": [sha256 for _file, sha256 in archived],
        "received": [file.received_at for file in files],
    }
    return [ReceivedReturn(*row) for row in connection.execute(INSERT_RECEIVED, values)]


def unjudged(connection: Connection, plan: str) -> list[ReceivedReturn]:
    """Files taken in and without a verdict, in the order of receipt."""
    return [ReceivedReturn(*row) for row in connection.execute(SELECT_UNJUDGED, {"plan": plan})]


def has_received(connection: Connection, plan: str, path: str) -> bool:
    """Whether a file or folder of this path was ever taken in."""
    return bool(connection.execute(SELECT_HAS_RECEIVED, {"plan": plan, "path": path}).scalar_one())


def has_sent(connection: Connection, plan: str, office: str) -> bool:
    """Whether a file of this office's folder was ever taken in."""
    return bool(connection.execute(SELECT_HAS_SENT, {"plan": plan, "office": office}).scalar_one())


def duplicates(connection: Connection, plan: str, received: Sequence[ReceivedReturn]) -> frozenset[int]:
    """Those whose bytes were judged before: in the same folder, or accepted in another."""
    values = {
        "plan": plan,
        "return_ids": [one.return_id for one in received],
        "offices": [one.office for one in received],
        "digests": [one.sha256 for one in received],
    }
    return frozenset(connection.execute(SELECT_DUPLICATES, values).scalars())
