"""The bad-input catalogue as data: what is sent, and what must become of it (docs/bad-inputs.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duban.core.compound import Compound
from duban.pipeline.ports import ReturnRecord

CASES = range(1, 131)
NO_RETURN = "passed over"
"""What is in the folder and is no return: nothing is registered for it, and no office hears of it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in an office's folder. `name` may be bytes that are no text; `time` as `09-07 10:00` of 2018."""

    name: str | bytes
    content: bytes
    time: str = "09-07 10:00"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one office's files: its returns in the order of receipt, and its state at the end."""

    records: Sequence[ReturnRecord]
    compounds: Mapping[str, Compound]
    at_cutoff: Mapping[str, Compound]

    @property
    def last(self) -> ReturnRecord:
        return self.records[-1]

    def cells(self, code: str) -> list[str | None]:
        return [finding.cell for finding in self.last.findings if finding.code == code]

    def found(self, code: str) -> str:
        return "；".join(finding.found for finding in self.last.findings if finding.code == code)


Send = Callable[[str], Sequence[Sent]]
Put = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One bad input of the case `case`, sent by an office of its own.

    `send` makes the files of an office from its code; `put` lays what is no file into its folder. `fates` are the
    statuses of its returns in the order of receipt; `codes` the findings of classes A, B and C of the last one, each
    as often as it is told, `hints` class D ones that must be among them; `rows` its accepted and rejected rows.
    """

    case: int
    what: str
    send: Send
    fates: tuple[str, ...] = ("accepted",)
    codes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    rows: tuple[int, int] = (5, 0)
    shows: Callable[[Outcome], bool] | None = None
    put: Put | None = None
    why: str = ""

    @property
    def verdict(self) -> str:
        """The verdict in words, as the table has it."""
        return " then ".join(dict.fromkeys(self.fates)) if self.fates else NO_RETURN
