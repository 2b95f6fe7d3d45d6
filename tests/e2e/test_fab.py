"""The board behind the log-in that docker-compose.yml uses, Airflow's FabAuthManager (issue 6, point 2)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
READS_ALL = {
    "/duban/": 200,
    "/duban/offices/MH": 200,
    "/duban/offices/JH": 200,
    "/duban/returns": 200,
    "/duban/papers": 200,
    "/duban/rules": 200,
}


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    """`answers` of the pages (user → address → status; no user: no log-in), `rights` of a role that changed."""
    with TemporaryDirectory(prefix="duban-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
        environment = {**kept, "DUBAN_HOME": home, "PYTHONPATH": str(TESTS)}
        try:
            asked = subprocess.run(
                [sys.executable, "-m", "fakes.fab_board"], env=environment, capture_output=True, text=True, check=False
            )
        finally:
            subprocess.run([str(Path(sys.executable).parent / "duban"), "down"], env=environment, check=True)
    assert asked.returncode == 0, asked.stderr[-3000:]
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    return found


@pytest.mark.long  # half a minute of Airflow's migrations
def test_who_reads_what_stands_in_the_boards_own_file(board: dict[str, Any]) -> None:
    """By user, by group, by Airflow's role; nobody without a log-in, nobody who is not listed, no office another's."""
    found = board["answers"]

    assert found["sj"] == found["duty"] == found["guan"] == READS_ALL
    assert found["minghu"] == READS_ALL | {"/duban/": 303, "/duban/offices/JH": 404}
    assert found["nobody"] == dict.fromkeys(READS_ALL, 403)
    assert found[""] == dict.fromkeys(READS_ALL, 401)


@pytest.mark.long  # as above
def test_a_role_whose_reader_changed_may_do_what_the_new_one_may(board: dict[str, Any]) -> None:
    """Who looked after the runs and reads for an office now starts none; what an administrator gave beyond stays."""
    before, after = board["rights"]

    assert "can_create DAG Runs" in before
    assert set(before) > set(after) - {"can_read Configurations"}
    assert {right.partition(" ")[2] for right in after} == {"Website", "My Profile", "My Password", "Configurations"}
