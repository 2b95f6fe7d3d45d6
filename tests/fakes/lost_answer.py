"""Gives an answer that Airflow loses, as its scheduler loses one that comes too early (apache/airflow#67287, #72716).

`python -m fakes.lost_answer RUN TASK OPTION USER`, in the environment of a running duban: the answer is stored, and the
try that asked for it fails by the same call with which the scheduler fails it, instead of going on with the answer.
"""

import sys


def lose(run_id: str, task_id: str, option: str, user: str) -> None:
    """Store the answer and fail the try. Imports Airflow, whose settings must stand by then."""
    from airflow.models.dagbag import DBDagBag
    from airflow.models.hitl import HITLDetail
    from airflow.models.taskinstance import TaskInstance
    from airflow.sdk.timezone import utcnow
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        asked = TaskInstance.run_id == run_id, TaskInstance.task_id == task_id
        ti = session.scalars(select(TaskInstance).where(*asked)).one()
        detail = session.get_one(HITLDetail, ti.id)
        detail.chosen_options, detail.params_input = [option], {}
        detail.responded_by, detail.responded_at = {"id": user, "name": user}, utcnow()
        session.flush()
        ti.task = DBDagBag().get_dag_for_run(dag_run=ti.dag_run, session=session).get_task(task_id)
        ti.handle_failure("the executor reported success, the task instance's state is queued", session=session)


if __name__ == "__main__":
    from duban.orchestration.replay import prepare

    prepare()
    lose(*sys.argv[1:])
