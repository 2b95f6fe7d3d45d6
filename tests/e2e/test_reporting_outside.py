"""The real scheduler and its steps report to OpenLineage and to StatsD when they are told where."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest

from fakes.installation import Installation, running, wait_for

pytestmark = pytest.mark.long
STEPS = ("discover", "judge", "hand_back")


@dataclass
class Listener:
    """What StatsD would be: it hears all the time, for a datagram that finds no room is gone."""

    port: int
    names: set[str] = field(default_factory=set)

    def hear(self, listening: socket.socket) -> None:
        """Until an empty datagram comes."""
        while received := listening.recv(1 << 16):
            self.names |= {line.partition(":")[0] for line in received.decode().splitlines()}


@pytest.fixture
def metrics() -> Iterator[Listener]:
    """Somebody who listens where the metrics are sent to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listener = Listener(listening.getsockname()[1])
        thread = Thread(target=listener.hear, args=(listening,))
        thread.start()
        yield listener
        listening.sendto(b"", listening.getsockname())  # an empty datagram ends it
        thread.join()


@pytest.fixture
def reporting(metrics: Listener) -> Iterator[Installation]:
    """An installation with both switched on, by settings alone."""
    with TemporaryDirectory(prefix="duban-") as folder:
        home = Path(folder)
        transport = {"type": "file", "log_file_path": str(home / "lineage.jsonl"), "append": True}
        settings = {
            "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(transport),
            "AIRFLOW__METRICS__STATSD_ON": "True",
            "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
            "AIRFLOW__METRICS__STATSD_PORT": str(metrics.port),
        }
        with running(home, **settings) as installed:
            yield installed


def events(home: Path) -> list[dict[str, Any]]:
    file = home / "lineage.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def completed(home: Path) -> set[str]:
    return {event["job"]["name"] for event in events(home) if event["eventType"] == "COMPLETE"}


def test_a_run_is_told_with_its_steps_and_counted(reporting: Installation, metrics: Listener) -> None:
    """Every step begins and completes, under the name of duban, without its code; metrics count the same steps."""
    run = reporting.trigger("collect_returns", reporting.log_in(), as_of="2018-08-17T16:00:00+08:00")
    assert reporting.state_of("collect_returns", run, reporting.log_in()) == "success"
    wanted = {f"collect_returns.collect.{step}" for step in STEPS}

    wait_for(lambda: completed(reporting.home), lambda found: found >= {"collect_returns", *wanted})

    assert completed(reporting.home) >= {"collect_returns", *wanted}
    found = events(reporting.home)
    assert {event["job"]["namespace"] for event in found} == {"duban"}
    assert not [event for event in found if "sourceCode" in event["job"].get("facets", {})]
    counted = {f"airflow.ti.finish.collect_returns.collect__{step}.success" for step in STEPS}
    assert counted | {"airflow.scheduler_heartbeat"} <= metrics.names
