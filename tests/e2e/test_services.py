"""Airflow as a bureau runs it: up, a run by the real scheduler, down."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes.installation import Installation, wait_for

DAGS = {
    "collect_returns": "收取报表",
    "deliver_papers": "公文送达",
    "hand_out_blanks": "下发周报表",
    "monthly_circular": "每月通报",
    "sign_and_issue": "核稿签发",
    "tend": "巡检",
    "watch_deadlines": "期限督办",
    "weekly_report": "工作简报",
    "year_end": "季度报告、年度考核",
}
UNSCHEDULED = {"sign_and_issue"}  # one run a paper, opened by what drafts it


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
    run = installation.trigger("collect_returns", token, as_of="2018-07-24T09:30:00+08:00")

    assert installation.state_of("collect_returns", run, token) == "success"
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
