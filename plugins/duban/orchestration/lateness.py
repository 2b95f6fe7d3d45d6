"""What Airflow tells when a run has not succeeded in time: one alert with run, step, and what to do."""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the product is for the run that is late

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from duban.core.plan_heads import name_and_plan

if TYPE_CHECKING:
    from duban.core.alerts import Alert

log = logging.getLogger(__name__)
BEFORE = timedelta(days=1)


async def tell_late(minutes: int, context: Mapping[str, Any]) -> None:
    """The callback of a Deadline Alert. Airflow's context holds `dag_run` as plain values, and no task.

    In a thread of its own, for it reads a database and may send a mail.
    """
    await asyncio.to_thread(_tell, context["dag_run"], minutes)


def _tell(run: Mapping[str, Any], minutes: int) -> None:
    from duban.wiring import alerts_of

    _, plan = name_and_plan(run["dag_id"])
    alerts_of(plan).tell(_alert(run, minutes))


def _alert(run: Mapping[str, Any], minutes: int) -> "Alert":
    from duban.core import alert_texts as texts
    from duban.core.alerts import Alert

    dag, name, now = run["dag_id"], run["dag_run_id"], datetime.now(UTC)
    text = texts.LATE_TEXT.format(run=name, state=run.get("state"), steps=_steps(dag, name, now))
    return Alert(f"late:{dag}.{name}", texts.LATE.format(dag=dag, minutes=minutes), text, now)


def _steps(dag: str, run: str, now: datetime) -> str:
    """How far the run has come, by our own tables; the alert goes out also when they cannot be read."""
    from duban.core import alert_texts as texts

    try:
        done = _done(dag, run, now)
    except Exception:
        log.exception("the steps of %s %s cannot be read", dag, run)
        return texts.STEPS_UNKNOWN
    return texts.STEPS_DONE.format(done="、".join(done)) if done else texts.NO_STEP_DONE


def _done(dag: str, run: str, now: datetime) -> list[str]:
    from duban.adapters.settings import Settings
    from duban.core.step_runs import StepOutcome
    from duban.wiring import open_app
    from duban.wiring.plans import chosen

    name, plan = name_and_plan(dag)
    with open_app(chosen(Settings(), plan)) as app:
        steps = app.steps.between(now - BEFORE, now)
    ours = [one.step for one in steps if (one.dag, one.run, one.outcome) == (name, run, StepOutcome.SUCCEEDED)]
    return list(dict.fromkeys(ours))
