"""One running duban for this kind of test; what it leaves running is a failure."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from fakes.installation import PERSONS, Installation, running


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that share a running duban share a process; each other module has its own."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            shared = "installation" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("e2e" if shared else item.path.stem))


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """`duban up` on a home and a port of its own; `duban down` after the last test must leave nothing running."""
    users = ",".join(f"{person}={user}" for person, user in PERSONS.items())
    with TemporaryDirectory(prefix="duban-") as folder:
        home = Path(folder)
        with running(home, DUBAN_AIRFLOW_USERS=users) as installed:
            yield installed
            family = installed.family()
        assert [process for process in family if is_alive(process)] == []
        assert not (home / "postgres" / "postmaster.pid").exists()


@pytest.fixture(scope="session")
def token(installation: Installation) -> str:
    return installation.log_in()
