"""The words and fonts by which elements of a 公文 are known: every Chinese word that the checker looks for."""

import re

GENRES = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "函", "纪要",
)  # fmt: skip
"""The fifteen genres of 条例 8; 命令 is also written 令."""

UPWARD_GENRES = ("报告", "请示")
DOWNWARD_GENRES = ("通知", "通报", "决定", "决议", "公告", "通告", "批复", "函", "公报")

FANGSONG = frozenset((
    "仿宋_GB2312", "仿宋", "方正仿宋_GBK", "方正仿宋简体", "方正仿宋_GB2312", "华文仿宋", "FangSong",
    "FangSong_GB2312", "STFangsong",
))  # fmt: skip
KAITI = frozenset((
    "楷体_GB2312", "楷体", "方正楷体_GBK", "方正楷体简体", "方正楷体_GB2312", "华文楷体", "KaiTi",
    "KaiTi_GB2312", "STKaiti",
))  # fmt: skip
HEITI = frozenset(("黑体", "方正黑体_GBK", "方正黑体简体", "方正黑体_GB2312", "华文黑体", "SimHei", "STHeiti"))
SONGTI = frozenset(("宋体", "方正书宋_GBK", "方正书宋简体", "华文宋体", "SimSun", "NSimSun", "新宋体", "STSong"))
XIAOBIAOSONG = frozenset((
    "方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB2312", "小标宋", "小标宋体", "方正小标宋",
    "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05",
))  # fmt: skip
LATIN = frozenset(("Times New Roman",))
KNOWN_FONTS = FANGSONG | KAITI | HEITI | SONGTI | XIAOBIAOSONG | LATIN

HAN = "〇一-龥"
NUMERAL = "一二三四五六七八九十百"
OPEN, CLOSE = "〔[［（(【〖", "〕]］）)】〗"
DRAFT_NUMBER = "〔待编〕"

NUMBER_LINE = re.compile(
    rf"(?P<code>[{HAN}]{{1,25}})\s*[{re.escape(OPEN)}]\s*(?P<year>\d{{2,4}})\s*(?:年\s*)?[{re.escape(CLOSE)}]"
    rf"\s*(?P<rest>第?\s*(?:\d{{1,6}}|{DRAFT_NUMBER})\s*号?)(?=$|\s)"
)
"""Anything meant as a 发文字号, rightly written or not."""

NUMBER = re.compile(rf"[{HAN}]+〔(\d{{4}})〕[1-9]\d*号")
ISSUE_LINE = re.compile(r"第.{1,8}期(?:\s*[（(].{1,20}[）)])?")
SIGNER = re.compile(r"签\s*发\s*人\s*[：:]\s*(?P<names>.*)")
SERIAL = re.compile(r"\d{6}")
SECRECY = re.compile(r"(?:绝密|机密|秘密)\s*(?:★.*)?")
URGENCY = re.compile(r"特\s*急|加\s*急|特提|平急|急件")
URGENCY_ALLOWED = ("特急", "加急")

