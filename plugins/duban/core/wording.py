"""How the papers write dates, times, numbers and lists (GB/T 9704 7.3.5.4 and clause 9)."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from math import ceil

from duban.core.formatting import percent
from duban.core.weeks import ZONE

NONE = "无"
DASH = "—"
_DIGITS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def date_text(day: date) -> str:
    """2018年8月3日: Arabic figures, the full year, no leading noughts (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_text(day: date) -> str:
    """8月3日, where the year is plain."""
    return f"{day.month}月{day.day}日"


def weekday_text(day: date) -> str:
    """星期五."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def time_text(moment: datetime) -> str:
    """17时, 8时30分, in Asia/Shanghai."""
    local = moment.astimezone(ZONE)
    return f"{local.hour}时{local.minute}分" if local.minute else f"{local.hour}时"


def moment_text(moment: datetime) -> str:
    """8月3日17时, in Asia/Shanghai."""
    return day_text(moment.astimezone(ZONE).date()) + time_text(moment)


def full_moment_text(moment: datetime) -> str:
    """2018年8月3日17时, in Asia/Shanghai."""
    return date_text(moment.astimezone(ZONE).date()) + time_text(moment)


def listed(items: Iterable[str]) -> str:
    """甲、乙、丙; 无 when there is nothing to list."""
    return "、".join(items) or NONE


def plain(text: str) -> str:
    """`text` without control characters and noncharacters, its line breaks and tabs as single spaces: what prints."""
    if text.isprintable():  # nearly every text, and nothing of these is
        return text
    return re.sub(r"[\t\r\n\x85]+", " ", _CONTROL.sub("", text))


def quote(text: str) -> str:
    """“text”, with double quotes inside it made single (GB/T 15834)."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def ordinal(number: int) -> str:
    """一, 十二, 二十 for 1 … 99: the numbers of headings."""
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return leading + (_DIGITS[ones] if ones else "")


def signed(change: int) -> str:
    """+3, 0, −2: a change in a table."""
    return f"+{change}" if change > 0 else str(change).replace("-", "−")


def compared(change: int) -> str:
    """A change in prose: 比上期增加3个, 与上期持平, 比上期减少2个."""
    if change == 0:
        return "与上期持平"
    return f"比上期{'增加' if change > 0 else '减少'}{abs(change)}个"


def share_text(share: Fraction) -> str:
    """A share of the plan: 30%, 33.3%."""
    return percent(share).removesuffix(".0") + "%"


def rounded_up(amount: Fraction) -> str:
    """An amount that is needed, to one decimal, never less than the exact one: 1/3 is 0.4."""
    tenths = ceil(amount * 10)
    return f"{tenths // 10}.{tenths % 10}"
