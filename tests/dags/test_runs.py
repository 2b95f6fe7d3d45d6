"""Runs of the real DAGs on the real product: what they leave, what they do with faults, how often one may run them."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from duban.core.errors import UsageError
from duban.core.weeks import ZONE
from duban.orchestration.ticks import OPEN_RUNS, TO_PERSONS

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dagrun import DagRun
    from airflow.sdk import DAG

    from duban.wiring import App

DAY_AFTER_THE_SURVEY = "2018-07-31 08:30"
NEXT_MORNING = "2018-08-01 08:30"
FIRST_CUTOFF = "2018-07-27 17:00"
FIRST_OF_AUGUST = "2018-08-01 09:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def run(dags: dict[str, "DAG"], dag_id: str, moment: str) -> "DagRun":
    return dags[dag_id].test(
        logical_date=at(moment),
        run_after=at(moment),
        run_conf={"as_of": moment},
        mark_success_pattern="|".join(map(re.escape, TO_PERSONS)),
    )


def answers(done: "DagRun") -> Mapping[str, list[Any]]:
    """What the tasks of a run left in XCom, per task."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session

    with create_session() as session:
        left = session.scalars(XComModel.get_many(run_id=done.run_id, dag_ids=done.dag_id))
        return {entry.task_id: XComModel.deserialize_value(entry) for entry in left}


def receive(home: Path, office: str, name: str, content: bytes, moment: str) -> None:
    """Lay a file into an office's folder as if it had come at `moment`."""
    file = home / "inbox" / office / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (at(moment).timestamp(),) * 2)


def test_a_listing_that_shows_nothing_new_is_a_run_like_any_other(home: Path, impatient: dict[str, "DAG"]) -> None:
    """No task is skipped, the slips are an empty list: "no returns" is a result."""
    done = run(impatient, "collect_returns", "2018-07-23 09:00")

    assert done.state == "success"
    assert {task.state for task in done.get_task_instances()} == {"success"}
    assert answers(done)["collect.hand_back"] == []


def test_a_bad_file_is_a_verdict_and_no_failure(home: Path, impatient: dict[str, "DAG"], product: "App") -> None:
    """The run succeeds, the return is on record as returned, and XCom carries nothing but ids."""
    office = product.plan.offices[0].code
    receive(home, office, "周报 {{ conn.x.password }}.xlsx", b"not a workbook", "2018-07-24 09:10")
    done = run(impatient, "collect_returns", "2018-07-24 09:30")

    assert done.state == "success"
    record = next(record for record in product.ledger.return_records() if "conn.x" in record.path)
    assert record.status.value == "returned"
    left = answers(done)
    assert left["collect.discover"] == [[record.return_id]]
    assert all(isinstance(paper, int) for paper in left["collect.hand_back"])
    assert set(left) == {"collect.discover", "collect.hand_back"}


def test_a_run_for_a_past_instant_does_not_see_what_came_later(
    home: Path, impatient: dict[str, "DAG"], product: "App"
) -> None:
    """The Param as_of is the only clock, whatever the file system shows by now."""
    office = product.plan.offices[-1].code
    receive(home, office, "later.xlsx", b"later", "2018-07-25 10:05")
    early = run(impatient, "collect_returns", "2018-07-25 10:00")
    late = run(impatient, "collect_returns", "2018-07-25 10:30")

    assert answers(early)["collect.discover"] == [[]]
    assert len(answers(late)["collect.discover"][0]) == 1


def test_every_office_finds_its_blank_and_keeps_the_one_it_was_given(
    home: Path, impatient: dict[str, "DAG"], product: "App"
) -> None:
    """Named by the week's cut-off; a run that is cleared later in the week takes nothing from a clerk's hand."""
    paths = answers(run(impatient, "hand_out_blanks", "2018-07-23 07:30"))["hand_out"]

    assert paths == [f"{office.code}/2018-07-27-周报表.xlsx" for office in product.plan.offices]
    files = [product.settings.outbox_path / path for path in paths]
    given = [file.read_bytes() for file in files]
    files[0].write_bytes(b"begun by a clerk")
    assert answers(run(impatient, "hand_out_blanks", "2018-07-25 09:00"))["hand_out"] == paths
    assert [file.read_bytes() for file in files] == [b"begun by a clerk", *given[1:]]


