"""
## 做什么

替数据组看门：应当发生而没有发生的（工作日两小时没有收取、截止一小时没有简报、草稿久等、送达没有完成、
文件夹收不到），写入告警。只看本系统自己的表，不看 Airflow 的运行状态。
每天夜里另做五件事：核验存档、编号、变更链和签发件（duban verify）；把过去某一周的公文用留存的内容重现一遍、
逐字节比对（duban back-test，每夜一周，轮流）；重建数据文档；补备看板上缺的往期；发一份每日摘要。

## 何时运行

工作日 9 时至 19 时每半小时看一次，每天 22:00 做夜间的五件事（晚两分钟起跑）。

## 失败怎么办

核验、重现发现问题的，写入告警，任务不算失败。某一件失败不影响别的，摘要照发。
Airflow 本身停了，这里也不会运行：请另用操作系统的定时器运行 duban watch（见 docs/operating.md）。

## 重跑

清除任务重跑，或手工触发并填“计算时点”；填当天 22:00 即做夜间的五件事。同一天同一件事只告警一次。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.ticks import is_night
from duban.orchestration.timetables import TendingTimes


@dag_of_each_plan(
    dag_id="tend",
    dag_display_name="巡检",
    schedule=TendingTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["数据组", "巡检"],
    doc_md=__doc__,
)
def tend(_plan: str) -> None:
    @task(task_display_name="看门")
    def watch() -> None:
        tasks.watch(tasks.current_as_of())

    @task.short_circuit(task_display_name="是否夜间")
    def at_night() -> bool:
        return is_night(tasks.current_as_of())

    @task(task_display_name="核验")
    def verify() -> None:
        tasks.verify(tasks.current_as_of())

    @task(task_display_name="重现一周公文")
    def back_test() -> None:
        tasks.back_test(tasks.current_as_of())

    @task(task_display_name="数据文档")
    def data_docs() -> None:
        tasks.data_docs()

    @task(task_display_name="补备看板")
    def keep_cutoffs() -> None:
        tasks.keep_cutoffs(tasks.current_as_of())

    @task(task_display_name="每日摘要", trigger_rule="all_done")
    def digest() -> None:
        tasks.digest(tasks.current_as_of())

    watch()
    at_night() >> [verify(), back_test(), data_docs(), keep_cutoffs()] >> digest()


tend()
