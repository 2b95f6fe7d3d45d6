"""Every attempt at a step leaves a line in our own tables (`duban runs`), whatever Airflow keeps or forgets."""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the product is for the step that has ended

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from duban.core.plan_heads import name_and_plan
from duban.orchestration.notices import told_of

log = logging.getLogger(__name__)


def note_success(context: Mapping[str, Any]) -> None:
    """A task's `on_success_callback`."""
    _note(context, "succeeded")


def note_failure(context: Mapping[str, Any]) -> None:
    """A task's `on_failure_callback`, beside the alert."""
    _note(context, "failed")


def note_retry(context: Mapping[str, Any]) -> None:
    """A task's `on_retry_callback`."""
    _note(context, "retried")


def note_skip(context: Mapping[str, Any]) -> None:
    """A task's `on_skipped_callback`."""
    _note(context, "skipped")


def _note(context: Mapping[str, Any], outcome: str) -> None:
    """Never raises: a line that cannot be written must not change what became of the step that it is about."""
    try:
        _record(context, outcome)
    except Exception:
        log.exception("the outcome of a step could not be noted")


def _record(context: Mapping[str, Any], outcome: str) -> None:
    from duban.core.step_runs import StepOutcome, StepRun
    from duban.orchestration import tasks

    step, ended = context["task_instance"], datetime.now(UTC)
    error = context.get("exception")
    # Our own tables have the plan beside it, so the DAG goes by its own name.
    name, plan = name_and_plan(step.dag_id)
    tasks.app(plan).steps.record(
        StepRun(
            dag=name,
            run=step.run_id,
            step=step.task_id,
            part=-1 if step.map_index is None else step.map_index,
            attempt=step.try_number,
            as_of=tasks.as_of(context),
            began_at=step.start_date or ended,
            ended_at=ended,
            outcome=StepOutcome(outcome),
            error="" if outcome in {"succeeded", "skipped"} else told_of(error),
        )
    )
