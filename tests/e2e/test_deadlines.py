"""The real scheduler and triggerer tell of a run that is not done in time."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.wiring import AIRFLOW_DATABASE
from fakes.installation import Installation, wait_for

pytestmark = pytest.mark.long


def let_time_pass(home: Path) -> int:
    """As if the deadline of every run under way had come; returns how many have one."""
    url = make_url(EmbeddedPostgres(home).url(AIRFLOW_DATABASE))
    with psycopg.connect(
        host=str(url.query["host"]), port=str(url.query["port"]), user=url.username, dbname=url.database
    ) as connection:
        return connection.execute("update deadline set deadline_time = now() - interval '1 second'").rowcount


def pause(duban: Installation, token: str, dag_id: str, *, paused: bool) -> None:
    duban.ask(f"/api/v2/dags/{dag_id}", {"is_paused": paused}, token, method="PATCH")


@pytest.mark.parametrize(("dag_id", "minutes"), [("weekly_report", 30), ("collect_returns", 25)])
def test_a_run_that_is_not_done_in_time_is_told_of(
    installation: Installation, token: str, dag_id: str, minutes: int
) -> None:
    """It waits because its DAG is paused; run, step and what to do stand in the one channel of alerts."""
    pause(installation, token, dag_id, paused=True)
    try:
        run = installation.trigger(dag_id, token, as_of="2018-08-17T17:00:00+08:00")
        assert let_time_pass(installation.home) >= 1
        [file] = wait_for(lambda: list((installation.home / "alerts").glob(f"*/late-{dag_id}.*.txt")), bool)
    finally:
        pause(installation, token, dag_id, paused=False)

    letter = file.read_text("utf-8")
    for part in (f"{dag_id} 过了 {minutes} 分钟", "manual__", "还没有一步完成", "办法："):
        assert part in letter
    assert installation.state_of(dag_id, run, token) == "success"
