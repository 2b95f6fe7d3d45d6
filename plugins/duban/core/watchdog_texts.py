"""What the watchdog says when something that should have happened did not."""

NO_COLLECTION = "两小时没有收取报表"
NO_COLLECTION_TEXT = (
    "{since:%H:%M} 以来没有完成过一次收取。"
    "办法：duban doctor 看收件目录和数据库，再看 Airflow 的调度器是否在运行（make up）。"
)
UNREACHABLE = "收不到 {offices} 的文件夹"
UNREACHABLE_TEXT = (
    "其他办事处收到了。办法：检查这些文件夹的地址、权限和网络；缺了这段时间的收取，是否按时会成为“未判定”。"
)
NO_REPORT = "{week} 的工作简报没有起草"
NO_REPORT_TEXT = (
    "截止时间 {cutoff:%Y-%m-%d %H:%M} 已过一小时。办法：在 Airflow 中手工触发 weekly_report，“计算时点”填截止时间。"
)
WAITING = "{count} 份草稿等待核稿或签发已满两个工作日"
WAITING_TEXT = "办法：duban papers 查看，请核稿人、签发人办理。编号：{ids}。"
DOUBTFUL = "{count} 项送达没有完成"
DOUBTFUL_TEXT = "办法：duban deliveries --open 查看，向收文单位核实后用 --retry 或 --confirm 办理。编号：{ids}。"
ALL_DONE = "应当发生的都已发生。"
