"""Text as clerks' programs leave it: invisible characters, white space and width (returns.md, "What is normalised").

Only what cannot be seen or cannot be meant is changed. Compatibility forms that carry a meaning of their own (①, ², ㎡)
stay as they are in values; headers, which are compared and never kept, are folded altogether.
"""

import re
import unicodedata
from functools import lru_cache

_DROPPED_LOUDLY = "\0"
_SPACE_CONTROLS = frozenset("\t\n\v\f\r\x85")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_IDEOGRAPH = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_GAP = re.compile(f"(?<={_IDEOGRAPH}) (?={_IDEOGRAPH})")
_ASCII_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


class _Visible(dict[int, str]):
    """What each character becomes when a text is cleaned; filled in as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character in _SPACE_CONTROLS or category in ("Zs", "Zl", "Zp"):
            becomes = " "
        elif category in ("Cc", "Cs"):
            becomes = _DROPPED_LOUDLY
        else:
            becomes = "" if category == "Cf" else character
        self[code] = becomes
        return becomes


_VISIBLE = _Visible()


def clean(text: str) -> tuple[str, bool]:
    """`text` without what cannot be seen, and whether a control character was dropped.

    White space at the ends goes, within it becomes one space, and none between two Chinese characters (王　伟 → 王伟).
    Zero-width and direction marks and BOMs go silently; control characters and lone surrogates go and are told.
    """
    if text.isprintable() and " " not in text:
        return text, False
    visible = text.translate(_VISIBLE)
    dirty = _DROPPED_LOUDLY in visible
    visible = " ".join(visible.replace(_DROPPED_LOUDLY, "").split())
    return _GAP.sub("", visible), dirty


def fold_width(text: str) -> str:
    """`text` with full-width ASCII (１２，Ａ) made half-width; nothing else changes."""
    return text if text.isascii() else text.translate(_WIDTH)


def fold_ideographs(text: str) -> str:
    """`text` with compatibility ideographs and radicals (⼩, 豈 U+F900) made the characters they stand for."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def fold_choice(text: str) -> str:
    """`text` as choices are compared: width and ideographs folded, without any space."""
    return fold_width(fold_ideographs(text)).replace(" ", "")


def fold_identifier(text: str) -> str:
    """`text` as a 小区编号 is written: half-width capitals without spaces (ｍｈ－００１ → MH-001)."""
    return fold_width(text).replace(" ", "").translate(_ASCII_UPPER)


@lru_cache(maxsize=1024)
def fold_label(text: str) -> str:
    """`text` as headers, labels and sheets' names are compared: NFKC, nothing invisible, no space."""
    return clean(unicodedata.normalize("NFKC", text))[0].replace(" ", "")
