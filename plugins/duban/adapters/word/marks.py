"""Marks around every value while a base document is filled in: they tell afterwards what stands where.

Noncharacters of Unicode, which no value can hold (`wording.plain` takes them out); they are gone before the document is
saved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup, escape

from duban.core.errors import InternalError
from duban.core.figures import FigureText, Phrase
from duban.core.wording import plain

BEGIN, WITHIN, END = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKED = re.compile(f"{BEGIN}(\\d+){WITHIN}([^{END}]*){END}")


class Origin(StrEnum):
    """Where a piece of a paper's text comes from."""

    WORDING = "wording"  # the base document
    FIGURE = "figure"
    VALUE = "value"  # any other text of the content
    SERIAL = "serial"  # the counter of a loop


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with its origin; `key` is the figure's."""

    origin: Origin
    text: str
    key: str = ""


@dataclass(slots=True)
class Marks:
    """The values of one filling, in the order in which they were printed."""

    values: list[tuple[Origin, str]] = field(default_factory=list)

    def around(self, value: object) -> object:
        """What a tag prints for `value`: its text, escaped and marked. Raises InternalError for what is no text."""
        if type(value) is int:
            return self._mark(Origin.SERIAL, "", str(value))
        if isinstance(value, Phrase):
            return Markup("").join(self._text(part) for part in value.parts)
        if not isinstance(value, str):
            raise InternalError(f"a paper prints texts, not {value!r}")
        return self._text(value)

    def _text(self, value: str) -> Markup:
        if isinstance(value, FigureText):
            return self._mark(Origin.FIGURE, value.key, value)
        return self._mark(Origin.VALUE, "", value)

    def _mark(self, origin: Origin, key: str, text: str) -> Markup:
        """Braces become character references, because docxtpl would take `{_{` in a value for its own notation."""
        self.values.append((origin, key))
        escaped = str(escape(plain(text))).replace("{", "&#123;").replace("}", "&#125;")
        marked = f"{BEGIN}{len(self.values) - 1}{WITHIN}{escaped}{END}"
        return Markup(marked)  # noqa: S704  # escaped here

    def pieces(self, text: str) -> Iterator[Piece]:
        """A marked text in pieces."""
        end = 0
        for found in _MARKED.finditer(text):
            if found.start() > end:
                yield Piece(Origin.WORDING, text[end : found.start()])
            origin, key = self.values[int(found.group(1))]
            yield Piece(origin, found.group(2), key)
            end = found.end()
        if end < len(text):
            yield Piece(Origin.WORDING, text[end:])


def unmarked(text: str) -> str:
    """`text` without its marks."""
    return _MARKED.sub(r"\2", text) if BEGIN in text else text
