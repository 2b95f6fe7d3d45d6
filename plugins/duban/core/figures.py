"""The figures of one paper: each number once, under a key, with its rule and the returns it came from."""

from collections.abc import Iterable

from duban.core.errors import ConflictError
from duban.core.papers import Figure


class Figures:
    """Collects the figures of a paper while it is written; prose and tables print what `add` returns."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, key: str, text: str, definition: str, returns: Iterable[int] = ()) -> str:
        """Register `text` as the figure `key`, worked out by the rule `definition`; returns the text.

        Raises ConflictError when the key already stands for another text.
        """
        figure = Figure(key, text, definition, tuple(returns))
        known = self._figures.setdefault(key, figure)
        if known.text != text:
            raise ConflictError(f"figure {key} is {known.text!r} and {text!r}")
        return text

    def all(self) -> tuple[Figure, ...]:
        """Every figure in the order in which it was added."""
        return tuple(self._figures.values())
