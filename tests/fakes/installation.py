"""A duban that runs as a bureau runs it: `duban up` on a home and a port of its own, asked over HTTP."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

DUBAN = str(Path(sys.executable).parent / "duban")
ADMIN = "admin"
WAIT_SECONDS = 240
PERSONS = {"李超": "lichao", "徐祖新": "xuzuxin"}
"""Reviewer and signer of the 催办 → their users in Airflow."""


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

    def ask(
        self, path: str, body: dict[str, Any] | None = None, token: str | None = None, method: str | None = None
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            return json.loads(answer.read())

    def trigger(self, dag_id: str, token: str, logical_date: str | None = None, **conf: object) -> str:
        """Start a run by hand; its id, as it stands in an address."""
        started = self.ask(f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": logical_date, "conf": conf}, token)
        return quote(started["dag_run_id"])

    def state_of(self, dag_id: str, run_id: str, token: str) -> str:
        """The state in which a run is once it has ended, or after WAIT_SECONDS."""
        address = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}"
        run = wait_for(lambda: self.ask(address, token=token), lambda run: run["state"] in {"success", "failed"})
        return run["state"]

    def records(self) -> dict[str, str]:
        """What says which processes belong to the installation."""
        return {file.name: file.read_text("utf-8") for file in (self.home / "airflow" / "run").glob("*.json")}

    def family(self) -> list[psutil.Process]:
        """Every process of Airflow's, with its children."""
        heads = [psutil.Process(json.loads(record)["pid"]) for record in self.records().values()]
        return [*heads, *(child for head in heads for child in head.children(recursive=True))]

    def log_in(self, user: str = ADMIN) -> str:
        password = json.loads((self.home / "airflow" / "passwords.json").read_text("utf-8"))[user]
        return self.ask("/auth/token", {"username": user, "password": password})["access_token"]


@contextmanager
def running(home: Path, **ours: str) -> Iterator[Installation]:
    """`duban up` on a home and a port of its own, with `ours` in its environment; `duban down` afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
    port = free_port()
    environment = {**kept, **ours, "DUBAN_HOME": str(home), "AIRFLOW__API__PORT": str(port)}
    installation = Installation(home, environment, f"http://127.0.0.1:{port}")
    try:
        started = installation.duban("up")
        assert started.returncode == 0, started.stdout + started.stderr
        assert f"http://localhost:{port}" in started.stdout
        yield installation
    finally:
        stopped = installation.duban("down")
    assert stopped.returncode == 0, stopped.stderr


def wait_for(question: Any, wanted: Any, seconds: float = WAIT_SECONDS) -> Any:
    """Ask until the answer is wanted; the scheduler works in its own time."""
    deadline = time.monotonic() + seconds
    while not wanted(answer := question()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
