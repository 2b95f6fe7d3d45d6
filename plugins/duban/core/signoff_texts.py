"""What a reviewer or signer is asked in Airflow, and the buttons that answer it."""

from duban.core.signing import Role

REVIEW = "通过"
SIGN = "签发"
REJECT = "退回修改"
APPROVE = {Role.REVIEWER.value: REVIEW, Role.SIGNER.value: SIGN}
TASK_NAMES = {Role.REVIEWER.value: "核稿", Role.SIGNER.value: "签发"}

REMARK = "意见"
REMARK_TOLD = "退回修改的，请写明意见；通过、签发的可以不填。"
NUMBER = "编号"
NUMBER_TOLD = "由发文机关自行登记的编号，如 {example}，也可以只写序号。"
DRAFT = "所看草稿"
DRAFT_TOLD = "草稿的 SHA-256，请勿改动；草稿若有变动，不予办理。"

SUBJECTS = {
    Role.REVIEWER.value: "请核稿：第 {id} 号文书《{title}》",
    Role.SIGNER.value: "请签发：第 {id} 号文书《{title}》",
}
BODY = """\
**{issuer}** 拟发，主送：{to}。

- 文书：[第 {id} 号文书](/duban/papers/{id})
{evidence}- 草稿文件：`{path}`
- 逐项核对来源：`duban trace {id}`
- 草稿校验值（SHA-256）：`{sha256}`
- 办理人：{persons}

也可以用命令办理：`duban review|sign|reject {id} --as 姓名`，本页随后自动结束。
"""
EVIDENCE = "- 依据：[证据清单](/duban/papers/{id}/evidence)，核对：`duban trace {id} --evidence`\n"
NOT_ASKED = "{user} 不是第 {id} 号文书的办理人，请由 {persons} 办理。"
NO_REMARK = "退回修改（未写意见）"
