"""What is said of a database that is older than what was issued."""

OLDER = (
    "数据库比已签发的公文旧：签发记录到变更链第 {seq} 条，数据库到第 {found} 条{same}。"
    "多半是恢复了较早的备份，继续签发会重复编号，已停止签发；请恢复更新的备份，没有的，"
    "查实后执行 duban reconcile --as 办理人 --reason 原因，跳过已用的编号。"
)
OTHER_CHAIN = "，且两者在该条的内容不同"
NOTHING_TO_DO = "数据库与签发记录一致，无需对账。"
NEEDS_REASON = "对账须写明办理人（--as）和原因（--reason）。"
LOST = "数据库中没有：{printed}（{path}，SHA-256 {sha256}）。"
RECONCILED = "已对账：数据库中缺 {count} 份已签发的公文，其编号不再使用；可以继续签发。原件仍在存档和文书目录中。"
NO_NUMBER = "无编号"
