"""One running duban for this kind of test; what it leaves running is a failure."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from fakes.installation import Installation, free_port

PERSONS = {"李超": "lichao", "徐祖新": "xuzuxin"}
"""Reviewer and signer of the 催办 → their users in Airflow."""


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """`duban up` on a home and a port of its own; `duban down` after the last test must leave nothing running."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
    port = free_port()
    with TemporaryDirectory(prefix="duban-") as folder:
        home = Path(folder)
        users = ",".join(f"{person}={user}" for person, user in PERSONS.items())
        ours = {"DUBAN_HOME": folder, "AIRFLOW__API__PORT": str(port), "DUBAN_AIRFLOW_USERS": users}
        environment = {**kept, **ours}
        running = Installation(home, environment, f"http://127.0.0.1:{port}")
        try:
            started = running.duban("up")
            assert started.returncode == 0, started.stdout + started.stderr
            assert f"http://localhost:{port}" in started.stdout
            yield running
            family = running.family()
        finally:
            stopped = running.duban("down")
        assert stopped.returncode == 0, stopped.stderr
        assert [process for process in family if is_alive(process)] == []
        assert not (home / "postgres" / "postmaster.pid").exists()


@pytest.fixture(scope="session")
def token(installation: Installation) -> str:
    return installation.log_in()
