"""What alerts say."""

LETTER = "{subject}\n\n时间：{at:%Y-%m-%d %H:%M}\n\n{text}\n"
FAILED = "任务失败：{dag} / {task}"
FAILED_TEXT = """\
运行：{run}（第 {attempt} 次）
原因：{error}
办法：{remedy}"""
HOPELESS = "数据、规则或设置有误，重试无用。按“原因”改正后，在 Airflow 中清除这一任务（Clear），它会重新运行。"
TRIED_AGAIN = "已重试仍未成功。先执行 duban doctor 查看数据库、目录和网络，恢复后在 Airflow 中清除这一任务（Clear）。"
RUN_FAILED = "运行失败或超时"
