"""Every task of a week killed once under the real scheduler: Airflow starts it again (faults.md §5, test 1)."""

import json
import os
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from duban.adapters.season import write_season
from duban.wiring import open_offline
from e2e.test_services import DAGS
from fakes.installation import Installation, free_port, wait_for

KILLER = Path(__file__).parents[1] / "fakes" / "crash" / "at_start"
CUTOFF, LATER = "2018-08-03T17:00:00+08:00", "2018-08-06T09:00:00+08:00"
KILLED = {"collect.discover", "collect.judge", "collect.hand_back", "draft", "deliver"}
ENDED = {"success", "failed"}
PATIENCE = 3  # times two minutes: a task that was killed waits so long before it is tried again
pytestmark = pytest.mark.long


@pytest.fixture
def installation() -> Iterator[Installation]:
    """A running duban with nothing in its inbox and nothing left to run, its DAGs paused but the two that are tried."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
    port = free_port()
    with TemporaryDirectory(prefix="duban-") as folder, TemporaryDirectory() as marks:
        of_trial = {"PYTHONPATH": str(KILLER), "CRASH_MARKS": f"{marks}/killed"}
        environment = {**kept, **of_trial, "DUBAN_HOME": folder, "AIRFLOW__API__PORT": str(port)}
        running = Installation(Path(folder), environment, f"http://127.0.0.1:{port}")
        try:
            started = running.duban("up")
            assert started.returncode == 0, started.stdout + started.stderr
            yield running
        finally:
            running.duban("down")


def test_a_week_whose_every_task_is_killed_once_ends_as_if_none_had_been(installation: Installation) -> None:
    """The returns accepted or returned once, each answered; one report, one number, one delivery to each recipient."""
    token = installation.log_in()
    keep_quiet(installation, token)
    with open_offline() as offline:
        write_season(offline.plan, offline.weeks, installation.home / "inbox", seed=7, until=date(2018, 8, 3), mess=0.2)
    marks = Path(installation.environment["CRASH_MARKS"])
    marks.mkdir()

    assert run(installation, token, "weekly_report", CUTOFF) == "success"
    (report,) = papers(installation, "weekly_report")
    for command, name in (("review", "李超"), ("sign", "徐祖新")):
        done = installation.duban(command, str(report["id"]), "--as", name, "--as-of", CUTOFF)
        assert done.returncode == 0, done.stderr
    assert run(installation, token, "deliver_papers", LATER) == "success"

    assert {mark.name for mark in marks.iterdir()} == KILLED
    verified = installation.duban("verify")
    assert verified.returncode == 0, verified.stdout
    assert [paper["number"] for paper in papers(installation, "weekly_report")] == ["第1期"]
    assert {paper["state"] for paper in papers(installation)} == {"delivered"}
    returns = json.loads(installation.duban("returns", "--json").stdout)
    assert len(returns) == len({one["file"] for one in returns}) > 0


def keep_quiet(installation: Installation, token: str) -> None:
    """Wait until what `up` lets Airflow run at once has run, and pause what is not tried here."""
    wait_for(lambda: installation.ask("/api/v2/dags", token=token)["total_entries"], lambda total: total == len(DAGS))
    for dag in sorted(set(DAGS) - {"weekly_report", "deliver_papers"}):
        patch(installation, f"/api/v2/dags/{dag}", {"is_paused": True}, token)
    unfinished = "/api/v2/dags/~/dagRuns?state=running&state=queued"
    wait_for(lambda: installation.ask(unfinished, token=token)["total_entries"], lambda total: total == 0)


def patch(installation: Installation, path: str, body: dict[str, Any], token: str) -> None:
    request = urllib.request.Request(  # noqa: S310 - our own server
        installation.url + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        method="PATCH",
    )
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - as above


def run(installation: Installation, token: str, dag: str, as_of: str) -> str:
    """The state in which a run ends that is told its instant."""
    runs = f"/api/v2/dags/{dag}/dagRuns"
    started = installation.ask(runs, {"logical_date": None, "conf": {"as_of": as_of}}, token)
    name = started["dag_run_id"].replace("+", "%2B")
    for _ in range(PATIENCE * len(KILLED)):
        state = wait_for(lambda: installation.ask(f"{runs}/{name}", token=token)["state"], ENDED.__contains__)
        if state in ENDED:
            break
    return str(state)


def papers(installation: Installation, kind: str | None = None) -> list[dict[str, Any]]:
    found = json.loads(installation.duban("papers", "--json").stdout)
    return [paper for paper in found if kind in (None, paper["kind"])]
