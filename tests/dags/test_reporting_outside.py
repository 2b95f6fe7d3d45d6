"""OpenLineage is off until a transport names where it reports to; a replay reports nothing."""

import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

PROGRAM = """
import json
from airflow.providers.openlineage import conf
from airflow.configuration import conf as airflow
print(json.dumps({
    "disabled": conf.is_disabled(),
    "namespace": conf.namespace(),
    "source": conf.is_source_enabled(),
    "metrics": airflow.getboolean("metrics", "statsd_on") or airflow.getboolean("metrics", "otel_on"),
}))
"""
COUNTING = """
from airflow._shared.observability.metrics import stats
from airflow.observability.metrics import stats_utils
stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=True)
stats.incr("duban_was_here")
"""
TO_A_FILE = {"AIRFLOW__OPENLINEAGE__TRANSPORT": '{"type": "file", "log_file_path": "/tmp/x", "append": true}'}
METRICS = {"AIRFLOW__METRICS__STATSD_ON": "True"}


def asked(home: Path, ours: dict[str, str], program: str = PROGRAM) -> str:
    """What a process of Airflow's says in the environment that `duban up` gives it."""
    from duban.orchestration.airflow_home import environment

    quiet = ("AIRFLOW__METRICS", "AIRFLOW__OPENLINEAGE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(quiet)}
    url = os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    settings = {**kept, **environment(home, Path(__file__).parents[2], url), **ours}
    told = subprocess.run([sys.executable, "-c", program], env=settings, capture_output=True, text=True, check=True)
    return told.stdout.strip().rpartition("\n")[-1]


@pytest.mark.parametrize(("ours", "disabled", "metrics"), [({}, True, False), (TO_A_FILE | METRICS, False, True)])
def test_it_is_off_by_default_and_on_by_a_setting(
    home: Path, monkeypatch: pytest.MonkeyPatch, ours: dict[str, str], disabled: bool, metrics: bool
) -> None:
    """Under our own name, and without the code of the steps."""
    for name in ("AIRFLOW__OPENLINEAGE__NAMESPACE", "AIRFLOW__OPENLINEAGE__DISABLE_SOURCE_CODE"):
        monkeypatch.delenv(name, raising=False)

    assert json.loads(asked(home, ours)) == {
        "disabled": disabled,
        "namespace": "duban",
        "source": False,
        "metrics": metrics,
    }


def test_metrics_reach_a_collector_of_opentelemetry(home: Path) -> None:
    """With the switch, and its address as OpenTelemetry itself names it."""
    posted: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{server.server_port}"}
        asked(home, {"AIRFLOW__METRICS__OTEL_ON": "True", **address}, COUNTING)
        server.shutdown()

    assert {path for path, _ in posted} == {"/v1/metrics"}
    assert any(b"duban_was_here" in body for _, body in posted)


def test_a_replay_reports_nothing(home: Path) -> None:
    """It is no news, and in one process the reporters of OpenLineage never end."""
    from duban.orchestration.airflow_home import QUIET

    assert json.loads(asked(home, TO_A_FILE | METRICS | QUIET))["disabled"]
    assert not json.loads(asked(home, METRICS | QUIET))["metrics"]
    assert {os.environ[name] for name in QUIET if "OPENLINEAGE" in name} == {"True"}
