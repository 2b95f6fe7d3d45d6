"""The register of numbers as it is printed: every number in order, void ones too, missing ones named (domain.md §7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duban.core.papers import PaperRecord


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A line of a register: the number, and the paper that has it; None for a number that no paper has (漏号)."""

    number: int
    printed: str
    paper: PaperRecord | None


def register_lines(
    used: Mapping[int, tuple[str, int]], papers: Mapping[int, PaperRecord], *, own: bool
) -> Iterator[NumberLine]:
    """The lines of one series of a year: `used` tells of each number its printed form and its paper.

    A gap is told only of registers of our own: others number papers that duban never sees.
    """
    for number in range(1, max(used, default=0) + 1):
        printed, paper_id = used.get(number, ("", 0))
        if number in used or own:
            yield NumberLine(number, printed, papers.get(paper_id))


def missing(lines: Sequence[NumberLine]) -> tuple[int, ...]:
    """The numbers that no paper has."""
    return tuple(line.number for line in lines if line.paper is None)
