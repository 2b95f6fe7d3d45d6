"""What `duban verify` reads, on PostgreSQL: signing_ports.Books."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, Row

from duban.adapters.store import audit
from duban.adapters.store.deliveries import PostgresDeliveries
from duban.adapters.store.register import paper_record
from duban.adapters.store.statements import statement
from duban.core.audit import Link
from duban.core.delivery import Delivery
from duban.core.numbering import Series
from duban.core.papers import PaperKind, PaperRecord
from duban.pipeline.signing_ports import Held, MadeFrom, NumberUsed, RowAccount

SELECT_PAPERS = statement("select_papers")
SELECT_NUMBERS = statement("select_numbers")
SELECT_NUMBER_COUNTERS = statement("select_number_counters")
SELECT_RECEIVED_DIGESTS = statement("select_received_digests")
SELECT_ROW_ACCOUNTS = statement("select_row_accounts")
SELECT_TEMPLATES = statement("select_templates")
ACCOUNTED = ("read", "accepted", "rejected", "ignored")


class PostgresBooks:
    """The books of one plan, for reading."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = {"plan": plan}

    def papers(self) -> Sequence[PaperRecord]:
        """As Books.papers."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_PAPERS, {**self._plan, "paper_id": None})
            return [paper_record(row) for row in found]

    def chain(self) -> tuple[Sequence[Link], tuple[int, str]]:
        """As Books.chain."""
        with self._engine.begin() as connection:
            return audit.chain(connection, self._plan["plan"])

    def numbers(self) -> Sequence[NumberUsed]:
        """As Books.numbers."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_NUMBERS, self._plan)
            return [NumberUsed(_series(row), row.number, row.printed, row.entered, row.paper_id) for row in found]

    def counters(self) -> Mapping[Series, int]:
        """As Books.counters."""
        with self._engine.begin() as connection:
            return {_series(row): row.last for row in connection.execute(SELECT_NUMBER_COUNTERS, self._plan)}

    def received(self) -> Sequence[Held]:
        """As Books.received."""
        with self._engine.begin() as connection:
            return [Held(row.path, row.sha256) for row in connection.execute(SELECT_RECEIVED_DIGESTS, self._plan)]

    def templates(self) -> Sequence[MadeFrom]:
        """As Books.templates."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_TEMPLATES, self._plan)
            return [MadeFrom(row.paper_id, PaperKind(row.kind), row.sha256) for row in found]

    def deliveries(self) -> Sequence[Delivery]:
        """As Books.deliveries."""
        return PostgresDeliveries(self._engine, self._plan["plan"]).all()

    def row_accounts(self) -> Sequence[RowAccount]:
        """As Books.row_accounts."""
        with self._engine.begin() as connection:
            return [
                RowAccount(row.return_id, _counts(row, "rows"), _counts(row, "found"))
                for row in connection.execute(SELECT_ROW_ACCOUNTS, self._plan)
            ]


def _series(row: Row[tuple[object, ...]]) -> Series:
    return Series(row.issuer, row.series, row.year)


def _counts(row: Row[tuple[object, ...]], prefix: str) -> dict[str, int]:
    return {name: getattr(row, f"{prefix}_{name}") for name in ACCOUNTED}
