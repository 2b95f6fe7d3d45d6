"""Headings of the four levels “一、” “（一）” “1.” “（1）” (7.3.3), with the words that are set as a heading."""

from collections.abc import Sequence

from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.document import Paragraph, Place
from duban.adapters.gb9704.elements import Heading

_DIGITS = {digit: at for at, digit in enumerate("〇一二三四五六七八九")}


def headings_of(lines: Sequence[Paragraph]) -> tuple[Heading, ...]:
    """Every paragraph of the text that begins with a level's number, whether rightly written or not."""
    return tuple(heading for line in lines if line.place is Place.FLOW and (heading := _heading(line)))


def _heading(line: Paragraph) -> Heading | None:
    for level, pattern in enumerate(words.HEADINGS, start=1):
        found = pattern.match(line.text)
        if found:
            written = found["ordinal"]
            ordinal = int(written) if written.isdecimal() else counted(written)
            return Heading(level, ordinal, found.group(), _title(line.text), line)
    return None


def _title(text: str) -> str:
    """A heading that runs on into its paragraph ends with its first full stop."""
    head, stop, _ = text.partition("。")
    return head + stop


def counted(numeral: str) -> int:
    """一 to 九十九 as a number; 0 if it is none."""
    if "百" in numeral:
        return 0
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
