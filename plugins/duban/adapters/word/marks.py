"""Telling afterwards what stands where in a base document that was filled in.

A value is either known by the type of the text that it is printed as (`Printed`), or, where the text goes through hands
that are not ours, by marks around it: noncharacters of Unicode, which no value can hold (`wording.plain` takes them
out); they are gone before the document is saved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

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


class Piece(NamedTuple):
    """A piece of text with its origin; `key` is the figure's."""

    origin: Origin
    text: str
    key: str = ""


def pieces_of(value: object) -> Iterator[Piece]:
    """What a tag prints for `value`, piece by piece. Raises InternalError for what is no text."""
    if type(value) is int:
        yield Piece(Origin.SERIAL, str(value))
        return
    if not isinstance(value, str):
        raise InternalError(f"a paper prints texts, not {value!r}")
    for part in value.parts if isinstance(value, Phrase) else (value,):
        if isinstance(part, FigureText):
            yield Piece(Origin.FIGURE, plain(part), part.key)
        else:
            yield Piece(Origin.VALUE, plain(part))


def stands_as_it_is(text: str) -> bool:
    """Whether a text is printed as it is: nothing to take out, nothing to escape."""
    return text.isprintable() and not ("&" in text or "<" in text or ">" in text)


class Printed(str):
    """What a tag printed, escaped as XML is written; it knows the value that it was printed for."""

    __slots__ = ("value",)
    value: object

    @classmethod
    def of(cls, value: object) -> "Printed":
        """Raises InternalError for what is no text."""
        if type(value) is not int and not isinstance(value, str):
            raise InternalError(f"a paper prints texts, not {value!r}")
        text = str(value)
        if not stands_as_it_is(text):
            text = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        printed = cls(text)
        printed.value = value
        return printed

    def __str__(self) -> str:
        """Itself: Jinja prints whatever `str` makes of a value, and the type would be lost."""
        return self


@dataclass(slots=True)
class Marks:
    """The values of one filling, in the order in which they were printed."""

    values: list[tuple[Origin, str]] = field(default_factory=list)

    def around(self, value: object) -> Markup:
        """What a tag prints for `value`: its text, escaped and marked. Raises InternalError for what is no text."""
        return Markup("").join(map(self._mark, pieces_of(value)))

    def _mark(self, piece: Piece) -> Markup:
        """Braces become character references, because docxtpl would take `{_{` in a value for its own notation."""
        self.values.append((piece.origin, piece.key))
        escaped = str(escape(piece.text)).replace("{", "&#123;").replace("}", "&#125;")
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
