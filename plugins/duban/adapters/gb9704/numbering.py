"""Numbers that Word writes by itself: “一、” of an automatic list is part of what a reader sees."""

import re
from collections import defaultdict
from collections.abc import Mapping

from duban.adapters.gb9704.styles import Bag, bag
from duban.adapters.gb9704.xml import Element, child, children, number, value

DEEPEST_LEVEL = 8
_HAN = "〇一二三四五六七八九"
_HAN_KINDS = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
}
_PLACE = re.compile(r"%([1-9])")
_FIRST_LETTER = 64
_CIRCLES = 0x245F


def han(count: int) -> str:
    """1 to 99 in Chinese numerals: 一, 十, 十一, 二十."""
    tens, ones = divmod(count, 10)
    if count <= 0 or tens > 9:
        return str(count)
    head = "" if not tens else "十" if tens == 1 else _HAN[tens] + "十"
    return head + (_HAN[ones] if ones or not tens else "")


def _written(count: int, kind: str) -> str:
    if kind in _HAN_KINDS:
        return han(count)
    if kind in {"upperLetter", "lowerLetter"} and 0 < count <= 26:
        letter = chr(_FIRST_LETTER + count)
        return letter if kind == "upperLetter" else letter.lower()
    if kind == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(_CIRCLES + count)
    return "" if kind in {"bullet", "none"} else str(count)


class Numbering:
    """The lists of a document. `label` counts: call it once a numbered paragraph, in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        abstract = {value(list_, "w:abstractNumId"): list_ for list_ in children(root, "w:abstractNum")}
        self._lists: Mapping[str, Element | None] = {
            value(num, "w:numId") or "": abstract.get(value(child(num, "w:abstractNumId")))
            for num in children(root, "w:num")
        }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def level(self, list_id: str, depth: int) -> Element | None:
        """The definition of one level of a list."""
        levels = children(self._lists.get(list_id), "w:lvl")
        return next((level for level in levels if number(value(level, "w:ilvl")) == depth), None)

    def shape(self, list_id: str, depth: int) -> Bag:
        """The paragraph properties that a level brings."""
        return bag(child(self.level(list_id, depth), "w:pPr"))

    def label(self, list_id: str, depth: int) -> str:
        """The next number at this level as it is printed, empty for bullets and unknown lists."""
        level = self.level(list_id, depth)
        if level is None:
            return ""
        counts = self._counts[list_id]
        counts[depth] = counts[depth] + 1 if depth in counts else self._start(list_id, depth)
        for deeper in [known for known in counts if known > depth]:
            del counts[deeper]
        pattern = value(child(level, "w:lvlText")) or ""
        if value(child(level, "w:numFmt")) == "bullet":
            return ""
        return _PLACE.sub(lambda place: self._count(list_id, int(place[1]) - 1), pattern)

    def _start(self, list_id: str, depth: int) -> int:
        start = number(value(child(self.level(list_id, depth), "w:start")))
        return 1 if start is None else start

    def _count(self, list_id: str, depth: int) -> str:
        kind = value(child(self.level(list_id, depth), "w:numFmt")) or "decimal"
        return _written(self._counts[list_id].get(depth, self._start(list_id, depth)), kind)
