"""Loading rows into PostgreSQL: our COPY against SQLAlchemy Core; the server's CPU is counted."""

from collections.abc import Iterator
from io import StringIO
from typing import LiteralString

import psycopg
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, insert, text

from bench.rounds import BOUND, OURS, PEER, measured, table, timed

ROWS = 20_000
COPY = "copy loaded (office, week, compound, buildings, households, scheme) from stdin"
RECORDS = [("EA", "2018-W36", f"EA-{n:05d}", 10, 300, "已拟定") for n in range(ROWS)]
LOADED = Table(
    "loaded",
    MetaData(),
    *(Column(name, Text) for name in ("office", "week", "compound")),
    *(Column(name, Integer) for name in ("buildings", "households")),
    Column("scheme", Text),
    prefixes=["TEMPORARY"],
)


def sections(engine: Engine) -> Iterator[str]:
    with engine.begin() as connection:
        LOADED.create(connection)
        pids = [connection.execute(text("select pg_backend_pid()")).scalar_one()]
        names = [column.name for column in LOADED.columns]
        keyed = [dict(zip(names, record, strict=True)) for record in RECORDS]
        blob = "".join("\t".join(map(str, record)) + "\n" for record in RECORDS)
        results = measured(
            [
                timed("ours: COPY, row by row", OURS, lambda: copied(connection), pids),
                timed("SQLAlchemy Core executemany", PEER, lambda: connection.execute(insert(LOADED), keyed), pids),
                timed("COPY of ready bytes", BOUND, lambda: sent(connection, blob), pids),
            ],
            3,
        )
        yield table(f"Loading {ROWS:,} rows of 6 columns into PostgreSQL", results)


def copied(connection: Connection) -> None:
    with cursor_of(connection) as cursor, cursor.copy(COPY) as stream:
        for record in RECORDS:
            stream.write_row(record)


def sent(connection: Connection, blob: str, command: LiteralString = COPY) -> None:
    with cursor_of(connection) as cursor, cursor.copy(command) as stream:
        stream.write(StringIO(blob).read())


def cursor_of(connection: Connection) -> psycopg.Cursor:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver.cursor()
