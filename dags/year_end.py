"""
## 做什么

每季度第一个工作日先收取已收到的报表，再拟出上季度的《报告》（报管委会，数据取最近一期简报的截止时点）。
季度第一个报告期截止时，如有年度目标刚刚到期，拟出《年度考核通报》：各办事处两项指标的任务数、完成数、是否完成，
只计当年年底以前的成效，以截止时已收到的材料为准。拟出的是草稿，经核稿、签发才发出。

## 何时运行

每季度第一个工作日 9:00，和该季度第一个报告期截止时（各晚 2 分钟起跑，计算时点不变）。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明原因和改法。
其他故障自动重试三次。收件没有全部完成时不拟稿，以免漏计；排除后清除失败的任务即可。
停机错过的，恢复后按下面“重跑”手工补，计算时点填当时应运行的时点。

## 重跑

清除任务重跑，或手工触发并填“计算时点”，如 2018-10-08T09:00:00+08:00、2019-01-04T17:00:00+08:00；不是上述时点的不拟稿。
同一时点重跑得到同样的文件，不会多出一份。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.asking import hand_to_signers
from duban.orchestration.collecting import collect, keep_snapshot
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import QuarterTimes


@dag_of_each_plan(
    dag_id="year_end",
    dag_display_name="季度报告、年度考核",
    schedule=QuarterTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["公文", "报告", "考核"],
    doc_md=__doc__,
)
def year_end(plan: str) -> None:
    @task(task_display_name="拟报告")
    def report() -> list[int]:
        return tasks.draft_quarterly_papers(tasks.current_as_of())

    @task(task_display_name="拟年度考核通报")
    def judge_year() -> list[int]:
        return tasks.draft_year_assessment(tasks.current_as_of())

    collect() >> report() >> judge_year() >> [hand_to_signers(plan), keep_snapshot()]


year_end()
