"""
## 做什么

一份文书一次运行：先请核稿人核稿，再请签发人签发。两步都在“待操作”中办理，按钮为通过（签发）、退回修改，可写意见；
自行登记编号的发文机关，签发时填写编号。只有方案指定的人员及其代理人可以办理，起草、核稿、签发不得为同一人。
签发即编号、成文、存档，随后由“公文送达”送出；退回修改的，带着意见重拟一稿，另行送签。

## 何时运行

拟稿的各个 DAG 拟稿后自动启动；一份草稿只启动一次。没有缺省答复，不答复就一直等待；
超过一天的，每个工作日提醒一次。用 duban review、sign、reject 办理的，这里随后（一天以内）自动结束。

## 失败怎么办

不予办理的（草稿已变动、编号有误、不是代理日期等），日志最后一行写明原因，约半分钟后重新询问，间隔逐次加长，
最多八次；仍失败的，改正后清除失败的任务，会再次询问。所列事项已办结的，草稿自动撤下，剩余事项另拟一稿。
刚提出询问就收到的答复，Airflow 有时会丢下；任务重试时先找回这一答复，照样办理，不会问第二遍。

## 重跑

随时可以清除任务重跑：已核稿、已签发的不会再问，不会另取编号，也不会改动签发件。
手工触发须填“文书编号”（duban papers 所列的 id）；“计算时点”一般留空，即以答复的时间为办理时间。
"""

from airflow.sdk import Param, chain

from duban.core.signing import Role
from duban.core.signoff_texts import TASK_NAMES
from duban.orchestration.asking import AskPerson, hand_to_signers
from duban.orchestration.conventions import as_of_param
from duban.orchestration.each_plan import dag_of_each_plan

MOST_PAPERS = 1000


@dag_of_each_plan(
    dag_id="sign_and_issue",
    dag_display_name="核稿签发",
    schedule=None,
    max_active_runs=MOST_PAPERS,
    params={"paper_id": Param(type="integer", minimum=1, title="文书编号"), "as_of": as_of_param()},
    tags=["公文", "签发"],
    doc_md=__doc__,
)
def sign_and_issue(plan: str) -> None:
    questions = [
        AskPerson(task_id=task_id, task_display_name=TASK_NAMES[role], role=role.value)
        for task_id, role in (("review", Role.REVIEWER), ("sign", Role.SIGNER))
    ]
    chain(*questions, hand_to_signers(plan))


sign_and_issue()
