"""The words of the 证据清单."""

TITLE = "{title}证据清单（截至{as_of}）"
NAME = "证据清单-{paper}.xlsx"
COLUMNS = (
    ("事项编号", 14),
    ("事项", 20),
    ("依据（方案原文或本办决定）", 44),
    ("期限", 20),
    ("逾期天数/工作日", 12),
    ("收到的文件", 28),
    ("收到时间", 20),
    ("文件校验值（SHA-256）", 34),
    ("处理结果", 12),
    ("告知的单元格", 32),
    ("工作日依据（年度及公布日期）", 24),
)
NOTHING_CAME = "未收到"
STATUSES = {"accepted": "已采用", "partial": "部分采用", "returned": "退回补正", "duplicate": "重复"}
NO_EVIDENCE = "公文 {id}《{title}》不是按期限拟的文书，没有证据清单。"
LOST = "公文 {id}《{title}》的证据清单 {path} 不见了，请从备份恢复。"
