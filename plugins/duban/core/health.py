"""What `duban doctor` says of each thing that it looks at."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at, what was found, and what to do."""

    check: str
    level: Level
    text: str


LEVELS = {Level.FINE: "正常", Level.WARNING: "注意", Level.FAULT: "故障"}
UNEXPECTED = "检查没有完成（{error}），请把这一行告诉开发人员。"
UNKNOWN_SETTINGS = "环境变量 {names} 无人使用，多半是写错了名字；可用的是 {known}。"
SETTINGS = "设置可用，数据目录 {home}。"
OF_PLAN = "{check}（{plan}）"
"""What was looked at, where it is one plan's of several."""
UNCLEAR_USERS = "DUBAN_AIRFLOW_USERS 中 {names} 没有写明方案，不起作用；每人须写作“key/姓名=用户”，key 如 {example}。"
UNCLEAR_OFFICES = "看板授权文件中 {names} 没有写明方案，不起作用；有几个方案时办事处各行须写 plan，如 plan: {example}。"
SAME_PREFIX = "几个方案的发文字号都用“{prefix}”，编号会重复；请各用各的代字。"
PLAN = "方案“{name}”可用，{offices} 个办事处。"
DATABASE = "已连接，PostgreSQL {version}，结构 {revision}。"
TOO_OLD = "PostgreSQL {version} 太旧，本系统需要 {oldest} 或更新的版本；请升级数据库后再用。"
OUTDATED = "结构是 {revision}，程序需要 {newest}；执行任一命令或 make up 即自动升级，升级前先备份。"
NEWER = "结构 {revision} 比程序（{newest}）新；请升级程序，不要用旧程序写入。"
CLOCK = "与数据库相差 {seconds:.1f} 秒。"
CLOCK_OFF = "本机时钟与数据库相差 {seconds:.0f} 秒，截止时间会算错；请启用时间同步（NTP）。"
ZONE = "时区数据可用，北京时间 {now}。"
ZONE_OFF = "AIRFLOW__CORE__DEFAULT_TIMEZONE 是 {zone}，应为 Asia/Shanghai。"
CALENDAR = "已有 {years} 年的放假安排。"
CALENDAR_MISSING = (
    "没有 {year} 年的放假安排，只按周一至周五计算；请把国务院办公厅通知写入方案的 calendar 或升级 chinesecalendar。"
)
DISK = "{path} 所在磁盘可用 {free:.1f} GiB。"
DISK_LOW = "{path} 所在磁盘只剩 {free:.1f} GiB，请清理或扩容；低于 1 GiB 算作故障，写满后收件和签发都会失败。"
FOLDER = "{path} 可写。"
FOLDER_OFF = "{path} 不可写（{error}），请检查目录是否存在、属主和权限。"
INBOX = "收件目录可读，{offices} 个办事处的文件夹齐全。"
INBOX_PARTIAL = "收件目录缺办事处文件夹：{missing}；请建立，或确认该处不用文件夹报送。"
INBOX_OFF = "收件目录 {url} 不可读（{error}），请检查地址、网络和权限。"
INBOX_WHY = "收件目录不可读：{error}"
FONTS = "公文字体齐全。"
FONTS_OFF = "未装字体 {missing}，本机另存 PDF 时会用别的字体代替；.docx 不受影响，请在打印的电脑上安装。"
NO_FONTCONFIG = "没有 fc-list，无法查看字体；只影响本机另存 PDF。"
SECRETS = "密钥文件只有属主可读。"
SECRETS_OPEN = "{path} 别人也能读，请执行 chmod 600。"
ISSUED = "数据库与签发记录一致。"
ALERTS = "告警写入 {path}{and_}。"
AND_SENT = "，并发往 DUBAN_ALERTS 所指的地址"
