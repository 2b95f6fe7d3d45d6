"""The board behind Airflow's FabAuthManager, asked as three users: `python -m fakes.fab_board`, in a home of its own.

Prints as JSON what each page answered (user → address → status) and what a role may do whose reader changed. A process
of its own, because Airflow reads which log-in it has when it is imported.
"""

import json
import os
import sys
from pathlib import Path

ADDRESSES = ("/duban/", "/duban/offices/MH", "/duban/offices/JH", "/duban/returns", "/duban/papers", "/duban/rules")
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
PASSWORD = "a-password-for-trials"  # noqa: S105 - of users that live as long as this process
USERS = {"sj": "Viewer", "minghu": "Viewer", "duty": "Viewer", "nobody": "Viewer", "guan": "Admin"}
"""User → his role in Airflow; which reader he is stands in the board's own file."""

GROUP, MEMBER = "night", "duty"
ACCESS = """
roles:
  Admin: {role: data_team}
users:
  sj: {role: bureau}
  minghu: {role: office, office: MH}
groups:
  night: {role: supervision}
"""


MOVED = "duban-moved"
"""A role that looked after the runs, and later reads for an office; an administrator let it see the configuration."""
BEYOND = ("can_read", "Configurations")


def prepared(home: Path) -> None:
    """Point this process to the Airflow of `home`, with FAB's log-in."""
    from duban.orchestration import replay

    (home / "inbox").mkdir()
    (home / "access.yaml").write_text(ACCESS, "utf-8")
    os.environ["DUBAN_ACCESS"] = str(home / "access.yaml")
    os.environ["AIRFLOW__CORE__AUTH_MANAGER"] = FAB
    replay.prepare()


def make_users() -> None:
    """As an administrator makes them."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
    from airflow.providers.fab.auth_manager.models import Group

    with get_application_builder() as builder:
        for user, role in USERS.items():
            found = builder.sm.find_role(role)
            builder.sm.add_user(user, user, user, f"{user}@example.com", found, PASSWORD)
        builder.session.add(Group(name=GROUP, label=GROUP, users=[builder.sm.find_user(MEMBER)]))
        builder.session.commit()


def rights_before_and_after(home: Path) -> list[list[str]]:
    """What the moved role may do, before its line in the board's file was changed and after."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    from duban.orchestration.fab_roles import sync_roles

    found = []
    for reader in ("{role: data_team}", "{role: office, office: MH}"):
        changed = ACCESS.replace("roles:\n", f"roles:\n  {MOVED}: {reader}\n")
        (home / "access.yaml").write_text(changed, "utf-8")
        sync_roles()
        with get_application_builder() as builder:
            role = builder.sm.find_role(MOVED)
            found.append(sorted(f"{one.action.name} {one.resource.name}" for one in role.permissions))
            builder.sm.add_permission_to_role(role, builder.sm.create_permission(*BEYOND))
    (home / "access.yaml").write_text(ACCESS, "utf-8")
    return found


def answers() -> dict[str, dict[str, int]]:
    """What each user gets, and somebody without a log-in."""
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    with TestClient(create_app(), follow_redirects=False) as client:
        found = {"": {address: client.get(address).status_code for address in ADDRESSES}}
        for user in USERS:
            asked = client.post("/auth/token", json={"username": user, "password": PASSWORD})
            headers = {"Authorization": f"Bearer {asked.json()['access_token']}"}
            found[user] = {address: client.get(address, headers=headers).status_code for address in ADDRESSES}
    return found


if __name__ == "__main__":
    prepared(Path(os.environ["DUBAN_HOME"]))
    make_users()
    rights = rights_before_and_after(Path(os.environ["DUBAN_HOME"]))
    sys.stdout.write(json.dumps({"answers": answers(), "rights": rights}) + "\n")
