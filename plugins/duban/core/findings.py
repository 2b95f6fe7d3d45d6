"""Findings: what is wrong with a return, as data (returns.md, "Findings"). Wording stands in messages."""

from dataclasses import dataclass
from enum import StrEnum


class FindingClass(StrEnum):
    """The classes of the national statistics reporting system."""

    A = "A"  # 强制性: must be corrected
    B = "B"  # 准强制性: accepted only with a reason
    C = "C"  # 核实性: accepted, flagged, reason asked for
    D = "D"  # 提示性: a hint


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault with its address.

    `sheet` and `cell` (`F12`) are None for the file as a whole, `compound` where no one compound is meant, `column`
    is the column's key. `found` and `expected` are texts in the words of the form; `reason` is the office's own
    explanation from 说明原因, None while there is none.
    """

    code: str
    sheet: str | None
    cell: str | None
    compound: str | None
    found: str
    expected: str
    column: str | None = None
    row: int | None = None
    reason: str | None = None

    @property
    def cls(self) -> FindingClass:
        """The class of its code."""
        return class_of(self.code)


_CLASS_OF_LETTER = {
    "F": FindingClass.A,
    "R": FindingClass.A,
    "B": FindingClass.B,
    "C": FindingClass.C,
    "D": FindingClass.D,
}
CLASS_OF = {"F10": FindingClass.D}


def class_of(code: str) -> FindingClass:
    """The class that a code's first letter stands for (F and R are class A), but for those in CLASS_OF."""
    return CLASS_OF.get(code) or _CLASS_OF_LETTER[code[0]]
