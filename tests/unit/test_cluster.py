"""How docker-compose.yml becomes processes of this machine: nothing of the compose network may be left in it."""

import re
from pathlib import Path

import pytest

from cluster.compose import Place, dot_env, services
from cluster.stack import SCALED, SERVICES

OURS = [name for name, service in services().items() if "build" in service]
OF_THE_NETWORK = re.compile(r"@postgres|redis:6379|airflow-apiserver|/opt/|/var/lib/duban|\$\{(?!HOSTNAME)")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, 5001, 6001, 8001, dot_env())


@pytest.mark.parametrize("name", OURS)
def test_every_address_and_folder_is_this_machines(name: str, place: Place) -> None:
    """In what the environment says, in the command and in the healthcheck."""
    values = [*place.environment(name).values(), *place.command(name)]
    values += place.healthcheck(name) if "healthcheck" in services()[name] else []

    assert [value for value in values if OF_THE_NETWORK.search(value)] == []


def test_an_operator_has_a_value_for_every_variable_without_default() -> None:
    """As .env.example asks for; no two passwords are alike."""
    made = dot_env()
    secrets = [value for name, value in made.items() if re.search("PASSWORD|KEY|SECRET", name)]

    assert all(secrets)
    assert len(set(secrets)) == len(secrets)


def test_the_trial_starts_every_service_that_stays() -> None:
    """But flower, the tools, and what clears old logs away."""
    left_out = {"postgres", "redis", "retention", "flower"}
    stay = {name for name, service in services().items() if service.get("restart") == "unless-stopped"}

    assert stay - left_out == set(SERVICES)
    assert SCALED in SERVICES
    assert SERVICES["airflow-scheduler"] == SERVICES["airflow-worker"] == 2
