"""Finds an answer that Airflow has stored and never brought to the task that asked for it.

Airflow 3.3.2 fails a try whose answer comes while the scheduler still has the exit of the asking process before it
(apache/airflow#67287, #72716: within seconds of the question, more on a busy machine). The answer stays in Airflow's
table of questions, which a task cannot read; a trigger can.
"""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from airflow.sdk.exceptions import AirflowRuntimeError
from airflow.sdk.execution_time.hitl import get_hitl_detail_content_detail
from airflow.triggers.base import BaseTrigger, TriggerEvent
from asgiref.sync import sync_to_async

SETTLED_SECONDS = 10.0
"""A trigger that fires at once would lose its own event in the same way: the scheduler looks once a second or less."""


class StoredAnswer(BaseTrigger):
    """Fires once, with the answer to the question of the task instance `ti_id`, or with nothing.

    The event is what `execute_complete` of a HITLOperator gets.
    """

    def __init__(self, ti_id: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow's own
        self.ti_id = ti_id

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """How Airflow brings the trigger to the triggerer."""
        return f"{type(self).__module__}.{type(self).__qualname__}", {"ti_id": self.ti_id}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Wait until the scheduler knows that the task waits, then look."""
        await asyncio.sleep(SETTLED_SECONDS)
        stored = await sync_to_async(_stored)(self.ti_id)
        yield TriggerEvent(stored)  # type: ignore[no-untyped-call]  # as above


def _stored(ti_id: str) -> dict[str, Any]:
    try:
        stored = get_hitl_detail_content_detail(ti_id=UUID(ti_id))
    except AirflowRuntimeError as error:
        if (error.error.detail or {}).get("status_code") == HTTPStatus.NOT_FOUND:  # nothing was asked before
            return {}
        raise
    if not stored.response_received:
        return {}
    by = stored.responded_by_user
    return {
        "chosen_options": stored.chosen_options,
        "params_input": stored.params_input,
        "responded_at": stored.responded_at,
        "responded_by_user": {"id": by.id, "name": by.name} if by else None,
    }
