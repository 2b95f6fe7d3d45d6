"""What became of each step of each run, and what came in meanwhile, on a real database."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from duban.adapters.store import PostgresLedger, PostgresSteps
from duban.core.step_runs import DayCounts, StepOutcome, StepRun
from duban.core.weeks import ZONE
from fakes.judged import Office, at, finding, ledger_row

ENDED = datetime(2018, 9, 5, 17, 2, tzinfo=ZONE)
DONE = StepRun(
    "weekly_report",
    "scheduled__1",
    "draft",
    -1,
    1,
    ENDED,
    ENDED - timedelta(seconds=9),
    ENDED,
    StepOutcome.RETRIED,
    "X",
)


@pytest.fixture
def steps(engine: Engine, plan: str) -> PostgresSteps:
    return PostgresSteps(engine, plan)


def again(**changes: object) -> StepRun:
    from dataclasses import replace

    return replace(DONE, **changes)


def test_attempts_and_parts_are_kept_apart_and_come_in_the_order_in_which_they_ended(steps: PostgresSteps) -> None:
    """Another attempt, another part, another step, another run."""
    later = [
        again(attempt=2, ended_at=ENDED + timedelta(minutes=1), outcome=StepOutcome.SUCCEEDED, error=""),
        again(part=3, ended_at=ENDED + timedelta(minutes=2)),
        again(step="collect.judge", ended_at=ENDED + timedelta(minutes=3)),
        again(run="scheduled__2", ended_at=ENDED + timedelta(minutes=4)),
    ]
    for one in (*reversed(later), DONE):
        steps.record(one)

    assert list(steps.between(ENDED - timedelta(hours=1), ENDED + timedelta(hours=1))) == [DONE, *later]


def test_the_same_attempt_again_replaces_its_line(steps: PostgresSteps) -> None:
    """A replay runs the same run again."""
    other = again(outcome=StepOutcome.FAILED, error="Y", ended_at=ENDED + timedelta(minutes=1))
    steps.record(DONE)
    steps.record(other)

    assert list(steps.between(ENDED - timedelta(hours=1), ENDED + timedelta(hours=1))) == [other]


def test_a_span_holds_its_end_and_not_its_start(steps: PostgresSteps) -> None:
    """So that each line is told in one digest."""
    steps.record(DONE)

    assert list(steps.between(ENDED, ENDED + timedelta(days=1))) == []
    assert list(steps.between(ENDED - timedelta(days=1), ENDED)) == [DONE]


def test_what_came_in_is_counted_by_status_and_code(
    steps: PostgresSteps, ledger: PostgresLedger, office: Office
) -> None:
    """Of that day alone."""
    office.send(at("09-04 10:00"), "2018-W35", [ledger_row("MH-001")], name="昨天.xlsx", findings=[finding("B01")])
    two = [finding("R01"), finding("R01"), finding("B01")]
    office.send(at("09-05 10:00"), "2018-W36", [ledger_row("MH-001")], name="今天.xlsx", findings=two)

    counts = steps.counts(at("09-04 22:00"), at("09-05 22:00"))

    assert counts.findings == {"B01": 1, "R01": 2}
    assert sum(counts.returns.values()) == 1
    assert steps.counts(at("09-06 00:00"), at("09-07 00:00")) == DayCounts({}, {})
