"""What we name of Airflow's, asked of the installed one: a setting or permission that it does not know does nothing."""

from pathlib import Path

import pytest

from duban.adapters.accessfile import load_access
from duban.core.login_roles import login_roles
from duban.orchestration import airflow_home
from fakes.airflow_options import known_options

ROOT = Path(__file__).parents[2]
URL = "postgresql+psycopg://postgres@/airflow?host=%2Ftmp%2Fpg&port=5432"


def test_every_setting_is_a_real_option(tmp_path: Path) -> None:
    """Airflow passes over what it does not know, and nobody would hear of it."""
    environment = airflow_home.environment(tmp_path, ROOT, URL)
    named = {name for name in environment if name.startswith("AIRFLOW__")}
    assert len(named) > 15
    assert named - known_options() == set()


# Airflow's own, about its in-process client.
@pytest.mark.filterwarnings("ignore:Using `httpx` with `starlette.testclient`", "ignore::DeprecationWarning")
def test_every_permission_is_one_that_the_log_in_knows() -> None:
    """A misspelt one would be made, and open nothing."""
    from airflow.providers.fab.auth_manager.security_manager.override import FabAirflowSecurityManagerOverride as Fab

    known = {permission for role in Fab.ROLE_CONFIGS for permission in role["perms"]}
    roles = login_roles(load_access(ROOT / "plans" / "access.yaml"))
    asked = {permission for permissions in roles.values() for permission in permissions}

    assert asked - known == set()
