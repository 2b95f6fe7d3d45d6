"""How a person is asked in Airflow: 核稿 and 签发 as human-in-the-loop tasks, and how papers get their runs.

Airflow shows the question and checks who answers; what an answer does is `pipeline.sign_off`'s. Nothing has a default:
a day without an answer only looks whether somebody has signed by `duban sign` meanwhile, and asks on. An answer that
Airflow has stored and lost is found again before anybody is asked twice (docs/decisions/sign-off.md).
"""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the product is for the task that runs

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import Context, Param, task, task_group
from airflow.sdk.definitions.param import ParamsDict

from duban.core import signoff_texts as texts
from duban.core.errors import InternalError, UsageError
from duban.core.plan_heads import dag_id_of
from duban.core.signing import Role
from duban.orchestration import tasks
from duban.orchestration.stored_answer import StoredAnswer
from duban.orchestration.ticks import OPEN_RUNS, RUN_OF_PAPER, SIGN_AND_ISSUE

if TYPE_CHECKING:
    from duban.pipeline.sign_off import Answer, Question

log = logging.getLogger(__name__)
LOOK_AGAIN = timedelta(days=1)
# A refused answer is asked for again while the person still sits there; then ever later, so that the restart of a
# server is outlived: an hour in all.
ASK_AGAIN, TRIES_MORE = timedelta(seconds=15), 8
REMARK, NUMBER, DRAFT = "remark", "number", "draft"


class AskPerson(HITLOperator):
    """Asks the reviewer or the signer of the run's paper. `role` is a value of core.signing.Role.

    The task succeeds once the paper was dealt with in that role, by this answer or by anybody elsewhere. An answer
    that is refused fails the try; the next one asks again.
    """

    def __init__(self, *, role: str, **arguments: Any) -> None:
        self.role = role
        options = [texts.APPROVE[role], texts.REJECT]
        patience = {"retries": TRIES_MORE, "retry_delay": ASK_AGAIN}
        super().__init__(subject=role, options=options, response_timeout=LOOK_AGAIN, **(arguments | patience))

    def execute(self, context: Context) -> None:
        """Ask, unless there is nothing left to ask; after a try that failed, look first for an answer to it."""
        ti = context["ti"]
        if ti.try_number > 1 and tasks.app().sign_off.is_open(paper_of(context), Role(self.role)):
            self.defer(trigger=StoredAnswer(str(ti.id)), method_name=self.take_stored.__name__)
        self._ask(context)

    def take_stored(self, context: Context, event: dict[str, Any]) -> None:
        """Carry out the answer that an earlier try was given. One that was refused is refused again: then ask."""
        try:
            if event:
                self._carry_out(context, event)
        except UsageError as refused:
            log.warning("the stored answer is refused: %s", refused)
        self._ask(context)

    def _ask(self, context: Context) -> None:
        paper_id = paper_of(context)
        question = tasks.app().sign_off.question(paper_id, Role(self.role), _day_of(context))
        if question is None:
            log.info("paper %s does not wait for its %s", paper_id, self.role)
            return
        self.subject, self.body, self.params = question.subject, question.body, _form(question)
        self.assigned_users = [{"id": user, "name": name} for user, name in question.users.items()]
        super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> None:
        """Carry out what was answered; after a day without an answer, look whether it is still wanted."""
        if "error" in event:
            self._ask(context)
            return
        try:
            self._carry_out(context, event)
        except UsageError as refused:
            log.warning("%s", refused)
            raise InternalError(f"the answer was refused and is asked for again: {refused}") from refused

    def _carry_out(self, context: Context, event: Mapping[str, Any]) -> None:
        answer = _answer(event, self.role, given_as_of(context))
        tasks.app().sign_off.answer(paper_of(context), Role(self.role), answer)


def paper_of(context: Mapping[str, Any]) -> int:
    """The paper of the run: its Param paper_id."""
    return int(context["params"]["paper_id"])


def given_as_of(context: Mapping[str, Any]) -> datetime | None:
    """The Param as_of, with which somebody signs for a past instant; None: an answer counts from when it is given."""
    return tasks.as_of(context) if context["params"]["as_of"] else None


def _day_of(context: Mapping[str, Any]) -> datetime:
    return tasks.as_of(context)


def _form(question: "Question") -> ParamsDict:
    # A field that may stay empty takes null: Airflow's page keeps its buttons grey until every other one is filled.
    fields = {
        REMARK: Param(
            None, type=["null", "string"], title=texts.REMARK, description=texts.REMARK_TOLD, format="multiline"
        ),
        DRAFT: Param(question.draft, type="string", title=texts.DRAFT, description=texts.DRAFT_TOLD),
    }
    if question.number is not None:
        told = texts.NUMBER_TOLD.format(example=question.number)
        fields[NUMBER] = Param(None, type=["null", "string"], title=texts.NUMBER, description=told)
    return ParamsDict(fields)


def _answer(event: Mapping[str, Any], role: str, as_of: datetime | None) -> "Answer":
    from duban.pipeline.sign_off import Answer

    given, user = event["params_input"] or {}, event["responded_by_user"] or {}
    return Answer(
        user=user.get("id", ""),
        approved=event["chosen_options"] == [texts.APPROVE[role]],
        at=as_of or event["responded_at"],
        remark=given.get(REMARK) or "",
        number=str(given.get(NUMBER) or "") or None,
        seen=given.get(DRAFT) or None,
    )


GROUP, _, OPEN = OPEN_RUNS.partition(".")


@task_group(group_id=GROUP, group_display_name="送签")
def hand_to_signers(plan: str) -> None:
    """A run of sign_and_issue for every paper of the plan that waits for a person and has none, whoever drafted it."""

    @task(task_display_name="列出待签文书", trigger_rule="none_failed")
    def waiting() -> list[int]:
        return tasks.waiting_for_signature()

    TriggerDagRunOperator.partial(
        task_id=OPEN,
        task_display_name="送核稿人",
        trigger_dag_id=dag_id_of(SIGN_AND_ISSUE, plan),
        # A paper is one draft; what is drafted anew is another paper.
        trigger_run_id=RUN_OF_PAPER + "{{ task.conf['paper_id'] }}",
        logical_date=None,
        skip_when_already_exists=True,
    ).expand(conf=waiting().map(_conf))


def _conf(paper_id: int) -> dict[str, int]:
    return {"paper_id": paper_id}
