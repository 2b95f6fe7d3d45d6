"""
## 做什么

收取各办事处报送的工作簿：列出收件目录，原件存档，逐件校验，合格的行入账，有问题的拟退回（补正）通知单。
任何一份文件有问题，只影响它自己；同一文件收多少次，结果都一样。

## 何时运行

工作日 7 时至 19 时每半小时一次；每天（含休息日）23:30 再列一次目录，使当日截止的事项在截止前两小时内有据可查。
日历按运行当天已经公布的放假通知。

## 失败怎么办

数据、规则或设置有误的，立即失败、不重试：看失败任务的日志，最后一行写明是哪个文件、哪条规则、怎么改。
其他故障（数据库重启、网络中断）自动重试三次，每次间隔加倍；25 分钟仍没有完成的，告警。
停机漏掉的时点，恢复后只补最近一次，其间收到的一并收取。

## 重跑

随时可以清除任务重跑，或手工触发；已收的不重复入账。
要按过去某一时点收取，在触发页的“计算时点”填该时点，只看当时已收到的文件。
"""

# Airflow loads no file in which its own name does not stand; here it would stand nowhere else.
from datetime import timedelta

from duban.orchestration.collecting import collect, keep_snapshot
from duban.orchestration.conventions import as_of_param, done_within
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import CollectingTimes


@dag_of_each_plan(
    dag_id="collect_returns",
    dag_display_name="收取报表",
    schedule=CollectingTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    deadline=done_within(minutes=25),
    params={"as_of": as_of_param()},
    tags=["收件", "校验"],
    doc_md=__doc__,
)
def collect_returns(_plan: str) -> None:
    collect() >> keep_snapshot()


collect_returns()
