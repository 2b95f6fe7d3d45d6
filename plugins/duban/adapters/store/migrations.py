"""Brings the schema up to date (alembic, sql/migrations)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect

from duban.adapters.store.engine import SCHEMA
from duban.adapters.store.statements import statement

VERSIONS = "versions"
SELECT_REVISION = statement("select_schema_revision")
SELECT_SERVER_STATE = statement("select_server_state")


@dataclass(frozen=True, slots=True)
class SchemaState:
    """What a database says of itself: the server's clock and version, its schema's revision and the newest one."""

    now: datetime
    version: str
    revision: str | None
    newest: str


def examine(engine: Engine, migrations: Path) -> SchemaState:
    """Ask the database and change nothing; `revision` is None before the first migration."""
    with engine.connect() as connection:
        server = connection.execute(SELECT_SERVER_STATE).one()
    return SchemaState(server.now, server.version, _revision(engine), _newest(migrations))


def migrate(engine: Engine, migrations: Path) -> None:
    """Run every migration of the folder `migrations` that the database has not had, in one transaction."""
    if _revision(engine) == _newest(migrations):
        return
    # Alembic costs half a second to import, which a command on a current schema need not pay.
    from alembic import command  # noqa: PLC0415 - as above
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _newest(migrations: Path) -> str:
    """The last revision: migration files are named `<revision>_<topic>.py` and sort by it."""
    return max(path.name for path in (migrations / VERSIONS).glob("*.py")).split("_")[0]


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version", SCHEMA):
        return None
    with engine.connect() as connection:
        return connection.execute(SELECT_REVISION).scalar()
