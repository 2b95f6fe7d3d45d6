"""What signing needs from the outside: the papers' life in the register, and what is to be verified."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from duban.core.audit import Link
from duban.core.conformance import LintFacts, LintReport
from duban.core.delivery import Delivery, Owed
from duban.core.numbering import Series
from duban.core.papers import PaperContent, PaperKind, PaperRecord, Signature
from duban.core.signing import Act


@dataclass(frozen=True, slots=True)
class PaperOnFile:
    """A paper with what its draft says and all that was done to it, oldest first.

    `content` is None of a draft that was registered before contents were kept.
    """

    record: PaperRecord
    content: PaperContent | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """The number of a paper: in which register, as its issuer's registry gave it or (None) the next one of our own.

    `printed` writes a serial number in its form.
    """

    series: Series
    entered: int | None
    printed: Callable[[int], str]


Finish = Callable[[str | None], Signature]
"""Makes the signed paper with its printed number, None where it has none, and keeps its bytes in the archive."""


class Linter(Protocol):
    """Holds a finished .docx against GB/T 9704-2012, with what is known of it beside the file."""

    def __call__(self, content: bytes, *, kind: PaperKind | None, facts: LintFacts | None) -> LintReport: ...


class Letters(Protocol):
    """The letters of the ladder, whose items are judged again before they are signed or sent (domain.md §6)."""

    def standing(self, record: PaperRecord, as_of: datetime) -> Sequence[str]:
        """Those of a letter's items that it may still speak of at `as_of`."""
        ...

    def redraft(self, record: PaperRecord, items: Sequence[str], as_of: datetime) -> PaperRecord:
        """Draft the letter anew for those of its items alone."""
        ...


class PaperLife(Protocol):
    """The papers' states in the register; each change is one transaction with its entry in the audit."""

    def open(self, paper_id: int) -> PaperOnFile:
        """The paper; raises UsageError when there is none of that number."""
        ...

    def advance(self, act: Act) -> PaperRecord:
        """Carry out a change of state without a number.

        Raises UsageError when the paper's state is no longer `act.before`, or its draft not the one acted on.
        """
        ...

    def sign(self, act: Act, wanted: NumberWanted | None, finish: Finish, owed: Sequence[Owed] = ()) -> PaperRecord:
        """One transaction: number, signed paper, what its recipients are owed, state, audit.

        Nothing of it remains when any part fails. A paper that has a signature already stays as it is. Raises
        UsageError as `advance`, and for a number in use.
        """
        ...

    def settle(self) -> None:
        """Make good what a process left undone that ended right after a signature."""
        ...


@dataclass(frozen=True, slots=True)
class NumberUsed:
    """A number of a register, `entered` where the issuer's registry gave it, and the paper that has it."""

    series: Series
    number: int
    printed: str
    entered: bool
    paper_id: int


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """A draft or a signed paper, and the digest of the base document it was made from."""

    paper_id: int
    kind: PaperKind
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that the archive must hold: `what` they are and their digest."""

    what: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RowAccount:
    """A judged return's rows by read, accepted, rejected, ignored: as its verdict states them, as they are found."""

    return_id: int
    stated: Mapping[str, int]
    found: Mapping[str, int]


class Books(Protocol):
    """Everything that `duban verify` reads."""

    def papers(self) -> Sequence[PaperRecord]: ...

    def chain(self) -> tuple[Sequence[Link], tuple[int, str]]:
        """The audit's entries in order, and its recorded end."""
        ...

    def numbers(self) -> Sequence[NumberUsed]: ...

    def counters(self) -> Mapping[Series, int]:
        """The last number given of each register of our own."""
        ...

    def received(self) -> Sequence[Held]:
        """Every file received, by its digest in the archive."""
        ...

    def templates(self) -> Sequence[MadeFrom]:
        """From which base document each draft and each signed paper was made."""
        ...

    def deliveries(self) -> Sequence[Delivery]:
        """What signed papers owe their recipients."""
        ...

    def row_accounts(self) -> Sequence[RowAccount]: ...


class Folder(Protocol):
    """The papers folder, as `duban verify` walks it."""

    def get(self, path: str) -> bytes: ...

    def paths(self) -> Iterable[str]:
        """Every file in it, relative to it."""
        ...
