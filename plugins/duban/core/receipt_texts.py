"""Every sentence about receipts of papers that a person is told, in one table."""

BAD_CODE = "签收码“{code}”不对，请核对通知单上的八个字母（如 KTBM-WXZA）。"
UNKNOWN_CODE = "没有签收码为“{code}”的通知单，请核对。"
NOT_DELIVERED = (
    "第 {id} 号文书《{title}》尚未登记送达，不能登记签收；确已收到的，请先用 duban deliver --confirm 登记送达。"
)
NO_NAME = "没有写明签收人，请用 --by 填写。"
REGISTERED = "已登记签收：第 {id} 号文书《{title}》，{by}{reply}。"
WITH_REPLY = "，附回执"
BY_MAIL = "{sender}（邮件交回回执）"
BY_FILE = "{unit}（交回回执文件）"
RETURNED_FILE = "回执-"
NOBODY_MISSING = "没有逾期未签收的通知单。"
