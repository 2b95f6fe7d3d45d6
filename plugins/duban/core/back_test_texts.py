"""What `duban back-test` says: each paper held against what it would be if it were made again today."""

PARTS = {"draft": "草稿", "signed": "签发件", "figures": "数字"}
OUTCOMES = {"same": "一致", "differs": "不一致", "failed": "无法重现", "none": "不比对"}
PAPER = "第 {id} 号 {number}《{title}》（截至 {as_of:%Y-%m-%d %H:%M}）：{outcomes}"
OUTCOME = "{part}{outcome}"
FIGURE = "  {key}：公文中为 {printed}，现在重算为 {again}"
NOT_THERE = "无"
FAILED = "  {part}无法重现：{error}"
CORRECTED = "  已拟第 {id} 号更正通报，请核稿、签发。"
CORRECTION_REMARK = "重算"
"""Ends the file name of a 更正通报 that a back-test has drafted."""
SEEN = "已重现 {papers} 份已签发的公文，{differing} 份与原件不一致。"
NOTHING = "没有已签发的公文可以重现。"
ALERT = "{count} 份已签发的公文重现后与原件不一致"
ALERT_TEXT = (
    "{papers}\n"
    "办法：执行 duban back-test 公文编号，看差在哪里。程序或模板改过、字节不同而数字相同的，原件不受影响；"
    "数字不同的，先查规则和台账有何变动；通报、报告的更正通报已经拟好的，由核稿人、签发人决定。"
)
MORE = "……另有 {count} 份"
