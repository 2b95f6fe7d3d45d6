"""The figures of one paper: each number once, under a key, with its rule and the returns it came from."""

from collections.abc import Iterable

from duban.core.errors import ConflictError
from duban.core.papers import Figure


class FigureText(str):
    """The printed text of a registered figure. It knows its key, so that the finished paper can be held to it.

    Whatever is made of it (a slice, an f-string) is a plain text again, and its numbers are nobody's: use `phrase`.
    """

    __slots__ = ("key",)
    key: str

    @classmethod
    def of(cls, text: str, key: str) -> "FigureText":
        printed = cls(text)
        printed.key = key
        return printed


class Phrase(str):
    """A text put together from parts, some of them figures."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]


def phrase(*parts: str) -> Phrase:
    """The parts in one text, in which each figure is still a figure: `phrase("共", count, "处")`."""
    text = Phrase("".join(parts))
    text.parts = tuple(one for part in parts for one in (part.parts if isinstance(part, Phrase) else (part,)))
    return text


def joined(separator: str, texts: Iterable[str]) -> Phrase:
    """The texts with `separator` between them, as a phrase."""
    spread = [part for text in texts for part in (separator, text)]
    return phrase(*spread[1:])


class Figures:
    """Collects the figures of a paper while it is written; prose and tables print what `add` returns."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, key: str, text: str, definition: str, returns: Iterable[int] = ()) -> FigureText:
        """Register `text` as the figure `key`, worked out by the rule `definition`; returns what is to be printed.

        Raises ConflictError when the key already stands for another text.
        """
        figure = Figure(key, str(text), definition, tuple(returns))
        known = self._figures.setdefault(key, figure)
        if known.text != text:
            raise ConflictError(f"figure {key} is {known.text!r} and {text!r}")
        return FigureText.of(figure.text, key)

    def all(self) -> tuple[Figure, ...]:
        """Every figure in the order in which it was added."""
        return tuple(self._figures.values())
