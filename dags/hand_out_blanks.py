"""
## 做什么

每个报告期开始时先收取已收到的报表，再给每个办事处备好本期的周报表，放进发件目录下该办事处的文件夹：
填好上次采用的全部数据，编号锁定，带下拉选项和校验，逾期未办的标黄，退回待补的标红，仍然有效的说明原因照录。
办事处只改有变化的格子。

## 何时运行

每个报告期第一个工作日 7:30（7:32 起跑，计算时点为 7:30）。节假日和调休按运行当天已经公布的放假通知；
整周放假、与下期合并报送的，随下期一并下发。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明原因和改法。
其他故障自动重试三次。停机错过的，恢复后补发本期的；已过去的报告期不补。
急用时可以单独生成一份：duban blank --office MH --week 2018-08-17 --filled -o 文件名。

## 重跑

清除任务重跑，或手工触发。已经下发的周报表保持原样，不会覆盖，办事处可能正在填写；
要换新的，先从发件目录取走原来那份，再重跑。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.collecting import collect
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import OpeningTimes


@dag_of_each_plan(
    dag_id="hand_out_blanks",
    dag_display_name="下发周报表",
    schedule=OpeningTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["表样", "下发"],
    doc_md=__doc__,
)
def hand_out_blanks(_plan: str) -> None:
    @task(task_display_name="填好并下发周报表")
    def hand_out() -> list[str]:
        return tasks.hand_out_blanks(tasks.current_as_of())

    collect() >> hand_out()


hand_out_blanks()
