"""Numbers of private persons are never printed whole (domain.md §7): identity cards, mobile telephones, and telephones

that are not the issuer's own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from duban.core.cleaning import fold_width
from duban.core.figures import FigureText, Phrase
from duban.core.papers import PaperContent

# 居民身份证 has 18 digits, the last may be X; a mobile telephone 11, often in groups. What is longer is neither.
_OF_A_PERSON = re.compile(
    r"(?<![\d\uff10-\uff19])(?:\d{17}[\dXxＸｘ]|(?:\+?86[-\s]?)?[1１][3-9３-９]\d(?:[-\s]?\d{4}){2})(?![\d\uff10-\uff19])"
)
_FIXED_LINE = re.compile(r"(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)")
TELEPHONE = "telephone"
"""The field of a paper that holds its issuer's own number."""


def mask(text: str) -> str:
    """`text` with the middle of every such number starred: 138****5678, 410105********1234."""
    return _OF_A_PERSON.sub(_starred, text)


def _starred(number: re.Match[str]) -> str:
    digits = re.sub(r"[-+\s]", "", fold_width(number[0]))
    if len(digits) == len("8613800000000"):
        digits = digits[2:]
    kept = 6 if len(digits) > len("13800000000") else 3
    return digits[:kept] + "*" * (len(digits) - kept - 4) + digits[-4:]


def masked(content: PaperContent) -> PaperContent:
    """What a paper says, without any number of a private person; that of its issuer, its contact, stays."""
    own = str(content.fields.get(TELEPHONE, ""))

    def clean(text: str) -> str:
        return _FIXED_LINE.sub(lambda found: found[0] if found[0] == own else _short(found[0]), mask(text))

    return replace(
        content,
        title=clean(content.title),
        fields={name: _cleaned(name, value, clean) for name, value in content.fields.items()},
        quoted=tuple(map(clean, content.quoted)),
    )


def _short(number: str) -> str:
    return f"{number[:4]}****{number[-3:]}"


def _cleaned(name: str, value: object, clean: Callable[[str], str]) -> object:
    if name == TELEPHONE or isinstance(value, FigureText | Phrase):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(str(key), inner, clean) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned("", inner, clean) for inner in value]
    return value
