"""The timetables, thin shells over `ticks`: the plan is read when a run is scheduled, never when a DAG file is."""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the plan is for scheduling

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import pendulum
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable

from duban.core.weeks import Weeks
from duban.orchestration import ticks

NO_DELAY = timedelta(0)
GRACE = timedelta(minutes=5)
"""What a scheduler needs at most to begin a run that is due; Airflow's own timetables wait as long."""
SETTLING = timedelta(minutes=2)


def planned_weeks(key: str = "") -> Weeks:
    """The reporting weeks of the plan in force (`key`: of several); read again when a file beside it has changed."""
    plan = _file_of(key)
    return _weeks(plan, max(file.stat().st_mtime_ns for file in plan.parent.glob("*.yaml")))


def _file_of(key: str) -> Path:
    from duban.adapters.plan_heads import read_heads
    from duban.adapters.settings import Settings

    settings = Settings()
    return settings.of_plan(read_heads(settings.plan_files), key).plan if key else settings.plan


@lru_cache(maxsize=64)
def _weeks(plan: Path, _changed_ns: int) -> Weeks:
    from duban.adapters.planfile import load_plan

    read = load_plan(plan)
    reporting = read.reporting
    return Weeks(read.calendar, reporting.first_day, reporting.cutoff_time, reporting.reminder_time)


class PlannedTimes(Timetable):
    """A timetable whose instants follow from the plan and from the working-day calendar.

    The logical date of a run is its nominal instant; it starts `delay` later. Without catch-up a DAG that never ran
    waits for its next instant, and one that did run makes up for at most the latest it missed. Every parse asks anew
    when a DAG that never ran is due: an instant is held on to until its run has had time to begin (GRACE).
    """

    name: ClassVar[str]
    """The DAG's own name, the key of its ticks."""
    delay: ClassVar[timedelta] = NO_DELAY
    told: ClassVar[str]

    def __init__(self, plan: str = "") -> None:
        """`plan`: the key of one of several plans."""
        self.plan = plan

    def serialize(self) -> dict[str, Any]:
        """How the scheduler gets it: with one plan as before there could be several."""
        return {"plan": self.plan} if self.plan else {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> "PlannedTimes":
        """As serialize wrote it."""
        return cls(**data)

    @property
    def summary(self) -> str:
        return self.told

    @property
    def description(self) -> str:  # type: ignore[override]  # the base class declares a plain attribute
        return self.told

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        return DataInterval.exact(run_after)

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        last = last_automated_data_interval.end if last_automated_data_interval else None
        tick = self._next(last, restriction)
        if tick is None or (restriction.latest and tick > restriction.latest):
            return None
        nominal = pendulum.instance(tick)
        return DagRunInfo(
            run_after=nominal + self.delay,
            data_interval=DataInterval.exact(nominal),
            partition_key=None,
            partition_date=None,
        )

    def _next(self, last: datetime | None, restriction: TimeRestriction) -> datetime | None:
        of_day, weeks, now = ticks.SCHEDULES[self.name], planned_weeks(self.plan), datetime.now(UTC)
        moments = [ticks.next_tick(of_day, weeks, last)] if last else []
        if restriction.earliest:
            moments.append(ticks.next_tick(of_day, weeks, restriction.earliest - timedelta.resolution))
        if restriction.catchup:
            return max(moments, default=None)
        if last:
            missed = ticks.last_tick(of_day, weeks, now - self.delay)
            moments += [missed] if missed else []
        else:
            moments.append(ticks.next_tick(of_day, weeks, now - self.delay - GRACE))
        return max(moments)


class CollectingTimes(PlannedTimes):
    """Every half hour of a working day, and once late every day."""

    name = ticks.COLLECT
    told = "工作日 7–19 时每半小时，每天 23:30 一次"


class OpeningTimes(PlannedTimes):
    """The first working day of each reporting week; two minutes later, behind the listing of that instant."""

    name = ticks.BLANKS
    delay = SETTLING
    told = "每个报告期第一个工作日 7:30"


class MorningTimes(PlannedTimes):
    """The morning of a working day, and the hour of the 提醒 on a cut-off; two minutes later, behind the listing."""

    name = ticks.WATCH
    delay = SETTLING
    told = "工作日 8:30，截止当日另在提醒的时刻"


class MonthTimes(PlannedTimes):
    """The first working day of each month; two minutes later, behind the listing of that instant."""

    name = ticks.MONTH
    delay = SETTLING
    told = "每月第一个工作日 9:00"


class DeliveryTimes(PlannedTimes):
    """Every ten minutes of a working day; two minutes later, behind what signs itself at that instant."""

    name = ticks.DELIVER
    delay = SETTLING
    told = "工作日 7–19 时每十分钟"


class QuarterTimes(PlannedTimes):
    """The first working day of each quarter, and the first cut-off in it; two minutes later, as the others."""

    name = ticks.YEAR_END
    delay = SETTLING
    told = "每季度第一个工作日 9:00，和该季度第一个报告期截止时"


class CutoffTimes(PlannedTimes):
    """The cut-off of each reporting week; two minutes later, when what was written in the last minute has settled."""

    name = ticks.REPORT
    delay = SETTLING
    told = "每个报告期截止时"


class TendingTimes(PlannedTimes):
    """Every half hour of a working day's office hours, and once a night; two minutes later, behind the listing."""

    name = ticks.TEND
    delay = SETTLING
    told = "工作日 9–19 时每半小时，每天 22:00 一次"
