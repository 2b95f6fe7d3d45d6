"""Identities without gaps: PostgreSQL leaves out up to 32 of them after a crash.

They stand in names of files and in receipt codes, and two years are compared byte for byte.
"""

from sqlalchemy import text

from duban.adapters.store import create_engine

IDENTITIES = text(
    "select table_name, column_name from information_schema.columns "
    "where table_schema = 'duban' and is_identity = 'YES'"
)
SET_BACK = (
    "select setval(pg_get_serial_sequence('duban.{table}', '{column}'), coalesce(max({column}), 0) + 1, false) "
    "from duban.{table}"
)


def close_gaps(url: str) -> None:
    """Set every sequence of the database back to what its table holds."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table, column in connection.execute(IDENTITIES).all():
            connection.execute(text(SET_BACK.format(table=table, column=column)))
    engine.dispose()
