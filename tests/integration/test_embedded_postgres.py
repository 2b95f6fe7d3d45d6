"""The database server out of the wheel: there when it is asked for, shared, and back after a power cut."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.store import create_engine, migrate

ROOT = Path(__file__).parents[2]
LONGEST_SOCKET = 107


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    # Not in pytest's own folder: see conftest.py.
    with TemporaryDirectory(prefix="duban-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    opened = EmbeddedPostgres(home)
    yield opened
    opened.stop()


def ask(url: str, question: str, before: str = "select 1") -> object:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(before))
            return connection.execute(text(question)).scalar()
    finally:
        engine.dispose()


def test_a_database_is_there_when_its_address_is_asked_for(server: EmbeddedPostgres) -> None:
    """Server and database are made on the way; asking again gives the same."""
    url = server.url("duban")

    assert ask(url, "select current_database()") == "duban"
    assert server.url("duban") == url
    assert make_url(server.url("airflow", "psycopg2")).drivername == "postgresql+psycopg2"
    assert int(str(ask(url, "show max_connections"))) >= 100


def test_another_process_finds_the_same_server_and_it_outlives_the_process(
    server: EmbeddedPostgres, home: Path
) -> None:
    """A command that ends does not take the server with it; the next one finds what it left."""
    script = (
        "import sys; from pathlib import Path; from duban.adapters.embedded_postgres import EmbeddedPostgres\n"
        "from duban.adapters.store import create_engine\n"
        "from sqlalchemy import text\n"
        "engine = create_engine(EmbeddedPostgres(Path(sys.argv[1])).url('duban'))\n"
        "with engine.begin() as connection: connection.execute(text('create table left_behind ()'))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    subprocess.run([sys.executable, "-c", script, str(home)], env=environment, check=True, timeout=60)

    assert ask(server.url("duban"), "select count(*) from left_behind") == 0


def test_how_the_server_is_run_is_told_to_nobody() -> None:
    """Whoever types `duban down` gets an answer, not the log of the wheel; Airflow's logging lets INFO through."""
    script = (
        "import logging, sys; from pathlib import Path\n"
        "from duban.adapters.embedded_postgres import EmbeddedPostgres\n"
        "logging.basicConfig(level=logging.INFO)\n"
        "server = EmbeddedPostgres(Path(sys.argv[1])); server.url('duban'); server.stop()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    with TemporaryDirectory(prefix="duban-") as folder:
        command = [sys.executable, "-c", script, folder]
        told = subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True, text=True)

    assert told.stdout + told.stderr == ""


def test_what_was_committed_is_there_after_the_server_died(server: EmbeddedPostgres, home: Path) -> None:
    """Killed outright, with its pid file left behind, the server comes back with its data."""
    ask(server.url("duban"), "select 1", before="create table kept as select 7 as number")
    os.kill(int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    assert ask(server.url("duban"), "select number from kept") == 7


def test_a_pid_that_now_belongs_to_somebody_else_does_not_deceive(server: EmbeddedPostgres, home: Path) -> None:
    """After a power cut the old number may be any process of the new day."""
    server.url("duban")
    server.stop()
    (home / "postgres" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{home}/postgres\n1\n5432\n{home}/postgres\n\n0 0\nready\n"
    )

    assert ask(server.url("duban"), "select 1") == 1


def test_stopping_twice_is_stopping(server: EmbeddedPostgres, home: Path) -> None:
    """As is stopping what never ran."""
    EmbeddedPostgres(home / "never").stop()
    server.url("duban")
    server.stop()
    server.stop()

    assert not (home / "postgres" / "postmaster.pid").exists()


def test_a_deep_home_has_its_socket_elsewhere(home: Path) -> None:
    """A socket's path may have 107 bytes; a bureau's folders go deeper than that."""
    deep = home / "管委会办公室共享文件" / "住宅小区管理提升工作领导小组" / "二〇一八年督办系统 (1)"
    server = EmbeddedPostgres(deep, durable=False)
    try:
        url = server.url("duban")
        socket = Path(str(make_url(url).query["host"])) / ".s.PGSQL.5432"
        assert len(os.fsencode(socket)) <= LONGEST_SOCKET < len(os.fsencode(deep / "postgres" / ".s.PGSQL.5432"))
        assert ask(url, "select 1") == 1
    finally:
        server.stop()


def test_even_a_tests_server_loses_no_commit_when_it_dies(home: Path) -> None:
    """Tests let the server die under the product, which must then find all that it had been told was kept."""
    server = EmbeddedPostgres(home / "dying", durable=False)
    try:
        made = ask(server.url("duban"), "select 1", before="create table kept as select 7 as seven")
        server.stop()  # at once, whatever its processes are doing
        assert (made, ask(server.url("duban"), "select seven from kept")) == (1, 7)
    finally:
        server.stop()


def test_nobody_else_may_open_the_socket(server: EmbeddedPostgres) -> None:
    """There is no password, so the socket's own permissions must keep others out."""
    query = make_url(server.url("duban")).query
    socket = Path(str(query["host"])) / f".s.PGSQL.{query['port']}"

    assert socket.stat().st_mode & 0o077 == 0


def test_a_name_is_a_name_and_not_sql(server: EmbeddedPostgres) -> None:
    """A database may be called anything."""
    assert ask(server.url('a"; drop table x; --'), "select current_database()") == 'a"; drop table x; --'


def test_migrating_again_changes_nothing(server: EmbeddedPostgres) -> None:
    """The schema is brought up once, by whoever comes first."""
    engine = create_engine(server.url("migrated"))
    for _ in range(2):
        migrate(engine, ROOT / "sql" / "migrations")
    engine.dispose()

    assert ask(server.url("migrated"), "select count(*) from duban.alembic_version") == 1


def test_alembic_migrates_from_outside_too(server: EmbeddedPostgres) -> None:
    """An administrator may run the migrations himself: to the same schema."""
    url = server.url("outside")
    environment = {**os.environ, "DUBAN_DATABASE_URL": url, "PYTHONPATH": str(ROOT / "plugins")}
    alembic = [sys.executable, "-m", "alembic", "-c", str(ROOT / "sql" / "alembic.ini")]
    subprocess.run([*alembic, "upgrade", "head"], env=environment, check=True, capture_output=True, timeout=60)
    engine = create_engine(url)
    migrate(engine, ROOT / "sql" / "migrations")
    engine.dispose()

    assert ask(url, "select count(*) from duban.received") == 0


def test_the_wheel_serves_the_current_postgresql(server: EmbeddedPostgres) -> None:
    """Version 18, whose features the schema may use."""
    with psycopg.connect(server.url("duban").replace("+psycopg", "")) as connection:
        assert connection.info.server_version // 10000 == 18


def test_a_copied_home_does_not_reach_the_server_of_the_original(server: EmbeddedPostgres, home: Path) -> None:
    """Its postmaster.pid still names that one: whoever works on the copy must not write there, nor stop it."""
    url = server.url("duban")
    with TemporaryDirectory(prefix="duban-") as folder:
        data = Path(folder) / "postgres"
        data.mkdir()
        (data / "postmaster.pid").write_bytes((home / "postgres" / "postmaster.pid").read_bytes())
        EmbeddedPostgres(Path(folder)).stop()

    assert ask(url, "select 1") == 1
