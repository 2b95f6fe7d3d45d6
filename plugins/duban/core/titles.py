"""Titles broken into lines by sense (GB/T 9704 7.3.1): 词意完整、排列对称、长短适宜, a trapezium or a diamond.

A line is never broken inside a name, a number, 《》 or “”, nor before 的; the words that follow 关于 stay with it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil

MOST_LINES = 4
ONE_LINE_MORE = 10.0
LIMIT = 20.0
"""Characters of 22 pt that a line of 156 mm holds, rounded down."""

WORDS = (
    "实施方案", "进展情况", "完成情况", "考核结果", "考核情况", "有关情况", "有关事项", "有关数据", "有关问题",
    "工作情况", "目标任务", "督促检查", "通知单", "关于", "印发", "报送", "更正", "撤销", "提请", "予以", "情况",
    "工作", "任务", "目标", "进展", "完成", "排名", "考核", "年度", "季度", "月份", "第一", "第二", "第三", "第四",
    "周报", "简报", "事项", "数据", "问题", "逾期", "督办", "催办", "落实", "推进", "通报", "通知", "报告", "意见",
    "建议", "批评", "管理", "提升", "住宅", "小区", "办公室", "办事处", "领导小组", "委员会", "管委会", "全区",
    "全面", "开展", "加强", "做好", "进一步", "有关", "名单", "清单", "部门", "待办", "协调", "结果", "表彰", "暂定",
    "研究", "转发", "文件",
)  # fmt: skip
"""Words that official titles are made of: between two of them a line may be broken."""

VERBS = ("印发", "报送", "更正", "撤销", "提请", "予以", "落实", "推进", "开展", "加强", "做好", "研究", "转发")
"""A line does not end with one of these: what they govern follows."""

_QUOTED = r"《[^》]*》|“[^”]*”|（[^）]*）"
_WHOLE = (
    r"[^\s〔《（]{1,12}〔[^〕]*〕[^\s号]{1,4}号|\d{4}年(?:第[一二三四]季度|\d+月(?:\d+日)?|度)?|第?[\d.]+(?:[年月日个期号条项次%]|—[\d.]+年?)?"
    r"|[A-Za-z]+"
)
GAP = 0.25
"""Characters that Word and LibreOffice leave between a Han character and a figure or letter."""

_HAN_BESIDE_FIGURE = re.compile(r"(?<=[一-龥])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[一-龥])")
_NOT_FIRST = tuple("的和与及之等、，。；：》”）〕")
_NOT_LAST = tuple("《“（〔")
_ABOUT = "关于"
_SHORTEST = 4.0

Lines = Sequence[Sequence[str]]


def title_lines(title: str, names: Iterable[str] = (), limit: float = LIMIT) -> tuple[str, ...]:
    """The lines of a title, each at most `limit` characters wide; `names` are kept whole where they fit a line."""
    if set_width(title) <= limit:
        return (title,)
    pieces = _pieces(title, names, limit)
    for fewest in range(ceil(set_width(title) / limit), MOST_LINES + 1):
        fitting = list(_broken(pieces, limit, fewest))
        shaped = [lines for lines in fitting if _is_shaped(lines)]
        if shaped and max(map(len, shaped)) < MOST_LINES:
            more = (lines for lines in _broken(pieces, limit, fewest + 1) if _is_shaped(lines))
            return _joined(min((*shaped, *more), key=_cost))
        if shaped or (fitting and fewest == MOST_LINES):
            return _joined(min(shaped or fitting, key=_cost))
    return tuple(_cut(title, limit))


def _joined(lines: Lines) -> tuple[str, ...]:
    return tuple("".join(line) for line in lines)


def width(text: str) -> float:
    """Width in characters: Latin letters and figures take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def set_width(text: str) -> float:
    """Width as a line is set: with the gaps that Word leaves between Han and figures."""
    return width(text) + gaps(text)


def gaps(text: str) -> float:
    """What the gaps between Han and figures come to, in characters."""
    return GAP * len(_HAN_BESIDE_FIGURE.findall(text))


def _pieces(title: str, names: Iterable[str], limit: float) -> list[str]:
    """The title in pieces between which it may be broken; a piece too wide for a line falls into characters."""
    known = sorted({name for name in names if len(name) > 1 and set_width(name) <= limit}, key=len, reverse=True)
    found: list[str] = []
    for piece in _matches(title, known, quoted=True):
        inner = [piece] if set_width(piece) <= limit else _matches(piece, known, quoted=False)
        for part in inner:
            if found and (part.startswith(_NOT_FIRST) or _belongs(found[-1], part, known)):
                found[-1] += part
            else:
                found.append(part)
    return [part for piece in found for part in ([piece] if set_width(piece) <= limit else _cut(piece, limit))]


def _matches(text: str, known: Sequence[str], *, quoted: bool) -> list[str]:
    """The text in names, what stands in brackets (`quoted`), numbers, words and single characters."""
    whole = [_QUOTED, _WHOLE] if quoted else [_WHOLE]
    words = [re.escape(word) for word in WORDS]
    pattern = "|".join([*map(re.escape, known), *whole, *words, "."])
    return [match.group() for match in re.finditer(pattern, text, re.DOTALL)]


def _belongs(left: str, right: str, known: Sequence[str]) -> bool:
    """Whether two pieces must not be parted: an opening mark and what follows, or characters that no word claims."""
    if left.endswith(_NOT_LAST):
        return True
    return len(right) == 1 and not _is_word(right, known) and not _is_word(left, known) and left[-1] not in _NOT_FIRST


def _is_word(piece: str, known: Sequence[str]) -> bool:
    return piece in WORDS or piece in known or re.fullmatch(rf"{_QUOTED}|{_WHOLE}", piece) is not None


def _cut(piece: str, limit: float) -> list[str]:
    size = int(limit / 2)
    return [piece[at : at + size] for at in range(0, len(piece), size)]


def _broken(pieces: Sequence[str], limit: float, lines: int) -> Iterator[list[list[str]]]:
    """Every way to break the pieces into so many lines at most, each of a fit length and not ending with 关于."""
    if not pieces:
        yield []
    if not pieces or not lines:
        return
    for end in range(1, len(pieces) + 1):
        line = list(pieces[:end])
        length = set_width("".join(line))
        if length > limit:
            return
        if length >= _SHORTEST and line[-1] != _ABOUT:
            yield from ([line, *rest] for rest in _broken(pieces[end:], limit, lines - 1))


def _is_shaped(lines: Sequence[Sequence[str]]) -> bool:
    """A trapezium or a diamond: the lines grow, shrink, or grow and then shrink."""
    widths = _widths(lines)
    widest = widths.index(max(widths))
    rising, falling = widths[: widest + 1], widths[widest:]
    return rising == sorted(rising) and falling == sorted(falling, reverse=True)


def _cost(lines: Lines) -> float:
    """How far from even the lines are, and how little sense there is in each break."""
    widths = _widths(lines)
    mean = sum(widths) / len(widths)
    uneven = sum((one - mean) ** 2 for one in widths) / len(widths)
    strain = sum(_strain(upper[-1], lower[0]) for upper, lower in pairwise(lines))
    return uneven + strain + ONE_LINE_MORE * len(lines)


def _strain(left: str, right: str) -> float:
    """Least before 关于, little after 的, 、 or 和, more between two words of one phrase, most after a verb."""
    if right.startswith(_ABOUT):
        return 0
    if left in VERBS:
        return 60
    return 4 if left.endswith(("的", "、", "和", "与", "》", "”")) else 16


def _widths(lines: Sequence[Sequence[str]]) -> list[float]:
    return [set_width("".join(line)) for line in lines]
