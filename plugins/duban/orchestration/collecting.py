"""What every DAG begins with: all that was received by `as_of` is archived, checked and recorded; and how most end."""

from airflow.sdk import task, task_group

from duban.orchestration import tasks


@task_group(group_id="collect", group_display_name="收件")
def collect() -> None:
    """List the inbox, judge what is new in chunks, hand the slips back.

    The last task asks the ledger what is still unanswered, so that it also makes good what a crash left undone.
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

    @task(task_display_name="回执、退回补正", trigger_rule="none_failed")
    def hand_back() -> list[int]:
        return tasks.hand_back(tasks.current_as_of())

    judge.expand(return_ids=discover()) >> hand_back()


@task(task_display_name="备好看板")
def keep_snapshot() -> None:
    """A run ends with it, whatever else it does: the board shows at once what stands after it. Nothing waits for it."""
    tasks.keep_snapshot(tasks.current_as_of())
