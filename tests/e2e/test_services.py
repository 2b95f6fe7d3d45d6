"""Airflow as a bureau runs it: up, a run by the real scheduler, down."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest

DUBAN = str(Path(sys.executable).parent / "duban")
RUN_SECONDS = 120
DAGS = {
    "collect_returns": "收取报表",
    "deliver_papers": "公文送达",
    "hand_out_blanks": "下发周报表",
    "monthly_circular": "每月通报",
    "sign_and_issue": "核稿签发",
    "watch_deadlines": "期限督办",
    "weekly_report": "工作简报",
    "year_end": "季度报告、年度考核",
}
UNSCHEDULED = {"sign_and_issue"}  # one run a paper, opened by what drafts it


@dataclass(frozen=True)
class Installation:
    """A running duban: its home, its environment, its pages."""

    home: Path
    environment: dict[str, str]
    url: str

    def duban(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [DUBAN, *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def ask(self, path: str, body: dict[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, headers=headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            return json.loads(answer.read())

    def records(self) -> dict[str, str]:
        """What says which processes belong to the installation."""
        return {file.name: file.read_text("utf-8") for file in (self.home / "airflow" / "run").glob("*.json")}

    def family(self) -> list[psutil.Process]:
        """Every process of Airflow's, with its children."""
        heads = [psutil.Process(json.loads(record)["pid"]) for record in self.records().values()]
        return [*heads, *(child for head in heads for child in head.children(recursive=True))]

    def log_in(self) -> str:
        password = json.loads((self.home / "airflow" / "passwords.json").read_text("utf-8"))["admin"]
        return self.ask("/auth/token", {"username": "admin", "password": password})["access_token"]


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """`duban up` on a home and a port of its own; `duban down` after the last test must leave nothing running."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
    port = free_port()
    with TemporaryDirectory(prefix="duban-") as folder:
        home = Path(folder)
        environment = {**kept, "DUBAN_HOME": folder, "AIRFLOW__API__PORT": str(port)}
        running = Installation(home, environment, f"http://127.0.0.1:{port}")
        try:
            started = running.duban("up")
            assert started.returncode == 0, started.stdout + started.stderr
            assert f"http://localhost:{port}" in started.stdout
            yield running
            family = running.family()
        finally:
            stopped = running.duban("down")
        assert stopped.returncode == 0, stopped.stderr
        assert [process for process in family if is_alive(process)] == []
        assert not (home / "postgres" / "postmaster.pid").exists()


@pytest.fixture(scope="module")
def token(installation: Installation) -> str:
    return installation.log_in()


def wait_for(question: Any, wanted: Any) -> Any:
    """Ask until the answer is wanted; the scheduler works in its own time."""
    deadline = time.monotonic() + RUN_SECONDS
    while not wanted(answer := question()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


def test_every_dag_is_switched_on_under_its_chinese_name(installation: Installation, token: str) -> None:
    """As the pages list them, each with its next run on the plan's calendar."""
    listed = wait_for(
        lambda: installation.ask("/api/v2/dags", token=token)["dags"], lambda dags: len(dags) == len(DAGS)
    )

    assert {dag["dag_id"]: dag["dag_display_name"] for dag in listed} == DAGS
    assert not any(dag["is_paused"] for dag in listed)
    assert all(dag["next_dagrun_run_after"] for dag in listed if dag["dag_id"] not in UNSCHEDULED)


def test_airflow_reports_no_error_of_ours(installation: Installation, token: str) -> None:
    """Neither in the DAG files nor in the plugin."""
    assert installation.ask("/api/v2/importErrors", token=token)["import_errors"] == []
    assert installation.ask("/api/v2/plugins/importErrors", token=token)["import_errors"] == []


def test_a_run_by_the_real_scheduler_succeeds(installation: Installation, token: str) -> None:
    """Scheduler, executor, execution API and worker together; the inbox holds one file nobody can read."""
    file = min((installation.home / "inbox").iterdir()) / "周报.xlsx"
    file.write_bytes(b"not a workbook")
    os.utime(file, (1532394000,) * 2)  # 2018-07-24 09:00 in Asia/Shanghai
    runs = "/api/v2/dags/collect_returns/dagRuns"
    body = {"logical_date": None, "conf": {"as_of": "2018-07-24T09:30:00+08:00"}}
    started = installation.ask(runs, body, token)
    done = wait_for(
        lambda: installation.ask(f"{runs}/{started['dag_run_id'].replace('+', '%2B')}", token=token),
        lambda run: run["state"] in {"success", "failed"},
    )

    assert done["state"] == "success"
    returns = json.loads(installation.duban("returns", "--json").stdout)
    assert [(entry["status"], [f["code"] for f in entry["findings"]]) for entry in returns] == [("returned", ["F01"])]


def test_up_again_finds_everything_running(installation: Installation) -> None:
    """It starts nothing twice."""
    before = installation.records()
    again = installation.duban("up")

    assert again.returncode == 0
    assert installation.records() == before
    assert len(before) == 4


def test_a_taken_port_is_told_in_a_sentence(installation: Installation) -> None:
    """A second installation on the same port is refused before anything starts."""
    with TemporaryDirectory(prefix="duban-") as folder:
        other = Installation(Path(folder), {**installation.environment, "DUBAN_HOME": folder}, installation.url)
        refused = other.duban("up")
        other.duban("down")

    assert refused.returncode == 2
    assert "端口" in refused.stderr
    assert "Traceback" not in refused.stderr
