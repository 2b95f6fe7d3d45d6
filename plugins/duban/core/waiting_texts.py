"""How a reviewer or signer is reminded of the papers that wait for him."""

from duban.core.signing import Role

SUBJECT = "提醒{person}：{count} 份文书等待办理已满一天"
TEXT = """\
{lines}
办法：在 Airflow 的“待操作”中办理，或用 duban review|sign|reject 编号 --as {person}。"""
LINE = "第 {id} 号文书《{title}》，{since:%Y-%m-%d %H:%M} 起待{act}。"
ACTS = {Role.REVIEWER: "核稿", Role.SIGNER: "签发"}
