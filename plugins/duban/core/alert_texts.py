"""What alerts say."""

LETTER = "{subject}\n\n时间：{at:%Y-%m-%d %H:%M}\n\n{text}\n"
ABOUT = "〔{plan}〕{subject}"
"""The subject of an alert where there are several plans."""
FAILED = "任务失败：{dag} / {task}"
FAILED_TEXT = """\
运行：{run}（第 {attempt} 次）
原因：{error}
办法：{remedy}"""
HOPELESS = "数据、规则或设置有误，重试无用。按“原因”改正后，在 Airflow 中清除这一任务（Clear），它会重新运行。"
TRIED_AGAIN = "已重试仍未成功。先执行 duban doctor 查看数据库、目录和网络，恢复后在 Airflow 中清除这一任务（Clear）。"
RUN_FAILED = "运行失败或超时"
LATE = "运行超时：{dag} 过了 {minutes} 分钟还没有完成"
LATE_TEXT = """\
运行：{run}（状态 {state}）
步骤：{steps}
办法：在 Airflow 中打开这次运行，看停在哪一步的日志。数据库、收件目录或网络不通的（duban doctor），恢复后它会自己继续；
卡住不动的，清除该步骤（Clear），重跑不会多出一份；已经失败的，按那一步的告警处理。"""
STEPS_DONE = "已完成 {done}；停在其后的一步"
NO_STEP_DONE = "还没有一步完成（可能仍在排队，或调度器没有空位）"
STEPS_UNKNOWN = "暂时查不到（数据库不通）"
