"""Numbers in the text of a paper, and those that count nothing: parts of dates, document numbers, codes, clauses.

Spans are pairs of offsets [start, end) into the text they were found in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

Span = tuple[int, int]

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HAN_DIGITS = "〇零一二三四五六七八九十百千"
HAN_NUMBER = re.compile(rf"第[{_HAN_DIGITS}]+")
ORDINAL = re.compile(rf"[{_HAN_DIGITS}]+")

# What carries digits without counting anything. A count is never written like one of these.
_CONSTANT_FORMS = (
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日",
    r"\d{4}年(?:\d{1,2}月份?)?",
    r"(?<!\d)\d{1,2}月(?:份|(?!\d))",
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?",
    r"\d{1,2}时(?:\d{1,2}分)?|(?<!\d)\d{1,2}:\d{2}(?!\d)",
    r"〔(?:\d{4}|待编)〕(?:\d+|〔待编〕)?号?",  # 郑经管办〔2018〕92号
    r"第\d+[期号条款项]",
    r"《[^》]*》",
    r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",  # telephone
    r"(?<!\d)\d{3,6}\*{2,}[\dX]{2,4}(?!\d)",  # a private number, starred (core/masking.py)
    r"(?<![A-Za-z0-9])[A-Z]{1,3}-?\d+(?!\d)",  # R03, F9, MH-001, A4
)
_CONSTANTS = re.compile("|".join(_CONSTANT_FORMS))
# Numbering in the wording of a base document: 表1, 附件2, 1. and （1）.
_NUMBERING = re.compile(r"[表图]\d+|附件\d+|(?<!\d)\d+\.(?!\d)|（\d+）")
_QUOTES = str.maketrans("“”‘’", '""""')


def folded(text: str) -> str:
    """`text` with every kind of quotation mark as one, since a quotation changes those of a clause; same length."""
    return text.translate(_QUOTES)


def numbers(text: str) -> Iterator[Span]:
    """Every number of a text: Arabic ones, and Han ones after 第."""
    for found in NUMBER.finditer(text):
        yield found.span()
    for found in HAN_NUMBER.finditer(text):
        yield found.span()


def wording_spans(text: str) -> list[Span]:
    """Where a base document's own words are numbering."""
    return [found.span() for pattern in (_NUMBERING, HAN_NUMBER) for found in pattern.finditer(text)]


def constant_spans(text: str, constants: Sequence[str]) -> list[Span]:
    """Where numbers of `text` are parts of constants: of `constants`, dates, document numbers, codes."""
    spans = [found.span() for found in _CONSTANTS.finditer(text)]
    same = folded(text)
    for constant in constants:
        start = same.find(constant)
        while start >= 0:
            spans.append((start, start + len(constant)))
            start = same.find(constant, start + 1)
    return spans


def strays(text: str, spans: Callable[[], Iterable[Span]]) -> list[Span]:
    """The numbers of `text` that lie in none of `spans`, which are only asked for where there are numbers."""
    found = list(numbers(text))
    covered = list(spans()) if found else []
    return [number for number in found if not any(within(number, span) for span in covered)]


def within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def numbered_texts(data: Any) -> tuple[str, ...]:
    """Every text with a number anywhere in `data` (dataclasses, mappings, sequences), folded and once each.

    A text that is nothing but a number is none: it would hide counts.
    """
    found = {folded(text.rstrip("。")) for text in _texts(data)}
    return tuple(sorted((text for text in found if _names_something(text)), key=len, reverse=True))


def _names_something(text: str) -> bool:
    return any(numbers(text)) and any(char.isalpha() for char in NUMBER.sub("", text))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif is_dataclass(data) and not isinstance(data, type):
        for field in fields(data):
            yield from _texts(getattr(data, field.name))
    elif hasattr(data, "items"):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, tuple | list | frozenset | set):
        for value in data:
            yield from _texts(value)
