"""A database older than what was issued issues nothing until somebody reconciles it (faults.md, F-38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from duban.core import issued_texts as texts
from duban.core.delivery import Owed
from duban.core.errors import UsageError
from duban.core.issued import Issue, before_reconciled, highest_numbers, newest, since_reconciled
from duban.core.numbering import Series
from duban.core.papers import PaperRecord
from duban.core.signing import Act
from duban.pipeline.signing_ports import Finish, NumberWanted, PaperLife, PaperOnFile


class Journal(Protocol):
    """What was issued, kept outside the database and never shortened."""

    def tail(self) -> Sequence[Issue]:
        """The last entries, more than signers at work at once."""
        ...

    def all(self) -> Sequence[Issue]: ...

    def append(self, issue: Issue) -> None:
        """Add an entry, safely on the disk when this returns."""
        ...


class ChainEnd(Protocol):
    """The end of the plan's chain of changes, and the counters of its registers."""

    def head(self) -> tuple[int, str]:
        """Number and digest of the last entry; 0 and zeros before the first."""
        ...

    def digest_at(self, seq: int) -> str | None: ...

    def issued_after(self, seq: int) -> Sequence[Issue]:
        """What was signed after that entry of the chain, in order; each with its own entry's number and digest."""
        ...

    def skip_to(self, series: Series, number: int) -> None:
        """Let the register go on after `number`; nothing happens when it is there already."""
        ...


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Compares the database with the journal of what was issued, and settles the difference with a person's word."""

    journal: Journal
    chain: ChainEnd

    def difference(self) -> str | None:
        """Why nothing may be issued; None when the database knows the last issue."""
        last = newest(since_reconciled(self.journal.tail()))
        if last is None or last.seq == 0 or self.chain.digest_at(last.seq) == last.digest:
            return None
        found, _ = self.chain.head()
        return texts.OLDER.format(seq=last.seq, found=found, same=texts.OTHER_CHAIN if found >= last.seq else "")

    def require(self) -> None:
        """Raise UsageError when the database is older than what was issued."""
        difference = self.difference()
        if difference is not None:
            raise UsageError(difference)

    def catch_up(self) -> None:
        """Enter into the journal what was signed and is not in it: a process may end right after a signature."""
        known = since_reconciled(self.journal.tail())
        entered = {issue.path for issue in known}
        oldest = min((issue.seq for issue in known), default=0)
        for issue in self.chain.issued_after(oldest):
            if issue.path not in entered:
                self.journal.append(issue)

    def lost(self) -> tuple[Issue, ...]:
        """What was issued and is not in the database."""
        return self._missing(since_reconciled(self.journal.all()))

    def settled(self) -> tuple[Issue, ...]:
        """What a database that is gone had issued, and somebody has reconciled: its numbers are used for ever."""
        return self._missing(before_reconciled(self.journal.all()))

    def _missing(self, issues: Sequence[Issue]) -> tuple[Issue, ...]:
        return tuple(one for one in issues if not one.reconciled and self.chain.digest_at(one.seq) != one.digest)

    def run(self, by: str, why: str) -> tuple[Issue, ...]:
        """Skip every number that was used, and go on from here; returns what the database has lost."""
        if not by.strip() or not why.strip():
            raise UsageError(texts.NEEDS_REASON)
        lost = self.lost()
        if lost or self.difference() is not None:
            for series, number in highest_numbers(lost).items():
                self.chain.skip_to(series, number)
            seq, digest = self.chain.head()
            self.journal.append(Issue(seq, digest, by=by.strip(), why=why.strip()))
        return lost


@dataclass(frozen=True, slots=True)
class GuardedLife:
    """signing_ports.PaperLife that signs on a database only that knows all that was issued, and keeps the journal."""

    life: PaperLife
    reconcile: Reconcile

    def open(self, paper_id: int) -> PaperOnFile:
        """As PaperLife.open."""
        return self.life.open(paper_id)

    def advance(self, act: Act) -> PaperRecord:
        """As PaperLife.advance."""
        return self.life.advance(act)

    def sign(self, act: Act, wanted: NumberWanted | None, finish: Finish, owed: Sequence[Owed] = ()) -> PaperRecord:
        """As PaperLife.sign; raises UsageError when the database is older than what was issued."""
        self.reconcile.require()
        signed = self.life.sign(act, wanted, finish, owed)
        self.reconcile.catch_up()
        return signed

    def settle(self) -> None:
        """As PaperLife.settle."""
        self.reconcile.catch_up()
