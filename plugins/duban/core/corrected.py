"""Which figures of a paper no longer hold: what a 更正 tells (domain.md §7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from duban.core.papers import Figure

CORRECTED = ("required", "done", "rank")
"""The last parts of the keys of figures whose change is made known: a required count, a done count or a rank."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """One figure as it was printed and as it is."""

    was: Figure
    now: Figure

    @property
    def office(self) -> str:
        """The code of the office, or the word of the figures of the whole district."""
        return self.was.key.partition(".")[0]

    @property
    def part(self) -> str:
        """What was counted: `committees.done`, `rank`."""
        return self.was.key.partition(".")[2]


def corrected(was: Iterable[Figure], now: Iterable[Figure]) -> tuple[Corrected, ...]:
    """The figures of `was` that read otherwise in `now`, in the order of `was`; only those that a 更正 is about."""
    present = {figure.key: figure for figure in now}
    told = (figure for figure in was if figure.key.rpartition(".")[2] in CORRECTED and figure.key in present)
    return tuple(Corrected(figure, present[figure.key]) for figure in told if figure.text != present[figure.key].text)
