"""The composition root: which adapter plays which port. Nothing else decides that; no Airflow here.

A room each for what belongs together, one built upon the other: offline, stores, returns, papers, issuing,
delivering, tending, boards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from duban.adapters import store
from duban.adapters.alerts import FolderAlerts
from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.settings import Settings
from duban.wiring.boards import Boards
from duban.wiring.offline import Offline
from duban.wiring.plans import chosen

__all__ = [
    "AIRFLOW_DATABASE",
    "BUSINESS_DATABASE",
    "App",
    "Offline",
    "alerts_of",
    "database_url",
    "open_app",
    "open_offline",
    "server",
]

BUSINESS_DATABASE, AIRFLOW_DATABASE = "duban", "airflow"


@dataclass(frozen=True)
class App(Boards):
    """The whole product, opened on its database."""


def server(settings: Settings) -> EmbeddedPostgres:
    """The embedded PostgreSQL of this home."""
    return EmbeddedPostgres(settings.home)


def database_url(settings: Settings) -> str:
    """Where the business database is; starts the embedded server when none is named."""
    return settings.database_url or server(settings).url(BUSINESS_DATABASE)


def alerts_of(plan: str) -> FolderAlerts:
    """The channel of a plan's alerts, the key empty where there is one; its file need not be readable."""
    return Offline(Settings().model_copy(update={"plan_key": plan})).alerts


@contextmanager
def open_offline(settings: Settings | None = None) -> Iterator[Offline]:
    """What can be done without a database, for one plan; raises UsageError where it is not clear for which."""
    offline = Offline(chosen(settings or Settings()))
    try:
        yield offline
    finally:
        offline.close()


@contextmanager
def open_app(settings: Settings | None = None) -> Iterator[App]:
    """The whole product on a migrated database, for one plan; raises UsageError where it is not clear for which."""
    settings = chosen(settings or Settings())
    engine = store.create_engine(database_url(settings))
    store.migrate(engine, settings.root / "sql" / "migrations")
    app = App(settings, engine=engine)
    try:
        yield app
    finally:
        app.close()
        engine.dispose()
