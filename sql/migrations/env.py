"""How alembic reaches the database: over the connection it is handed, else over DUBAN_DATABASE_URL."""  # noqa: INP001 - alembic loads this file by its path

import os

from alembic import context
from sqlalchemy import Connection, text

from duban.adapters.store import SCHEMA, create_engine


def run(connection: Connection) -> None:
    """Bring the schema up in one transaction; a second migration at the same moment waits for this one."""
    context.configure(connection=connection, version_table_schema=SCHEMA)
    with context.begin_transaction():
        connection.execute(text("select pg_advisory_xact_lock(hashtext(:schema))"), {"schema": SCHEMA})
        connection.execute(text(f"create schema if not exists {SCHEMA}"))
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with create_engine(os.environ["DUBAN_DATABASE_URL"]).begin() as opened:
        run(opened)