_DIGITS = "0-9０-９〇○零一二三四五六七八九十"
DATE_LINE = re.compile(rf"[{_DIGITS}]{{2,4}}\s*年\s*[{_DIGITS}]{{1,3}}\s*月\s*[{_DIGITS}]{{1,3}}\s*日")
DATE = re.compile(r"(\d{4})年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
EDITOR_LINE = re.compile(rf"(?P<issuer>.+?)\s+(?P<date>{DATE_LINE.pattern})")

MARK_FORMS = (
    ("BULLETIN", ("简报", "快报", "专报", "动态", "信息", "简讯", "周报")),
    ("MINUTES", ("纪要",)),
    ("ORDER", ("命令", "令")),
    ("SLIP", ("通知单", "单", "工作提示")),
    ("GENERAL", ("文件",)),
)
"""How a mark, or the title where a mark says nothing, tells the form; in this order."""

DOCUMENT_WORD = "文件"
ABOUT, PARTICLE, UNITS = "关于", "的", "年月日%号"
HAN_WORD = re.compile(rf"[{HAN}]{{2}}")
HAN_TEXT = re.compile(rf"[{HAN}]")
TITLE = re.compile(rf"(?:.*关于.+|.{{2,60}})(?:{'|'.join(GENRES)}|单|方案|办法|提示|情况|建议|回执)")
TITLE_STYLES = frozenset(("Title", "title", "标题", "公文标题"))
ADDRESSEE = re.compile(r"[^。！？；]{2,400}[：:]")
HEADINGS = (
    re.compile(rf"(?P<ordinal>[{NUMERAL}]{{1,4}})、"),
    re.compile(rf"[（(](?P<ordinal>[{NUMERAL}]{{1,4}})[）)]"),
    re.compile(r"(?P<ordinal>\d{1,2})[.．、](?!\d)"),
    re.compile(r"[（(](?P<ordinal>\d{1,2})[）)]"),
)
HEADING_LABELS = (
    re.compile(rf"[{NUMERAL}]+、"),
    re.compile(rf"（[{NUMERAL}]+）"),
    re.compile(r"\d+\."),
    re.compile(r"（\d+）"),
)
"""How each level is rightly written (7.3.3)."""

LONGEST_HEADING = 40
ATTACHMENTS = re.compile(r"附\s*件\s*[：:]\s*.+")
ATTACHMENT_NUMBER = re.compile(r"(?:附\s*件\s*[：:]\s*)?(?P<ordinal>\d{1,2})(?P<dot>[.．、])\s*(?P<name>.+)")
ATTACHMENT_ONE = re.compile(r"附\s*件\s*[：:]\s*(?P<name>.+)")
ANNEX = re.compile(rf"附\s*件\s*(?P<ordinal>\d{{0,2}}|[{NUMERAL}]{{1,2}})\s*[：:]?")
NOTE = re.compile(r"[（(].{2,80}[）)]")
CAPTION = re.compile(r"(?:表|图)\s*\d+|注[：:]|说明[：:]|单位[：:]")
BLANK_PAGE_WORDS = re.compile(r"[（(]?\s*此页无正文\s*[）)]?")
LAST_PUNCTUATION = "。，、；：！？,.;:"

COPY = re.compile(r"抄\s*送\s*[：:]")
WRONG_COPY = re.compile(r"抄\s*[报发]\s*[：:]")
COLOPHON_STRONG = re.compile(rf"抄\s*[送报发]\s*[：:].*|.*{DATE_LINE.pattern}\s*印\s*发.*")
COLOPHON_WEAK = re.compile(r"(?:主\s*送|报|送|发)\s*[：:].*|\(?（?共印.{1,6}份）?\)?")
PRINTED_DAY = re.compile(rf"(?P<date>{DATE_LINE.pattern})\s*(?P<word>印\s*发)?")
PAGE_NUMBER = re.compile(r"(?P<left>[—–－―─-]+)\s*(?P<page>\d{1,4})\s*(?P<right>[—–－―─-]+)")
DASH = "—"

LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|【待|(?<![A-Za-z])(?:None|nan|NaN|undefined|null)(?![A-Za-z]|\s[A-Za-z])|#(?:REF|N/A)"
)
HALF_WIDTH = re.compile(rf"(?<=[{HAN}])[,;:?!()]|[,;:?!()](?=[{HAN}])")
DOUBLED = re.compile(r"[。，、；：]{2,}|\.{3,}|(?<!…)…(?!…)|。{2,}|--+")
STRAIGHT = re.compile(rf"[\"'](?=[{HAN}])|(?<=[{HAN}])[\"']")
BRACKETS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "「": "」"}
FULL_WIDTH_DIGITS = re.compile(r"[０-９％]+")
SHORT_YEAR = re.compile(r"(?<![\d０-９第])\d{2}年(?=\d{1,2}月)")
PADDED_DATE = re.compile(r"\d年0\d月|\d月0\d日")
BARE_RANGE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[—～~-]\d+(?:\.\d+)?%")
DATE_RANGE = re.compile(r"[年月日][-–~～](?=\d)")
RELATIVE_DATE = re.compile(r"昨日|昨天|前天|明天|明日|后天|今天")
SPACED_DIGITS = re.compile(rf"(?<=[{HAN}])\x20+\d|\d\x20+(?=[{HAN}])")
BARE_DECIMAL = re.compile(r"(?<![\d.A-Za-z])\.\d+%?")
NOT_AT_START = "，。、；：？！）》”’〕】…"
NOT_AT_END = "（《“‘〔【"
IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
STRONG_WORDS = re.compile(r"严重不负责|极其|极端|恶劣|令人震惊|不可容忍|屡教不改|明目张胆|敷衍了事|麻木不仁|消极怠工")
"""Adjectives that a 通报 of facts does without."""

LOCAL_PATH = re.compile(r"file:|^[A-Za-z]:[\\/]|\\\\")
ESCAPED = re.compile(r"&(?:lt|gt|amp|quot|#\d+);")
GENERATOR = re.compile(r"python-docx|docxtpl|Apache POI|docx4j", re.IGNORECASE)
ALLOWED_COMPAT = "15"
RETURN_SLIP_PARTS = {
    "退回的规则代码": re.compile(r"(?<![A-Z])[A-Z]\d{2}(?!\d)|整份退回"),
    "应更正为": re.compile(r"应为|更正|说明"),
    "报送时限": re.compile(r"\d+月\d+日.{0,12}前"),
    "联系人": re.compile(r"联系人"),
}
URGE_PARTS = {
    "编号": re.compile(r"〔\d{4}〕"),
    "事项": re.compile(r"事项"),
    "依据": re.compile(r"依据|根据|按照"),
    "时限": re.compile(r"\d+月\d+日.{0,12}前|时限"),
    "反馈方式": re.compile(r"反馈|报送|回复"),
    "联系人": re.compile(r"联系人"),
}
RECEIPT = re.compile(r"回执")
BULLETIN_PARTS = {"报、送、发": re.compile(r"^(?:报|送|发)\s*[：:]")}
PRINTED_WORD = re.compile(r"日\s*印\s*发")
