"""How high a row of a workbook must be: programs grow rows by themselves only sometimes, and merged cells never."""

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

LINE_HEIGHT, MARGIN, HIGHEST = 15, 6, 409  # points; no row of Excel is higher


def row_height(texts: Iterable[tuple[str, float]], least: float) -> float:
    """The height in points at which every text can be read; each stands beside the characters its cell is wide."""
    lines = max((ceil(characters(text) / room) for text, room in texts), default=1)
    return min(max(least, lines * LINE_HEIGHT + MARGIN), HIGHEST)


def characters(text: str) -> int:
    """Width of a text in characters: what is wide in Chinese fonts counts twice, quotation marks and dashes too."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
