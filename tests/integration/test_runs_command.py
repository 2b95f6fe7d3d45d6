"""`duban runs`: what became of each step of each run, asked of our own tables."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from duban.core.step_runs import StepOutcome, StepRun
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home

MIDNIGHT = datetime(2018, 9, 7, tzinfo=ZONE)
CUTOFF = datetime(2018, 9, 7, 17, tzinfo=ZONE)
SINCE = ("--since", "2018-09-07", "--until", "2018-09-07T22:00")


def step(dag: str, name: str, outcome: StepOutcome, ended: datetime, *, part: int = -1, attempt: int = 1) -> StepRun:
    error = "InboxError" if outcome in {StepOutcome.FAILED, StepOutcome.RETRIED} else ""
    began = ended - timedelta(seconds=2.5)
    return StepRun(dag, "scheduled__1", name, part, attempt, CUTOFF, began, ended, outcome, error)


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """A report that needed a second try, a collection that failed, one at midnight and one the day before."""
    with at_home(next(databases)) as opened:
        for one in (
            step("hand_out_blanks", "hand_out", StepOutcome.SUCCEEDED, MIDNIGHT - timedelta(minutes=1)),
            step("year_end", "report", StepOutcome.SUCCEEDED, MIDNIGHT),
            step("weekly_report", "draft", StepOutcome.RETRIED, CUTOFF + timedelta(minutes=2)),
            step("weekly_report", "draft", StepOutcome.SUCCEEDED, CUTOFF + timedelta(minutes=5), attempt=2),
            step("collect_returns", "collect.judge", StepOutcome.FAILED, CUTOFF + timedelta(minutes=9), part=3),
        ):
            opened.steps.record(one)
        yield opened


@pytest.mark.usefixtures("app")
def test_it_lists_every_attempt_with_outcome_time_and_reason(run: Run) -> None:
    """A table for people; a part of a step that is done in several is named."""
    told = run("runs", *SINCE).stdout

    for words in ("weekly_report", "draft", "将重试", "成功", "InboxError", "2.5", "collect.judge 第 3 批", "失败"):
        assert words in told
    assert "hand_out_blanks" not in told


@pytest.mark.usefixtures("app")
def test_as_json_it_is_runs_with_their_steps(run: Run) -> None:
    """In the order in which they ended; a day holds its first instant; a run is what its last tries were."""
    found = json.loads(run("runs", *SINCE, "--json").stdout)

    assert [(one["dag"], one["outcome"], len(one["steps"])) for one in found] == [
        ("year_end", "succeeded", 1),
        ("weekly_report", "succeeded", 2),
        ("collect_returns", "failed", 1),
    ]
    assert found[1]["as_of"] == CUTOFF.isoformat()
    assert found[2]["steps"][0] == {
        "step": "collect.judge",
        "part": 3,
        "attempt": 1,
        "began_at": "2018-09-07T17:08:57.500000+08:00",
        "ended_at": "2018-09-07T17:09:00+08:00",
        "seconds": 2.5,
        "outcome": "failed",
        "error": "InboxError",
    }


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("words", "dags"),
    [
        (["--failed"], ["collect_returns"]),
        (["--dag", "weekly_report"], ["weekly_report"]),
        (["--dag", "weekly_report", "--failed"], []),
        ([], ["year_end", "weekly_report", "collect_returns"]),
    ],
)
def test_it_may_be_asked_for_one_dag_or_for_failures(run: Run, words: list[str], dags: list[str]) -> None:
    """What a retry has mended is no failure."""
    assert [one["dag"] for one in json.loads(run("runs", *SINCE, *words, "--json").stdout)] == dags


@pytest.mark.usefixtures("app")
def test_when_nothing_ran_it_says_so(run: Run) -> None:
    assert "没有符合条件的运行" in run("runs", "--since", "2019-01-01", "--until", "2019-01-02").stdout
    assert run("runs", "--since", "nonsense").exit_code == 2
