"""Replay: every tick of a range of days through the real DAGs, in order, in this process.

A tick is run by `dag.test`, so it leaves a DagRun and its task instances in Airflow's tables as a live one does. A
replay that is run again replaces its own runs; runs of the scheduler that succeeded are left alone.
"""

# ruff: noqa: PLC0415 - what imports Airflow waits for `prepare`, see the docstring

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.core.errors import InternalError
from duban.core.plan_heads import dag_id_of
from duban.orchestration import airflow_home, ticks

if TYPE_CHECKING:
    from airflow.sdk import DAG

    from duban.wiring import App

Told = Callable[[int, int, str, datetime], None]
Run = Callable[["DAG", datetime], None]
Tick = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """How many DagRuns each DAG left, and how many ticks were skipped because nothing could happen at them."""

    runs: Mapping[str, int]
    skipped: int

    @property
    def ticks(self) -> int:
        return sum(self.runs.values())


def prepare() -> None:
    """Start the database and set Airflow up for this process. Before anything imports Airflow."""
    from duban.adapters.settings import Settings
    from duban.wiring import AIRFLOW_DATABASE, server

    settings = Settings()
    with _stdout_kept_clean():
        airflow_home.prepare(settings.home, settings.root, server(settings).url(AIRFLOW_DATABASE), quiet=True)
        airflow_home.initialise()


def replay_ticks(
    start: datetime, until: datetime, told: Told, *, sign_all: bool = False, run: Run | None = None
) -> ReplayReport:
    """Run every tick from `start` to `until`, both included; `told` hears (done, total, DAG's name, tick).

    `sign_all`: every draft is reviewed and signed at the tick that made it, by the persons whom the plan names.
    `run`: runs a DAG at an instant and returns when it has succeeded; in this process, unless told otherwise.

    Stops at the first run that fails and raises that run's error. Needs `prepare`.
    """
    from duban.orchestration import tasks

    with _stdout_kept_clean():
        app = tasks.app()
        loaded, plan = load_dags(app.settings.root / "dags"), app.settings.plan_key
        dags = {name: loaded[dag_id_of(name, plan)] for name in ticks.REPLAYED}
        scheduled = _run_by_scheduler(start, until)
        runs, skipped = Counter(dict.fromkeys(ticks.REPLAYED, 0)), 0
        planned = list(ticks.ticks_between(app.weeks, start, until))
        for done, (moment, dag_id) in enumerate(planned, 1):
            told(done, len(planned), dags[dag_id].dag_display_name, moment)
            if (moment, dags[dag_id].dag_id) in scheduled or _nothing_can_happen(app, dag_id, moment):
                skipped += 1
            else:
                (run or _run)(dags[dag_id], moment)
                runs[dag_id] += 1
                if sign_all:
                    app.signing_all.run(moment)
    return ReplayReport(runs, skipped)


def _nothing_can_happen(app: "App", dag_id: str, moment: datetime) -> bool:
    """Whether the run would find nothing new and write nothing.

    The listing itself is made and recorded as live, so the answer is its own. What follows the calendar always states
    what stands at its instant; the watch writes only when a letter is due or a paper wants mending.
    """
    if dag_id == ticks.DELIVER:
        return not app.deliveries_due(moment)
    if dag_id not in {ticks.COLLECT, ticks.WATCH} or app.discover(moment):
        return False
    return dag_id == ticks.COLLECT or not app.letters_due(moment)


def _run(dag: "DAG", moment: datetime) -> None:
    errors: list[BaseException] = []

    def remember(context: Mapping[str, Any]) -> None:
        errors.append(context["exception"])

    for task in dag.tasks:
        task.on_failure_callback = [remember]
    run = dag.test(
        run_after=moment,
        logical_date=moment,
        run_conf={"as_of": moment.isoformat()},
        mark_success_pattern="|".join(map(re.escape, ticks.TO_PERSONS)),
    )
    if run.state != "success":
        place = f"{dag.dag_id} at {moment.isoformat()}"
        error = errors[0] if errors else InternalError(f"{place} ended as {run.state}")
        error.add_note(place)
        raise error


def load_dags(folder: Path) -> dict[str, "DAG"]:
    """The real DAGs by id. A failure in a replay is not retried: nobody is away that might come back.

    Nothing is late in a past either; and `dag.test` of Airflow 3.3 breaks on a deadline, which it takes for stored.
    """
    from airflow.dag_processing.dagbag import BundleDagBag

    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    if bag.import_errors:
        raise InternalError("\n".join(bag.import_errors.values()))
    for dag in bag.dags.values():
        dag.deadline = None
        for task in dag.tasks:
            task.retries = 0
    return bag.dags


def _run_by_scheduler(start: datetime, until: datetime) -> set[Tick]:
    """The ticks that already ran live, and well: their history is not to be replaced."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from airflow.utils.types import DagRunType
    from sqlalchemy import select

    live = select(DagRun.logical_date, DagRun.dag_id).where(
        DagRun.run_type == DagRunType.SCHEDULED,
        DagRun.state == "success",
        DagRun.logical_date.between(start, until),
    )
    with create_session() as session:
        return {(moment, dag_id) for moment, dag_id in session.execute(live) if moment}


@contextmanager
def _stdout_kept_clean() -> Iterator[None]:
    """What Airflow and its libraries print goes to stderr: stdout is for the command's own answer."""
    with redirect_stdout(sys.stderr):
        yield
