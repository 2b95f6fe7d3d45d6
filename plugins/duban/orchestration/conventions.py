"""What every DAG of duban has in common: its owner, its retries, its clock."""

from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, Param, RetryAction, RetryRule
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from duban.orchestration.lateness import tell_late
from duban.orchestration.notices import tell_failure
from duban.orchestration.outcomes import note_failure, note_retry, note_skip, note_success

OWNER = "数据组"

# These say that a file, a rule or a setting is wrong: trying again finds the same. Everything else may pass: a database
# that restarts, a server that does not answer, also where an InternalError reports it.
HOPELESS = ("UserError", "RuleError", "ConflictError")
RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=[f"duban.core.errors.{name}" for name in HOPELESS],
            action=RetryAction.FAIL,
            reason="数据、规则或设置有误，重试无用",
        )
    ],
    default=RetryAction.RETRY,
)


def default_args() -> dict[str, Any]:
    """Arguments of every task. Three retries, each later than the last, outlive the restart of a server."""
    return {
        "owner": OWNER,
        "retries": 3,
        "retry_delay": timedelta(minutes=2),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(minutes=30),
        "retry_policy": RETRY_POLICY,
        "execution_timeout": timedelta(minutes=30),
        # The alert first: it needs no database.
        "on_failure_callback": [tell_failure, note_failure],
        "on_success_callback": note_success,
        "on_retry_callback": note_retry,
        "on_skipped_callback": note_skip,
    }


def as_of_param() -> Param:
    """The Param `as_of`, the only clock of a run."""
    return Param(
        None,
        type=["null", "string"],
        title="计算时点",
        description="只看这一时点以前收到的材料，如 2018-08-17T17:00:00+08:00；留空即本次运行的计划时点。",
    )


def done_within(minutes: int) -> DeadlineAlert:
    """A run that has not succeeded so many minutes after it was queued is told of, once.

    In the triggerer: it has to speak also when every slot of the executor hangs.
    """
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback(tell_late, kwargs={"minutes": minutes}),
        name=f"{minutes} 分钟内完成",
    )