@pytest.mark.parametrize(
    ("dag_id", "moment"),
    [
        ("weekly_report", FIRST_CUTOFF),
        ("watch_deadlines", DAY_AFTER_THE_SURVEY),
        ("monthly_circular", FIRST_OF_AUGUST),
    ],
)
def test_drafting_twice_gives_the_same_papers(
    impatient: dict[str, "DAG"], product: "App", dag_id: str, moment: str
) -> None:
    """One report a cut-off, one letter an office and rung, however often the run is cleared."""
    first = answers(run(impatient, dag_id, moment))["draft"]
    papers = {paper.id: paper.sha256 for paper in product.register.papers()}
    again = answers(run(impatient, dag_id, moment))["draft"]

    assert first
    assert set(again) <= set(first)
    assert {paper.id: paper.sha256 for paper in product.register.papers()} == papers


def test_the_morning_reminds_who_lets_papers_wait(home: Path, impatient: dict[str, "DAG"], product: "App") -> None:
    """Once a day, however often its run is cleared; a replay of past days passes the task over."""
    run(impatient, "watch_deadlines", DAY_AFTER_THE_SURVEY)
    moment = at(NEXT_MORNING)
    for _ in range(2):
        done = impatient["watch_deadlines"].test(
            logical_date=moment, run_after=moment, run_conf={"as_of": NEXT_MORNING}, mark_success_pattern=OPEN_RUNS
        )
        assert done.state == "success"

    reviewer = product.plan.issuer(product.plan.paper("urge").issuer).reviewer.name
    assert f"waiting-{reviewer}.txt" in {file.name for file in (home / "alerts" / "2018-08-01").iterdir()}
    assert not list((home / "alerts").glob(f"2018-07-31/waiting-{reviewer}.txt"))


def test_a_wrong_plan_fails_the_run_at_once(
    dagbag: "DagBag", home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A fault of our own is not tried again, and what follows does not run."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("offices: [\n", "utf-8")
    monkeypatch.setenv("DUBAN_PLAN", str(plan))
    done = run(dagbag.dags, "watch_deadlines", "2018-07-26 08:30")

    states = {task.task_id: (task.state, task.try_number) for task in done.get_task_instances()}
    assert done.state == "failed"
    assert states["collect.discover"] == ("failed", 1)
    assert states["draft"][0] == "upstream_failed"


@pytest.mark.parametrize(
    ("given", "logical_date", "expected"),
    [
        ("2018-08-17T17:00:00+08:00", at("2018-09-01 00:00"), at("2018-08-17 17:00")),
        ("2018-08-17T09:00:00Z", None, at("2018-08-17 17:00")),
        ("2018-08-17 17:00", None, at("2018-08-17 17:00")),
        (None, datetime(2018, 9, 1, 1, tzinfo=UTC), at("2018-09-01 09:00")),
        (None, None, at("2018-12-31 12:00")),
    ],
)
def test_the_clock_of_a_run(home: Path, given: str | None, logical_date: datetime | None, expected: datetime) -> None:
    """The Param first, then the logical date, then the time it was due to run; without an offset it is local time."""
    from duban.orchestration.tasks import as_of

    due = SimpleNamespace(logical_date=logical_date, run_after=at("2018-12-31 12:00"))
    moment = as_of({"params": {"as_of": given}, "dag_run": due})

    assert moment == expected
    assert moment.utcoffset() == timedelta(hours=8)


def test_a_clock_that_is_no_time_is_told_in_a_sentence(home: Path) -> None:
    """What was typed, and what to type."""
    from duban.orchestration.tasks import as_of

    with pytest.raises(UsageError, match=r"下周五.*2018-08-17T17:00:00\+08:00"):
        as_of({"params": {"as_of": "下周五"}, "dag_run": None})


def test_many_returns_are_judged_in_chunks_that_airflow_can_map(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No chunk above 1,000, nothing lost, and one empty chunk when there is nothing."""
    from duban.orchestration import tasks

    monkeypatch.setattr(tasks, "app", lambda: SimpleNamespace(discover=lambda _: list(range(2500))))
    chunks = tasks.discover(at("2018-07-23 09:00"))

    assert [len(chunk) for chunk in chunks] == [1000, 1000, 500]
    assert [return_id for chunk in chunks for return_id in chunk] == list(range(2500))
