"""The board behind the log-in that docker-compose.yml uses, Airflow's FabAuthManager (issue 6, point 2)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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


def answered() -> dict[str, dict[str, int]]:
    """What the pages answered: user → address → status; no user: without a log-in."""
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
    found: dict[str, dict[str, int]] = json.loads(asked.stdout.splitlines()[-1])
    return found


@pytest.mark.long  # half a minute of Airflow's migrations
def test_who_reads_what_stands_in_the_boards_own_file() -> None:
    """By user, by group, by Airflow's role; nobody without a log-in, nobody who is not listed, no office another's."""
    found = answered()

    assert found["sj"] == found["duty"] == found["guan"] == READS_ALL
    assert found["minghu"] == READS_ALL | {"/duban/": 303, "/duban/offices/JH": 404}
    assert found["nobody"] == dict.fromkeys(READS_ALL, 403)
    assert found[""] == dict.fromkeys(READS_ALL, 401)
