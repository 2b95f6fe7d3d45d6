"""The timetables as the scheduler asks them, with the plan of this house."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine

from duban.core.weeks import ZONE

if TYPE_CHECKING:
    from airflow.timetables.base import Timetable

Runs = Callable[[str, str, int], list[tuple[datetime, datetime]]]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def timetable(home: Path) -> Callable[[str], "Timetable"]:
    from duban.orchestration import timetables

    return lambda name: getattr(timetables, name)()


@pytest.fixture
def next_run(timetable: Callable[[str], "Timetable"]) -> Callable[..., tuple[datetime, datetime]]:
    """(logical date, earliest start) of the run that follows `last`, asked at `now`, without catch-up."""
    import pendulum
    from airflow.timetables.base import DataInterval, TimeRestriction

    def ask(name: str, *, now: str, last: str | None = None) -> tuple[datetime, datetime]:
        interval = DataInterval.exact(pendulum.instance(at(last))) if last else None
        with time_machine.travel(at(now), tick=False):
            info = timetable(name).next_dagrun_info(
                last_automated_data_interval=interval, restriction=TimeRestriction(None, None, catchup=False)
            )
        assert info is not None
        return info.logical_date, info.run_after

    return ask


@pytest.mark.parametrize("name", ["CollectingTimes", "OpeningTimes", "MorningTimes", "CutoffTimes"])
def test_a_timetable_survives_the_metadata_database(timetable: Callable[[str], "Timetable"], name: str) -> None:
    """Scheduler and API server restore it from what the DAG processor stored; it tells its times in Chinese."""
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable

    restored = decode_timetable(encode_timetable(timetable(name)))

    assert type(restored) is type(timetable(name))
    assert not restored.summary.isascii()
    assert restored.description == restored.summary


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2018-09-21 17:00", "2018-09-30 17:00"),  # a 调休 Sunday
        ("2018-09-30 17:00", "2018-10-12 17:00"),  # over the week of National Day
        ("2018-12-21 17:00", "2018-12-29 17:00"),  # a Saturday that became a working day on 2018-12-06
    ],
)
def test_the_report_is_dated_its_cutoff_and_starts_two_minutes_later(
    next_run: Callable[..., tuple[datetime, datetime]], last: str, expected: str
) -> None:
    """What was written in the last minute before the cut-off has settled by then."""
    assert next_run("CutoffTimes", now=last, last=last) == (at(expected), at(expected) + timedelta(minutes=2))


def test_the_morning_after_a_holiday_is_the_next_working_day(
    next_run: Callable[..., tuple[datetime, datetime]],
) -> None:
    """From the 调休 Sunday 2018-09-30, a cut-off with its 提醒 at 14:00, to Monday 2018-10-08."""
    reminding, _ = next_run("MorningTimes", now="2018-09-30 08:30", last="2018-09-30 08:30")
    logical_date, _ = next_run("MorningTimes", now="2018-09-30 14:00", last="2018-09-30 14:00")

    assert (reminding, logical_date) == (at("2018-09-30 14:00"), at("2018-10-08 08:30"))


def test_collecting_goes_on_late_and_on_holidays(next_run: Callable[..., tuple[datetime, datetime]]) -> None:
    """After the last half hour of the day, 23:30; on a holiday 23:30 alone."""
    assert next_run("CollectingTimes", now="2018-09-30 19:00", last="2018-09-30 19:00")[0] == at("2018-09-30 23:30")
    assert next_run("CollectingTimes", now="2018-09-30 23:30", last="2018-09-30 23:30")[0] == at("2018-10-01 23:30")


@pytest.mark.parametrize("name", ["CollectingTimes", "MorningTimes", "MonthTimes", "CutoffTimes", "QuarterTimes"])
def test_a_dag_that_never_ran_waits_for_its_next_instant(
    next_run: Callable[..., tuple[datetime, datetime]], name: str
) -> None:
    """Switching a DAG on makes no run for the past."""
    logical_date, run_after = next_run(name, now="2018-08-15 12:10")

    assert logical_date > at("2018-08-15 12:10")
    assert run_after >= logical_date


@pytest.mark.parametrize(
    ("name", "nominal"),
    [
        ("CollectingTimes", "2018-08-15 12:00"),
        ("OpeningTimes", "2018-08-20 07:30"),
        ("MorningTimes", "2018-08-15 08:30"),
        ("MonthTimes", "2018-09-03 09:00"),
        ("DeliveryTimes", "2018-08-15 12:10"),
        ("QuarterTimes", "2018-10-08 09:00"),
        ("CutoffTimes", "2018-08-17 17:00"),
        ("TendingTimes", "2018-08-15 12:30"),
    ],
)
@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)])
def test_the_first_run_is_not_put_off_by_who_asks_while_it_is_due(
    next_run: Callable[..., tuple[datetime, datetime]], name: str, nominal: str, late: timedelta
) -> None:
    """The DAG processor asks anew with every parse, of a DAG that waits its two minutes or for the scheduler too."""
    asked = at(nominal) + late

    assert next_run(name, now=f"{asked:%Y-%m-%d %H:%M}")[0] == at(nominal)


def test_after_an_outage_only_the_latest_missed_run_is_made_up(
    next_run: Callable[..., tuple[datetime, datetime]],
) -> None:
    """Down over three cut-offs: the last of them is reported, then the next."""
    missed, _ = next_run("CutoffTimes", now="2018-08-29 09:00", last="2018-08-03 17:00")
    following, _ = next_run("CutoffTimes", now="2018-08-29 09:05", last="2018-08-24 17:00")

    assert missed == at("2018-08-24 17:00")
    assert following == at("2018-08-31 17:00")


def test_runs_end_with_the_end_date_and_never_with_the_plan(timetable: Callable[[str], "Timetable"]) -> None:
    """Years after the plan's last target weeks still close; an end date given to the DAG is kept."""
    import pendulum
    from airflow.timetables.base import DataInterval, TimeRestriction

    last = DataInterval.exact(pendulum.instance(at("2031-01-03 17:00")))
    unlimited = TimeRestriction(None, None, catchup=True)
    limited = TimeRestriction(None, pendulum.instance(at("2031-01-05 00:00")), catchup=True)
    cutoffs = timetable("CutoffTimes")

    assert cutoffs.next_dagrun_info(last_automated_data_interval=last, restriction=unlimited) is not None
    assert cutoffs.next_dagrun_info(last_automated_data_interval=last, restriction=limited) is None


def test_a_changed_plan_is_read_again(
    timetable: Callable[[str], "Timetable"], home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The cut-off's hour comes from the plan; a scheduler need not be restarted to learn a new one."""
    import os
    import shutil

    from duban.adapters.settings import ROOT
    from duban.orchestration.timetables import planned_weeks

    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    plan = tmp_path / "plans" / "jingkai-2018.yaml"
    monkeypatch.setenv("DUBAN_PLAN", str(plan))
    before = planned_weeks().cutoff_time
    plan.write_text(plan.read_text("utf-8").replace("cutoff_time: 17:00", "cutoff_time: 16:00"), "utf-8")
    os.utime(plan, ns=(1, plan.stat().st_mtime_ns + 1))

    assert (before.hour, planned_weeks().cutoff_time.hour) == (17, 16)
