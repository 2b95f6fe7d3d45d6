"""A run that has not succeeded in time is told of, with run, step, and what to do."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from duban.core.step_runs import StepOutcome, StepRun

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag

    from duban.wiring import App

RUN = {"dag_id": "weekly_report", "dag_run_id": "scheduled__2018-09-07", "state": "running"}


def told(home: Path) -> str:
    """What was told of the run; the next test may be told anew."""
    [file] = (home / "alerts").glob("*/late-*.txt")
    letter = file.read_text("utf-8")
    file.unlink()
    return letter


def tell() -> None:
    from duban.orchestration.lateness import tell_late

    asyncio.run(tell_late(minutes=30, context={"dag_run": RUN, "deadline": {}}))


def step(name: str, outcome: StepOutcome) -> StepRun:
    now = datetime.now(UTC)
    return StepRun("weekly_report", RUN["dag_run_id"], name, -1, 1, now, now - timedelta(seconds=1), now, outcome)


@pytest.mark.parametrize(("dag_id", "minutes"), [("weekly_report", 30), ("collect_returns", 25)])
def test_what_must_be_in_time_has_a_deadline(dagbag: "DagBag", dag_id: str, minutes: int) -> None:
    """From when it was queued, so that runs by hand have one too; told in the triggerer, which no hang stops."""
    from airflow.sdk import AsyncCallback, DeadlineReference

    [deadline] = dagbag.dags[dag_id].deadline

    assert deadline.reference == DeadlineReference.DAGRUN_QUEUED_AT
    assert deadline.interval == timedelta(minutes=minutes)
    assert isinstance(deadline.callback, AsyncCallback)
    assert deadline.callback.path == "duban.orchestration.lateness.tell_late"
    assert deadline.callback.kwargs == {"minutes": minutes}


def test_a_late_run_is_told_with_the_steps_that_it_has_done(home: Path, product: "App") -> None:
    """The one after them hangs."""
    for name, outcome in (
        ("collect.discover", StepOutcome.SUCCEEDED),
        ("collect.judge", StepOutcome.SUCCEEDED),
        ("draft", StepOutcome.RETRIED),
    ):
        product.steps.record(step(name, outcome))

    tell()

    letter = told(home)
    for part in ("weekly_report 过了 30 分钟", RUN["dag_run_id"], "running", "duban doctor", "清除该步骤"):
        assert part in letter
    assert "已完成 collect.discover、collect.judge；" in letter


def test_it_is_told_without_the_database_too(home: Path, product: "App") -> None:
    """That is when runs hang."""
    with product.engine.begin() as connection:
        connection.execute(text("alter table duban.step_run rename to step_run_away"))
    try:
        tell()
    finally:
        with product.engine.begin() as connection:
            connection.execute(text("alter table duban.step_run_away rename to step_run"))

    assert "暂时查不到" in told(home)
