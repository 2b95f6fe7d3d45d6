"""The business database: the ledger and the register of papers, on PostgreSQL. Statements stand in sql/."""

from duban.adapters.store.board import PostgresBoard
from duban.adapters.store.books import PostgresBooks
from duban.adapters.store.chain_end import PostgresChainEnd
from duban.adapters.store.decisions import PostgresDecisions
from duban.adapters.store.deliveries import PostgresDeliveries
from duban.adapters.store.engine import SCHEMA, create_engine
from duban.adapters.store.ledger import PostgresLedger
from duban.adapters.store.life import PostgresLife
from duban.adapters.store.migrations import SchemaState, examine, migrate
from duban.adapters.store.receipts import PostgresReceipts
from duban.adapters.store.register import PostgresRegister
from duban.adapters.store.snapshots import PostgresSnapshots
from duban.adapters.store.step_runs import PostgresSteps

__all__ = [
    "SCHEMA",
    "PostgresBoard",
    "PostgresBooks",
    "PostgresChainEnd",
    "PostgresDecisions",
    "PostgresDeliveries",
    "PostgresLedger",
    "PostgresLife",
    "PostgresReceipts",
    "PostgresRegister",
    "PostgresSnapshots",
    "PostgresSteps",
    "SchemaState",
    "create_engine",
    "examine",
    "migrate",
]
