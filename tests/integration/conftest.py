"""A real PostgreSQL for the whole session, and a fresh migrated database for each module that asks for one."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.store import PostgresLedger, create_engine, migrate
from duban.adapters.workbook import WorkbookReader
from duban.cli.main import app as commands
from duban.core.state import fold
from duban.pipeline.csv_folders import ReturnReader
from duban.wiring import App
from fakes.commands import Run
from fakes.house import House, open_house
from fakes.judged import AIMS, Office
from fakes.made_returns import CHECKER, FORM, SUITES

MIGRATIONS = Path(__file__).parents[2] / "sql" / "migrations"
TEMPLATE = "migrated"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a module in one process, or both would make what its tests share: a season, two districts, a blank."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    # Not in pytest's own folder: started by root the server runs as another user, and every session of pytest that
    # starts meanwhile shuts that user out of it.
    with TemporaryDirectory(prefix="duban-") as home:
        server = EmbeddedPostgres(Path(home), durable=False)
        yield server
        server.stop()


@pytest.fixture(scope="session")
def databases(postgres: EmbeddedPostgres) -> Iterator[str]:
    """URLs of databases that nobody has used, cloned from a migrated one."""
    engine = create_engine(postgres.url(TEMPLATE))
    migrate(engine, MIGRATIONS)
    engine.dispose()
    return (_clone(postgres, f"test_{number}") for number in count())


@pytest.fixture(scope="session")
def copied(postgres: EmbeddedPostgres, databases: Iterator[str]) -> Callable[[str], str]:
    """The URL of a copy of a database, which nobody may be connected to meanwhile."""
    numbers = count()
    return lambda url: _clone(postgres, f"copy_{next(numbers)}", str(make_url(url).database))


def _clone(postgres: EmbeddedPostgres, name: str, template: str = TEMPLATE) -> str:
    admin = make_url(postgres.url("postgres"))
    with psycopg.connect(
        host=str(admin.query["host"]), port=str(admin.query["port"]), user=admin.username, autocommit=True
    ) as connection:
        statement = sql.SQL("create database {} template {} strategy file_copy")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return postgres.url(name)


@pytest.fixture(scope="module")
def fresh_database(databases: Iterator[str]) -> str:
    """The URL of a migrated, empty database, for one module."""
    return next(databases)


@pytest.fixture(scope="module")
def engine(fresh_database: str) -> Iterator[Engine]:
    """An engine on the module's database."""
    opened = create_engine(fresh_database)
    yield opened
    opened.dispose()


@pytest.fixture
def plan(request: pytest.FixtureRequest) -> str:
    """The key of a plan that no other test uses: plans never see each other, so a test needs no database of its own."""
    return f"plan of {request.node.name}"


@pytest.fixture
def ledger(engine: Engine, plan: str) -> PostgresLedger:
    """An empty ledger, with the real fold."""
    return PostgresLedger(engine, plan, fold, AIMS)


@pytest.fixture(scope="session")
def reader() -> Iterator[ReturnReader]:
    """What reads the made returns, in its warm child."""
    with WorkbookReader() as opened:
        yield ReturnReader(opened, FORM)


@pytest.fixture(scope="session")
def record() -> ExpectationsRecord:
    """The record of Great Expectations, its suites built once."""
    return ExpectationsRecord(SUITES)


@pytest.fixture
def house(tmp_path: Path, ledger: PostgresLedger, reader: ReturnReader, record: ExpectationsRecord) -> House:
    """An inbox with everything behind it."""
    return open_house(tmp_path, ledger, reader, record, CHECKER)


@pytest.fixture
def office(ledger: PostgresLedger) -> Office:
    """The office MH, sending into the ledger."""
    return Office(ledger)


@pytest.fixture
def run(app: App, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on the module's `app`, on a page wide enough not to break lines."""
    monkeypatch.setenv("DUBAN_HOME", str(app.settings.home))
    monkeypatch.setenv("DUBAN_DATABASE_URL", str(app.settings.database_url))
    monkeypatch.delenv("DUBAN_OUTBOX", raising=False)
    monkeypatch.setenv("COLUMNS", "400")
    return lambda *words: CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=False)
