"""
## 做什么

把已签发的公文送给全部收文单位（主送、抄送、报、送、发），每个单位一次：
缺省放进发件目录中该单位的文件夹；方案 deliveries 写明邮箱的，以电子邮件发送，附签发件。
所列事项在发送前均已办结的，暂缓发送，由签发人决定放行或者作废。

## 何时运行

工作日 7 时至 19 时每十分钟一次（晚两分钟起跑，计算时点为整十分）。没有待发的，一步即毕。

## 失败怎么办

对方暂时不收的，下次自动再试；被拒收的、不知是否送达的，不会自动重发，
用 duban deliveries 查看，向收文单位核实后用 duban deliver --retry 或 --confirm 处理。
数据或设置有误的，立即失败、不重试；其他故障自动重试三次。

## 重跑

清除任务重跑，或手工触发并填“计算时点”。已送达的不会再送，重跑不会多出一份。
"""

from datetime import timedelta

from airflow.sdk import task

from duban.orchestration import tasks
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan
from duban.orchestration.timetables import DeliveryTimes


@dag_of_each_plan(
    dag_id="deliver_papers",
    dag_display_name="公文送达",
    schedule=DeliveryTimes,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    params={"as_of": as_of_param()},
    tags=["公文", "送达"],
    doc_md=__doc__,
)
def deliver_papers(_plan: str) -> None:
    @task(task_display_name="发送签发件")
    def deliver() -> list[int]:
        return tasks.deliver(tasks.current_as_of())

    deliver()


deliver_papers()
