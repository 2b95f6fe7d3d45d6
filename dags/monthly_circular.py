"""
## 做什么

每月第一个工作日先收取已收到的报表，再拟出上月的《通报》（各办事处进展、排名、周报报送和逾期事项）；
有超期未复的部门协调事项的，同时拟出《部门待办清单》。
各项数据取最近一期简报的截止时点，与简报一致。拟出的是草稿，经核稿、签发才发出。

## 何时运行

每月第一个工作日 9:00（9:02 起跑，计算时点为 9:00）。节假日和调休按运行当天已经公布的放假通知。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明原因和改法。
其他故障自动重试三次。收件没有全部完成时不拟稿，以免漏计；排除后清除失败的任务即可。
停机错过的，恢复后按下面“重跑”手工补，计算时点填当月第一个工作日。

## 重跑

清除任务重跑，或手工触发并填“计算时点”，如 2018-08-01T09:00:00+08:00；该时点须在当月第一个工作日，否则不拟稿。
同一时点重跑得到同样的文件，不会多出一份。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.asking import hand_to_signers
from duban.orchestration.collecting import collect, keep_snapshot
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import MonthTimes


@dag_of_each_plan(
    dag_id="monthly_circular",
    dag_display_name="每月通报",
    schedule=MonthTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["公文", "通报"],
    doc_md=__doc__,
)
def monthly_circular(plan: str) -> None:
    @task(task_display_name="拟通报、清单")
    def draft() -> list[int]:
        return tasks.draft_monthly_papers(tasks.current_as_of())

    collect() >> draft() >> [hand_to_signers(plan), keep_snapshot()]


monthly_circular()
