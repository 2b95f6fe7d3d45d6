"""Text copied from elsewhere set as official papers set it (GB/T 9704-2012 clause 9; GB/T 15834, 15835).

Only spaces, brackets, marks and dashes change; no word does. Titles quoted in 《》 are set alike: what was lost in them
was lost in copying.
"""

import re
from collections.abc import Iterable
from datetime import date

from duban.core.wording import date_text

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_FULL = r"\u3000-\u303f\uff00-\uffef“”‘’—…·"
_SPACES = r"[ \t\u00a0\u3000]+"
_STOPS = tuple("。！？：；”）…")
_INNER_STOPS = re.compile(r"[，。；：、]")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]|\d+[.．]|[（(]\d+[）)]")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_DAY = r"\d{1,2}月\d{1,2}日"
_ISO_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_YEAR = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"


def normalised(text: str) -> str:
    """One paragraph with full-width marks, no space between Han characters and figures, dashes in ranges."""
    text = _spaced(text.strip())
    text = _bracketed(text)
    text = _widened(text)
    return _ranged(text)


def sentence(text: str) -> str:
    """A sentence of a list of findings as a paper sets it: days in full, no space between Han characters and figures.

    2018-08-24 becomes 2018年8月24日 (GB/T 9704 7.3.5.4); what looks like a day and is none stays.
    """
    return _spaced(_ISO_DAY.sub(lambda found: _day_in_full(found.group()), text))


def _day_in_full(written: str) -> str:
    try:
        return date_text(date.fromisoformat(written))
    except ValueError:
        return written


def _spaced(text: str) -> str:
    """No space beside a Han character, a full-width mark, or a bracket; one between Latin words stays."""
    beside = rf"[{_HAN}{_FULL}()]"
    return re.sub(rf"(?<={beside}){_SPACES}|{_SPACES}(?={beside})", "", text)


def _bracketed(text: str) -> str:
    """（二） for (二), （1） for (1): brackets that hold Chinese, or follow it or nothing; f(x) stays."""
    chinese = re.compile(rf"[{_HAN}{_FULL}]")

    def wide(found: re.Match[str]) -> str:
        before = text[max(found.start() - 1, 0) : found.start()]
        return f"（{found.group(1)}）" if not before or chinese.search(before + found.group(1)) else found.group()

    return re.sub(r"\(([^()]*)\)", wide, text)


def _widened(text: str) -> str:
    """，；：？！ for the half-width marks that follow a Han character or a full-width mark."""
    return re.sub(rf"(?<=[{_HAN}{_FULL}])[,;:?!]", lambda found: _WIDE[found.group()], text)


def _ranged(text: str) -> str:
    """8月11日—12月30日, 2018年—2020年 with a dash; 30%～40% with a wave."""
    text = re.sub(rf"({_YEAR}|{_DAY})[-－–~～]+(?=\d)", r"\1—", text)
    return re.sub(r"(\d+(?:\.\d+)?%)[-－–~—]+(?=\d+(?:\.\d+)?%)", r"\1～", text)


def rejoined(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs that a page's end or a copy broke in two, joined again; empty ones are left out.

    A paragraph of sentences that ends without a stop goes on in the next, unless that one begins with a number.
    """
    whole: list[str] = []
    for paragraph in (text.strip() for text in paragraphs):
        if not paragraph:
            continue
        if whole and _is_broken(whole[-1]) and not _NUMBERED.match(paragraph):
            whole[-1] += paragraph
        else:
            whole.append(paragraph)
    return whole


def _is_broken(paragraph: str) -> bool:
    return not paragraph.endswith(_STOPS) and bool(_INNER_STOPS.search(_NUMBERED.sub("", paragraph, count=1)))
