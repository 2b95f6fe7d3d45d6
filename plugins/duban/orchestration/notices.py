"""What Airflow tells when a task has failed for good: one alert with run, step, and what to do."""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the product is for the failure

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from duban.core.plan_heads import name_and_plan

if TYPE_CHECKING:
    from duban.core.alerts import Alert

log = logging.getLogger(__name__)
LONGEST = 500


def tell_failure(context: Mapping[str, Any]) -> None:
    """A task's `on_failure_callback`. Never raises: an alert that fails must not hide the failure that it is about."""
    try:
        _tell(context)
    except Exception:
        log.exception("the failure could not be told")


def _tell(context: Mapping[str, Any]) -> None:
    from duban.wiring import alerts_of

    _, plan = name_and_plan(context["task_instance"].dag_id)
    alerts_of(plan).tell(_alert(context))


def _alert(context: Mapping[str, Any]) -> "Alert":
    from duban.core import alert_texts as texts
    from duban.core.alerts import Alert

    step, error = context["task_instance"], context.get("exception")
    text = texts.FAILED_TEXT.format(
        run=step.run_id,
        attempt=step.try_number,
        error=told_of(error),
        remedy=texts.HOPELESS if _is_hopeless(error) else texts.TRIED_AGAIN,
    )
    subject = texts.FAILED.format(dag=step.dag_id, task=step.task_id)
    return Alert(f"failed:{step.dag_id}.{step.task_id}.{step.run_id}", subject, text, datetime.now(UTC))


def _is_hopeless(error: object) -> bool:
    from duban.core import errors
    from duban.orchestration.conventions import HOPELESS

    return isinstance(error, tuple(getattr(errors, name) for name in HOPELESS))


def told_of(error: BaseException | None) -> str:
    """What may be told of an error, in LONGEST characters; Airflow gives none for a step that it ended itself."""
    from duban.core import alert_texts as texts
    from duban.core.errors import told

    return texts.RUN_FAILED if error is None else told(error)[:LONGEST]
