"""The task group that every DAG begins with: what has been received by `as_of` is archived, checked and recorded."""

from airflow.sdk import task, task_group

from duban.orchestration import tasks


@task_group(group_id="collect", group_display_name="收件")
def collect() -> None:
    """List the inbox, judge what is new in chunks, hand the slips back.

    The last task takes the ids from the first one's answer and reads the verdicts by id, never by place in the map.
    It runs when there was nothing to judge, and not when a chunk failed: then an office might be blamed for what lies
    unread.
    """

    @task(task_display_name="列目录、归档")
    def discover() -> list[list[int]]:
        return tasks.discover(tasks.current_as_of())

    # One chunk after the other: a return is checked against what its office last had accepted.
    @task(task_display_name="校验、入账", max_active_tis_per_dagrun=1)
    def judge(return_ids: list[int]) -> None:
        tasks.judge(return_ids, tasks.current_as_of())

    @task(task_display_name="退回补正通知", trigger_rule="none_failed")
    def hand_back(chunks: list[list[int]]) -> list[int]:
        return tasks.hand_back(chunks, tasks.current_as_of())

    chunks = discover()
    judged = judge.expand(return_ids=chunks)
    judged >> hand_back(chunks)  # type: ignore[arg-type]  # while a DAG is built, a task's answer stands for its value
