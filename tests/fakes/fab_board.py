"""The board behind Airflow's FabAuthManager, asked as three users: `python -m fakes.fab_board`, in a home of its own.

Prints what each page answered, as JSON: user → address → status. A process of its own, because Airflow reads which
log-in it has when it is imported.
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
    sys.stdout.write(json.dumps(answers()) + "\n")
