"""What the nightly round says: its digest, and what `duban runs` shows."""

OUTCOMES = {"succeeded": "成功", "failed": "失败", "retried": "将重试", "skipped": "略过"}
STATUSES = {"accepted": "接受", "partial": "部分接受", "returned": "退回", "duplicate": "重复"}
DIGEST = "每日摘要：{runs} 次运行，{failed} 步失败"
DIGEST_TEXT = """\
过去 24 小时（至 {until:%Y-%m-%d %H:%M}）。
运行：{runs}
失败：{failures}
收到：{returns}
问题：{findings}
待办文书：{waiting}
送达：{deliveries}
办法：{remedy}"""
RUNS = "{dag} {count} 次"
FAILURE = "{dag} / {step}（{run}，{error}）"
RETURNS = "{status} {count} 份"
FINDINGS = "{code} {count} 处"
WAITING = "{count} 份等待核稿或签发，编号 {ids}"
DELIVERIES = "{count} 项没有完成（{states}），编号 {ids}"
STATES = {"uncertain": "不知是否送达", "refused": "被拒收", "bounced": "被退回", "held": "暂缓"}
STATE = "{state} {count} 项"
NOTHING = "无"
NO_RUNS = "没有任何运行，请查看 Airflow 的调度器是否在运行（make up）"
NEEDED = "duban runs --failed 看失败的步骤，duban papers 看待办文书，duban deliveries --open 看没有完成的送达。"
NOT_NEEDED = "无须处理。"
MORE = "……"
VERIFY = "核验发现 {count} 个问题"
VERIFY_TEXT = "{defects}\n办法：执行 duban verify 查看全部；被改动、缺失的从存档或备份恢复，恢复前不要签发。"
DEFECT = "{check}：{text}"
HEADERS = ("运行", "计算时点", "步骤", "次", "结果", "结束", "秒", "原因")
PART = " 第 {part} 批"
NO_RUN_FOUND = "这段时间没有符合条件的运行。"
