"""
## 做什么

每个工作日早上先收取已收到的报表，再逐项核对期限，把当天应发的催办通知单拟出来：
一个办事处一份，写明各事项、依据、逾期天数和收到了什么。拟出的是草稿，经核稿、签发才发出。
其后收到的材料改变了已签发的通报、报告所列任务数、完成数或名次的，拟更正通报。
等待核稿、签发已满一天的文书，每个工作日提醒办理人一次（写入告警；方案写明办理人邮箱的，并发邮件）。

## 何时运行

工作日 8:30（8:32 起跑，计算时点为 8:30）；报表截止当日 14:00 另运行一次，提醒尚未报送的办事处。
节假日和调休按运行当天已经公布的放假通知。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明原因和改法。
其他故障自动重试三次。收件没有全部完成时不拟通知单，以免错催；排除后清除失败的任务即可。
停机后恢复时只补跑最近错过的一次；更早的不补，各事项按恢复时的情形核对。

## 重跑

清除任务重跑，或手工触发并填“计算时点”。每个事项每一级只催一次，重跑不会多出一份。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.asking import hand_to_signers
from duban.orchestration.collecting import collect, keep_snapshot
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.ticks import REMIND
from duban.orchestration.timetables import MorningTimes


@dag_of_each_plan(
    dag_id="watch_deadlines",
    dag_display_name="期限督办",
    schedule=MorningTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["公文", "督办"],
    doc_md=__doc__,
)
def watch_deadlines(plan: str) -> None:
    @task(task_display_name="拟催办通知单")
    def draft() -> list[int]:
        return tasks.draft_due_letters(tasks.current_as_of())

    @task(task_display_name="拟更正通报")
    def correct() -> list[int]:
        return tasks.draft_corrections(tasks.current_as_of())

    @task(task_id=REMIND, task_display_name="提醒办理人")
    def remind() -> None:
        tasks.remind_persons(tasks.current_as_of())

    collect() >> draft() >> correct() >> [hand_to_signers(plan), keep_snapshot()]
    remind()


watch_deadlines()
