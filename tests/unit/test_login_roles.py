"""What the roles of the board's file may do in Airflow's own pages."""

from pathlib import Path

import pytest

from duban.core.access import Access, Grant, ViewerRole
from duban.core.login_roles import OF_VIEWER, login_roles, pairs, withdrawn

FILE = Path(__file__).parents[2] / "plans" / "access.yaml"


def test_an_office_does_nothing_in_airflow_but_log_in() -> None:
    """It reads the board; runs, logs and DAGs are not its affair."""
    resources = set(OF_VIEWER[ViewerRole.OFFICE])

    assert resources == {"Website", "My Profile", "My Password"}


@pytest.mark.parametrize("role", [ViewerRole.BUREAU, ViewerRole.SUPERVISION])
def test_who_signs_may_answer_and_change_nothing_else(role: ViewerRole) -> None:
    """Of Airflow's own he edits the question that he was asked, and his own account."""
    changing = {"can_edit", "can_create", "can_delete"}
    edited = {resource for resource, actions in OF_VIEWER[role].items() if changing & set(actions.split(","))}

    assert edited == {"HITL Detail", "My Profile", "My Password"}


def test_nobody_but_the_administrator_touches_users_or_connections() -> None:
    """Nor variables, nor the log-in's roles."""
    forbidden = {"Users", "Roles", "Connections", "Variables", "Configurations"}

    assert all(not forbidden & set(permissions) for permissions in OF_VIEWER.values())


def test_roles_that_the_log_in_has_by_itself_are_left_alone() -> None:
    """Admin of FabAuthManager, admin of SimpleAuthManager: theirs to define."""
    access = Access(roles={"Admin": Grant(ViewerRole.DATA_TEAM), "duban-x": Grant(ViewerRole.OFFICE, "MH")})

    assert list(login_roles(access)) == ["duban-x"]


def test_what_another_reader_may_do_is_taken_away_and_nothing_else() -> None:
    """Who looked after the runs and reads for an office now keeps what an administrator gave him."""
    beyond = ("can_read", "Configurations")
    held, wanted = [*pairs(OF_VIEWER[ViewerRole.DATA_TEAM]), beyond], pairs(OF_VIEWER[ViewerRole.OFFICE])

    taken = withdrawn(held, wanted)

    assert ("can_create", "DAG Runs") in taken
    assert set(held) - set(taken) == {*wanted, beyond}
