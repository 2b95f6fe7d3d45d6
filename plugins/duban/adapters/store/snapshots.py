"""The board's snapshots on PostgreSQL: pipeline.keep_snapshot.SnapshotKeeper, and what the board reads of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import Engine

from duban.adapters.store.bulk import copy
from duban.adapters.store.statements import statement
from duban.pipeline.board_snapshot import DistrictPart, OfficeDetail, OfficeHead, OfficePart, Snapshot

LOCK_SNAPSHOTS = statement("lock_snapshots")
DELETE_SNAPSHOT = statement("delete_snapshot")
DELETE_OLD_SNAPSHOTS = statement("delete_old_snapshots")
INSERT_SNAPSHOT = statement("insert_snapshot")
UPDATE_SNAPSHOT = statement("update_snapshot")
SELECT_SNAPSHOT = statement("select_snapshot")
SELECT_SNAPSHOTS = statement("select_snapshots")
SELECT_LAST_SNAPSHOT = statement("select_last_snapshot")
SELECT_SNAPSHOT_HEADS = statement("select_snapshot_heads")
SELECT_SNAPSHOT_OFFICE = statement("select_snapshot_office")

Part = TypeVar("Part", DistrictPart, OfficeHead, OfficeDetail)
DISTRICT, HEAD, DETAIL = TypeAdapter(DistrictPart), TypeAdapter(OfficeHead), TypeAdapter(OfficeDetail)


class PostgresSnapshots:
    """The snapshots of one plan. `mark` is the digest of what they follow from beside the facts: plan and rules."""

    def __init__(self, engine: Engine, plan: str, mark: str) -> None:
        self._engine = engine
        self._key = {"plan": plan, "mark": mark}

    def kept(self) -> Collection[datetime]:
        """As SnapshotKeeper.kept."""
        with self._engine.begin() as connection:
            return frozenset(connection.execute(SELECT_SNAPSHOTS, self._key).scalars())

    def begin(self, as_of: datetime, *, lasting: bool) -> str:
        """As SnapshotKeeper.begin."""
        lease = uuid4().hex
        values = {**self._key, "as_of": as_of, "lasting": lasting, "lease": lease}
        with self._engine.begin() as connection:
            connection.execute(LOCK_SNAPSHOTS, self._key)
            connection.execute(DELETE_SNAPSHOT, values)
            connection.execute(INSERT_SNAPSHOT, values)
        return lease

    def finish(self, claim: str, snapshot: Snapshot) -> bool:
        """As SnapshotKeeper.finish."""
        values = {**self._key, "as_of": snapshot.as_of, "lease": claim, "district": _json(DISTRICT, snapshot.district)}
        with self._engine.begin() as connection:
            if connection.execute(UPDATE_SNAPSHOT, values).one_or_none() is None:
                return False
            key = (self._key["plan"], snapshot.as_of)
            parts = ((*key, code, _json(HEAD, one.head), _json(DETAIL, one.detail)) for code, one in _parts(snapshot))
            copy(connection, "copy_snapshot_offices", parts)
            return True

    def forget_before(self, as_of: datetime) -> None:
        """As SnapshotKeeper.forget_before."""
        with self._engine.begin() as connection:
            connection.execute(LOCK_SNAPSHOTS, self._key)
            connection.execute(DELETE_OLD_SNAPSHOTS, {**self._key, "as_of": as_of})

    def last(self) -> datetime | None:
        """The newest instant that is kept."""
        with self._engine.begin() as connection:
            found: datetime | None = connection.execute(SELECT_LAST_SNAPSHOT, self._key).scalar()
            return found

    def lines(self, as_of: datetime, offices: Sequence[str]) -> tuple[DistrictPart, tuple[OfficeHead, ...]] | None:
        """The district's part and the lines of `offices`, in their order; None where nothing is kept of the instant."""
        with self._engine.begin() as connection:
            values = {**self._key, "as_of": as_of, "offices": list(offices)}
            district = connection.execute(SELECT_SNAPSHOT, values).scalar()
            heads = connection.execute(SELECT_SNAPSHOT_HEADS, values).scalars() if district else ()
            found = tuple(HEAD.validate_json(head) for head in heads)
        # A fact may come between the two questions, and the lines be gone.
        return (DISTRICT.validate_json(district), found) if district and len(found) == len(offices) else None

    def office(self, as_of: datetime, office: str) -> OfficePart | None:
        """One office's part; None where nothing is kept of the instant."""
        values = {**self._key, "as_of": as_of, "office": office}
        with self._engine.begin() as connection:
            row = connection.execute(SELECT_SNAPSHOT_OFFICE, values).one_or_none()
        return None if row is None else OfficePart(HEAD.validate_json(row.head), DETAIL.validate_json(row.detail))


def _parts(snapshot: Snapshot) -> Sequence[tuple[str, OfficePart]]:
    return list(snapshot.offices.items())


def _json(adapter: TypeAdapter[Part], part: Part) -> str:
    """What is left at its default is left out: most of an obligation is."""
    return adapter.dump_json(part, exclude_defaults=True).decode()
