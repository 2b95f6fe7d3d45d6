"""One Airflow of our own for this kind of test: real tables on a real PostgreSQL, in a folder that is thrown away.

Airflow is set up before it is imported, so the tests of this kind import it inside their functions.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from fakes.mail_servers import Office, serving

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import DAG

    from duban.wiring import App

ROOT = Path(__file__).resolve().parents[2]

# Warnings are errors, but for these, which Airflow gives about itself.
OF_AIRFLOW = [
    "ignore:GitWildMatchPattern:DeprecationWarning",  # its reader of .airflowignore uses pathspec's old name
    "ignore:Using `httpx` with `starlette.testclient`",  # its in-process API server, until it moves to httpx2
]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Airflow's own warnings pass in this kind of test, and keep the kind in one process."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("dags"))
            for warning in OF_AIRFLOW:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """The home of a duban with Airflow set up in this process; its inbox is empty.

    Not below pytest's own folder: the next pytest on the machine closes that to the database's user.
    """
    with TemporaryDirectory(prefix="duban-") as folder:
        yield from _home(Path(folder))


def _home(folder: Path) -> Iterator[Path]:
    from duban.adapters.settings import Settings
    from duban.orchestration.replay import prepare
    from duban.wiring import server

    (folder / "inbox").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith(("DUBAN_", "AIRFLOW"))]:
            environment.delenv(name)
        environment.setenv("DUBAN_HOME", str(folder))
        prepare()
        from duban.orchestration.tasks import close_apps

        yield folder
        close_apps()
        server(Settings()).stop()


@pytest.fixture(scope="session")
def dagbag(home: Path) -> "DagBag":
    """The DAGs as the DAG processor loads them."""
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(dag_folder=ROOT / "dags", bundle_path=ROOT / "dags", bundle_name="dags-folder")


@pytest.fixture(scope="session")
def impatient(home: Path) -> dict[str, "DAG"]:
    """The same DAGs without retries: a test that fails shall not wait for minutes before it says so."""
    from duban.orchestration.replay import load_dags

    return load_dags(ROOT / "dags")


@pytest.fixture
def product(home: Path) -> "App":
    """The product that the tasks of this process use."""
    from duban.orchestration import tasks

    return tasks.app()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A mail server that the connection smtp_duban names."""
    received = Office()
    with serving(received) as settings:
        uri = f"smtp://127.0.0.1:{settings.port}/?disable_ssl=true&disable_tls=true&from_email=duban%40example.com"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DUBAN", uri)
        yield received
