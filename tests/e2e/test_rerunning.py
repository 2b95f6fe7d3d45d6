"""The real scheduler runs past weeks again, in every way that Airflow offers."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from fakes.installation import Installation, wait_for

DAG = "weekly_report"
RUNS = f"/api/v2/dags/{DAG}/dagRuns"
FROM, TO = "2018-08-17T00:00:00+08:00", "2018-11-09T18:00:00+08:00"
WEEKS = 12
MINUTES = 60.0
REPORT = "工作简报"
REVIEWER, SIGNER = "李超", "徐祖新"

pytestmark = pytest.mark.long


def backfill(duban: Installation, token: str, reprocess: str) -> None:
    """Every cut-off of the range, ten runs at once."""
    wanted = {"dag_id": DAG, "from_date": FROM, "to_date": TO, "reprocess_behavior": reprocess, "max_active_runs": 10}
    started = duban.ask("/api/v2/backfills", wanted, token)["id"]
    done = wait_for(
        lambda: duban.ask(f"/api/v2/backfills/{started}", token=token),
        lambda backfill: backfill["completed_at"] is not None,
        20 * MINUTES,
    )
    assert done["completed_at"] is not None


def runs(duban: Installation, token: str) -> Sequence[dict[str, Any]]:
    return duban.ask(f"{RUNS}?limit=100", token=token)["dag_runs"]


def all_end_well(duban: Installation, token: str) -> int:
    """How many runs there are once none of them is under way."""
    ended = wait_for(
        lambda: [run["state"] for run in runs(duban, token)],
        lambda states: not {"queued", "running"} & set(states),
        20 * MINUTES,
    )
    assert set(ended) == {"success"}
    return len(ended)


def reports(duban: Installation) -> dict[str, dict[str, Any]]:
    """The papers of the DAG, by their instant."""
    listed = json.loads(duban.duban("papers", "--json").stdout)
    return {paper["as_of"]: paper for paper in listed if paper["kind"] == DAG and FROM < paper["as_of"] < TO}


def issued(duban: Installation) -> dict[str, Any]:
    """All that must not change: papers, deliveries, the bytes of every file that went out or was kept."""
    roots = [duban.home / name for name in ("papers", "outbox", "archive", "issued")]
    files = [file for root in roots for file in sorted(root.rglob("*")) if file.is_file()]
    deliveries = json.loads(duban.duban("deliveries", "--json").stdout)
    ids = {paper["id"] for paper in reports(duban).values()}
    return {
        "papers": reports(duban),
        "deliveries": [one for one in deliveries if one["paper"] in ids],
        "files": {str(file): sha256(file.read_bytes()).hexdigest() for file in files if REPORT in file.name},
    }


def sign(duban: Installation, paper: dict[str, Any], at: datetime) -> None:
    for act, name in (("review", REVIEWER), ("sign", SIGNER)):
        told = duban.duban(act, str(paper["id"]), "--as", name, "--as-of", at.isoformat())
        assert told.returncode == 0, told.stderr


def test_past_weeks_run_again_change_nothing(installation: Installation, token: str) -> None:
    """A backfill over twelve finished weeks, once more with all its runs cleared, one run cleared by hand, and ten

    triggers at once for one week, with and without a logical date: no new number, delivery or hash.
    """
    backfill(installation, token, "none")
    assert len(reports(installation)) == WEEKS
    drafted = sorted(reports(installation).items())
    for as_of, paper in drafted[:3]:
        sign(installation, paper, datetime.fromisoformat(as_of) + timedelta(hours=1))
    delivered = installation.trigger("deliver_papers", token, as_of=TO)
    assert installation.state_of("deliver_papers", delivered, token) == "success"
    before, count = issued(installation), all_end_well(installation, token)
    assert {one["state"] for one in before["deliveries"]} == {"sent"}

    backfill(installation, token, "completed")
    assert all_end_well(installation, token) == count
    week = datetime.fromisoformat(drafted[0][0])
    for number in range(5):
        installation.trigger(DAG, token, (week + timedelta(minutes=number + 1)).isoformat())
        installation.trigger(DAG, token, as_of=week.isoformat())
    finished = next(run for run in runs(installation, token) if run["logical_date"] is not None)
    clear = {"dry_run": False}
    installation.ask(f"{RUNS}/{finished['dag_run_id'].replace('+', '%2B')}/clear", clear, token)
    assert all_end_well(installation, token) == count + 10
    delivered = installation.trigger("deliver_papers", token, as_of=TO)
    assert installation.state_of("deliver_papers", delivered, token) == "success"

    assert issued(installation) == before
    verified = installation.duban("verify")
    assert verified.returncode == 0, verified.stdout
