"""The data team's watch, through the real DAG: by day what did not happen, by night what the day was."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from duban.core.step_runs import StepOutcome
from duban.core.weeks import ZONE

if TYPE_CHECKING:
    from airflow.sdk import DAG

    from duban.wiring import App

BY_DAY = datetime(2018, 11, 20, 11, tzinfo=ZONE)
BY_NIGHT = datetime(2018, 11, 20, 22, tzinfo=ZONE)
DAY = "2018-11-20"


@pytest.fixture(scope="module")
def tend(impatient: dict[str, "DAG"]) -> "DAG":
    return impatient["tend"]


@pytest.fixture(autouse=True)
def told_before(home: Path) -> Iterator[None]:
    """Nothing was told that day yet."""
    yield
    for file in (home / "alerts" / DAY).glob("*.txt"):
        file.unlink()


def run(tend: "DAG", moment: datetime) -> dict[str, str]:
    """Each step's state after a run of that instant."""
    done = tend.test(logical_date=moment, run_after=moment, run_conf={"as_of": moment.isoformat()})
    assert done.state == "success"
    return {step.task_id: str(step.state) for step in done.get_task_instances()}


def alerts(home: Path) -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in (home / "alerts" / DAY).glob("*.txt")}


def test_by_day_it_only_watches(home: Path, tend: "DAG") -> None:
    """Nobody listed a folder that morning, and no week has its report."""
    steps = run(tend, BY_DAY)

    assert {steps["watch"], steps["at_night"]} == {"success"}
    assert {steps[name] for name in ("verify", "back_test", "data_docs", "digest")} == {"skipped"}
    told = alerts(home)
    assert "watch-collect" in told
    assert "duban doctor" in told["watch-collect"]
    assert {"digest", "verify", "back-test"} & set(told) == set()


def test_by_night_it_verifies_makes_a_week_again_documents_and_tells_the_day(home: Path, tend: "DAG") -> None:
    """All four; nothing is wrong, so the digest alone is told."""
    steps = run(tend, BY_NIGHT)

    assert set(steps.values()) == {"success"}
    assert (home / "data-docs" / "index.html").exists()
    told = alerts(home)
    assert "2018-11-20 22:00" in told["digest"]
    assert {"verify", "back-test"} & set(told) == set()


def test_a_defect_is_told_and_is_no_failure_of_the_run(home: Path, tend: "DAG", product: "App") -> None:
    """Trying again would find the same; a person must look."""
    stray = home / "papers" / "urge" / "来历不明-签发.docx"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    try:
        run(tend, BY_NIGHT)
    finally:
        stray.unlink()

    assert "来历不明-签发.docx" in alerts(home)["verify"]


def test_every_step_leaves_a_line_of_its_own(tend: "DAG", product: "App") -> None:
    """With run, instant, attempt and outcome; the same run again replaces its lines."""
    before = datetime.now(ZONE)
    run(tend, BY_DAY)
    run(tend, BY_DAY)

    lines = [one for one in product.steps.between(before, datetime.now(ZONE)) if one.dag == "tend"]
    assert sorted(one.step for one in lines) == ["at_night", "watch"]
    assert {(one.outcome, one.as_of, one.part) for one in lines} == {(StepOutcome.SUCCEEDED, BY_DAY, -1)}
    assert all(one.began_at <= one.ended_at for one in lines)


def test_a_step_that_fails_is_noted_and_told_and_the_digest_still_comes(
    home: Path, tend: "DAG", product: "App", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its run has failed, in Airflow, in our own tables and in the alerts alike."""
    from duban.orchestration import tasks

    def broken(moment: datetime) -> None:
        raise ValueError("13800138000")

    monkeypatch.setattr(tasks, "verify", broken)
    before = datetime.now(ZONE)
    done = tend.test(logical_date=BY_NIGHT, run_after=BY_NIGHT, run_conf={"as_of": BY_NIGHT.isoformat()})

    lines = {one.step: one for one in product.steps.between(before, datetime.now(ZONE)) if one.dag == "tend"}
    assert (lines["verify"].outcome, lines["verify"].error) == (StepOutcome.FAILED, "ValueError")
    assert lines["digest"].outcome is StepOutcome.SUCCEEDED
    assert "digest" in alerts(home)
    assert done.state == "success"  # Airflow judges a run by its last task; the alert and the line do not


def test_a_line_that_cannot_be_written_changes_nothing(
    tend: "DAG", product: "App", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is gone; the run ends as it would."""
    with product.engine.begin() as connection:
        connection.execute(text("alter table duban.step_run rename to step_run_away"))
    try:
        assert run(tend, BY_DAY)["watch"] == "success"
    finally:
        with product.engine.begin() as connection:
            connection.execute(text("alter table duban.step_run_away rename to step_run"))
