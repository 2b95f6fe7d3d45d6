"""The replay of past days through the real DAGs."""

from datetime import datetime
from pathlib import Path

import pytest

from duban.core.errors import RuleError
from duban.core.papers import PaperState
from duban.core.weeks import ZONE
from duban.orchestration.replay import ReplayReport, replay_ticks

START, UNTIL = datetime(2018, 8, 9, tzinfo=ZONE), datetime(2018, 8, 10, 23, 59, tzinfo=ZONE)


def replay() -> ReplayReport:
    return replay_ticks(START, UNTIL, lambda *_: None)


def runs_left() -> dict[str, dict[str, int]]:
    """DagRuns in Airflow's tables for the days of the replay: DAG → state → number."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import func, select

    counted = (
        select(DagRun.dag_id, DagRun.state, func.count())
        .where(DagRun.logical_date.between(START, UNTIL))
        .group_by(DagRun.dag_id, DagRun.state)
    )
    with create_session() as session:
        return {dag_id: {state: number} for dag_id, state, number in session.execute(counted)}


LEFT = {"watch_deadlines": 2, "weekly_report": 1, "deliver_papers": 2}
IDLE = {"collect_returns": 0, "hand_out_blanks": 0, "monthly_circular": 0, "year_end": 0}


def test_each_tick_leaves_a_successful_run_and_idle_ones_are_skipped(home: Path) -> None:
    """Two working days with a cut-off: reminders on the first morning and at 14:00 before the cut-off, one report.

    52 listings showed nothing; the reminders, which nobody signs, were sent at once; 144 times nothing was to be sent.
    """
    report = replay()

    assert report.runs == IDLE | LEFT
    assert (report.ticks, report.skipped) == (5, 1 + 2 * 26 + 2 * 73 - 2)
    assert runs_left() == {dag_id: {"success": number} for dag_id, number in LEFT.items()}


@pytest.mark.long
def test_a_replay_may_be_run_again(home: Path) -> None:
    """The same runs, each once, but for deliveries: what was sent is not due again. The same papers."""
    from duban.orchestration import tasks

    replay()
    papers = tasks.app().register.papers()

    again = replay()
    assert again.runs == IDLE | LEFT | {"deliver_papers": 0}
    assert (again.ticks, again.skipped) == (3, 1 + 2 * 26 + 2 * 73)
    assert runs_left() == {dag_id: {"success": number} for dag_id, number in LEFT.items()}
    assert tasks.app().register.papers() == papers


def test_signed_at_once_everything_is_delivered_and_the_books_are_in_order(home: Path) -> None:
    """Reviewed and signed at the tick that drafted it, sent at the next; `duban verify` finds nothing."""
    from duban.orchestration import tasks

    # Days of its own, before those of the other tests: signing changes what they find, and what they sign would climb.
    start, until = datetime(2018, 7, 26, tzinfo=ZONE), datetime(2018, 7, 27, 23, 59, tzinfo=ZONE)
    replay_ticks(start, until, lambda *_: None, sign_all=True)
    app = tasks.app()
    papers = app.register.papers(until)

    assert {paper.kind.value for paper in papers} == {"reminder", "weekly_report"}
    assert {paper.state for paper in papers} == {PaperState.DELIVERED}
    assert [paper.number for paper in papers if paper.kind == "weekly_report"] == ["第1期"]
    assert app.verifying.run().defects == ()


@pytest.mark.long
def test_a_skipped_listing_is_still_on_record(home: Path) -> None:
    """Or a deadline would seem to have had no listing before it, and nobody could be held to it."""
    from duban.orchestration import tasks

    replay()
    office = tasks.app().plan.offices[0].code
    evening = datetime(2018, 8, 9, 23, 0, tzinfo=ZONE)

    assert tasks.app().ledger.listings_between(office, evening, UNTIL)[0] == datetime(2018, 8, 9, 23, 30, tzinfo=ZONE)


def test_progress_is_told_for_every_tick(home: Path) -> None:
    """Counted from 1 to the whole, with the DAG's Chinese name."""
    heard: list[tuple[int, int, str, datetime]] = []
    replay_ticks(START, datetime(2018, 8, 9, 8, 30, tzinfo=ZONE), lambda *told: heard.append(told))

    assert [done for done, *_ in heard] == list(range(1, len(heard) + 1))
    assert {total for _, total, *_ in heard} == {len(heard)}
    assert heard[-1][2:] == ("公文送达", datetime(2018, 8, 9, 8, 30, tzinfo=ZONE))


def test_a_failure_stops_the_replay_with_its_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the failing tick, without waiting for retries; the note says which it was."""
    from duban.orchestration import tasks

    def fault(moment: datetime) -> list[int]:
        raise RuleError("F99")

    monkeypatch.setattr(tasks, "draft_weekly_report", fault)
    with pytest.raises(RuleError, match="F99") as caught:
        replay()

    assert caught.value.__notes__ == ["weekly_report at 2018-08-10T17:00:00+08:00"]


@pytest.mark.long
def test_a_run_of_the_scheduler_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its history is the record of what really happened."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from airflow.utils.types import DagRunType
    from sqlalchemy import update

    replay()
    kind = update(DagRun).where(DagRun.dag_id == "weekly_report", DagRun.logical_date.between(START, UNTIL))
    with create_session() as session:
        session.execute(kind.values(run_type=DagRunType.SCHEDULED))
    again = replay()
    with create_session() as session:
        session.execute(kind.values(run_type=DagRunType.MANUAL))

    assert again.runs["weekly_report"] == 0
