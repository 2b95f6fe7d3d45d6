"""The environment of the self-contained Airflow."""

import json
import os
import sys
from pathlib import Path

import pytest

from duban.core.errors import InternalError, UserError
from duban.orchestration import airflow_home

URL = "postgresql+psycopg://postgres@/airflow?host=%2Ftmp%2Fpg&port=5432"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in airflow_home.OVERRIDABLE:
        monkeypatch.delenv(name, raising=False)
    return airflow_home.environment(tmp_path, Path("/opt/duban"), URL)


def test_everything_of_airflow_lies_below_the_home(environment: dict[str, str], tmp_path: Path) -> None:
    """Its home, its logs and its passwords; nothing in the user's own folder."""
    for name in (
        "AIRFLOW_HOME",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
    ):
        assert Path(environment[name]).is_relative_to(tmp_path)


def test_secrets_are_made_once_and_readable_by_the_owner_alone(environment: dict[str, str], tmp_path: Path) -> None:
    """A second start finds the same keys; a changed key would log everybody out and lose stored connections."""
    airflow_home._keys.cache_clear()
    again = airflow_home.environment(tmp_path, Path("/opt/duban"), URL)

    assert again == environment
    for file in ("secrets.json", "passwords.json"):
        assert (tmp_path / "airflow" / file).stat().st_mode & 0o777 == 0o600
    assert len(json.loads(airflow_home.password_file(tmp_path).read_text("utf-8"))[airflow_home.ADMIN]) >= 12


def test_two_homes_have_different_secrets(environment: dict[str, str], tmp_path: Path) -> None:
    """Keys are random, never built in."""
    other = airflow_home.environment(tmp_path / "other", Path("/opt/duban"), URL)

    for name in ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY"):
        assert environment[name] != other[name]


def test_airflow_gets_the_drivers_it_needs(environment: dict[str, str]) -> None:
    """One for its synchronous side, one for its asynchronous one, both on the same database."""
    assert environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == URL.replace("psycopg", "psycopg2")
    assert environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC"] == URL.replace("psycopg", "psycopg_async")


def test_a_database_that_is_not_postgresql_is_refused_in_a_sentence() -> None:
    """The message names what was found and what to use."""
    with pytest.raises(UserError, match=r"sqlite.*postgresql"):
        airflow_home.sqlalchemy_url("sqlite:///x.db", "psycopg2")


def test_a_port_of_the_users_own_moves_every_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages, execution API and log servers go along."""
    monkeypatch.setenv("AIRFLOW__API__PORT", "9090")
    chosen = airflow_home.environment(tmp_path, Path("/opt/duban"), URL)

    assert "8080" not in json.dumps(chosen)
    assert chosen["AIRFLOW__API__BASE_URL"] == "http://localhost:9090"


def test_a_second_installation_in_one_process_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow reads its settings when it is imported; later ones would be ignored without a word."""
    monkeypatch.setitem(sys.modules, "airflow", object())
    monkeypatch.setattr(os, "environ", {**os.environ, "AIRFLOW_HOME": str(tmp_path / "elsewhere")})

    with pytest.raises(InternalError, match="before"):
        airflow_home.prepare(tmp_path, Path("/opt/duban"), URL)
