"""
## 做什么

在每个报告期截止时，先收取当时已收到的报表，再按截止时点拟出一期《工作简报》和数据附表（Excel）；
简报里的每个数都出自账本在截止时点的状态；截止以后收到的，进下一期。

## 何时运行

每个报告期截止后两分钟，时点按方案和放假通知推算（没有工作日的那一周不出简报，并入下一期）。
计算时点是截止的那一刻，不是实际运行的时间。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明原因和改法。
其他故障自动重试三次；30 分钟仍没有完成的，告警。
收件没有全部完成时不出简报，以免把已报送的写成未报送；排除后清除失败的任务即可。
停机错过截止的，恢复后补跑最近一期；更早的按下面“重跑”手工补。

## 重跑

清除任务重跑，或手工触发并在“计算时点”填某期的截止时点，如 2018-08-17T17:00:00+08:00。
同一时点重跑得到同一份文件，不会多出一期。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.asking import hand_to_signers
from duban.orchestration.collecting import collect, keep_snapshot
from duban.orchestration.conventions import as_of_param, done_within
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import CutoffTimes


@dag_of_each_plan(
    dag_id="weekly_report",
    dag_display_name="工作简报",
    schedule=CutoffTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    deadline=done_within(minutes=30),
    params={"as_of": as_of_param()},
    tags=["公文", "简报"],
    doc_md=__doc__,
)
def weekly_report(plan: str) -> None:
    @task(task_display_name="拟简报")
    def draft() -> list[int]:
        return tasks.draft_weekly_report(tasks.current_as_of())

    collect() >> draft() >> [hand_to_signers(plan), keep_snapshot()]


weekly_report()
