"""Every task of a week killed once under the real scheduler: Airflow starts it again (faults.md §5, test 1)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from duban.adapters.season import write_season
from duban.wiring import open_offline
from e2e.test_services import DAGS
from fakes.installation import Installation, running, wait_for

KILLER = Path(__file__).parents[1] / "fakes" / "crash" / "at_start"
CUTOFF, LATER = "2018-08-03T17:00:00+08:00", "2018-08-06T09:00:00+08:00"
KILLED = {"collect.discover", "collect.judge", "collect.hand_back", "draft", "deliver"}
ENDED = {"success", "failed"}
PATIENCE = 3  # times two minutes: a task that was killed waits so long before it is tried again
pytestmark = pytest.mark.long


@pytest.fixture
def installation() -> Iterator[Installation]:
    """A running duban with nothing in its inbox and nothing left to run, its DAGs paused but the two that are tried."""
    with (
        TemporaryDirectory(prefix="duban-") as folder,
        TemporaryDirectory() as marks,
        running(Path(folder), PYTHONPATH=str(KILLER), CRASH_MARKS=f"{marks}/killed") as installed,
    ):
        yield installed


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
        installation.ask(f"/api/v2/dags/{dag}", {"is_paused": True}, token, "PATCH")
    unfinished = "/api/v2/dags/~/dagRuns?state=running&state=queued"
    wait_for(lambda: installation.ask(unfinished, token=token)["total_entries"], lambda total: total == 0)


def run(installation: Installation, token: str, dag: str, as_of: str) -> str:
    """The state in which a run ends that is told its instant."""
    name = installation.trigger(dag, token, as_of=as_of)
    for _ in range(PATIENCE * len(KILLED)):
        if (state := installation.state_of(dag, name, token)) in ENDED:
            break
    return state


def papers(installation: Installation, kind: str | None = None) -> list[dict[str, Any]]:
    found = json.loads(installation.duban("papers", "--json").stdout)
    return [paper for paper in found if kind in (None, paper["kind"])]
