"""The chain of changes (faults.md, I7): each entry holds the hash of the one before it, so that none can be changed,

taken out or put in between unseen. Whoever can write the whole chain anew can forge it: the digest of its end, which
`duban verify` prints, is to be noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from duban.core.papers import PaperState

NOTHING = "0" * 64
"""What the first entry has before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a paper's state as the chain keeps it.

    `at` is the instant that the act names, `recorded_at` the database's clock, `origin` the process or the run and
    try that wrote it; `sha256` is that of the draft, after a signature that of the signed paper.
    """

    seq: int
    paper_id: int
    before: PaperState | None
    after: PaperState
    by: str
    at: datetime
    why: str
    sha256: str
    number: str | None
    origin: str
    recorded_at: datetime
    previous: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry with the digest that was stored for it."""

    entry: Entry
    digest: str


class Break(StrEnum):
    """What is wrong with a chain at an entry."""

    CHANGED = "changed"  # its digest is not that of what it says
    MISSING = "missing"  # entries before it are not there
    UNBOUND = "unbound"  # it does not hold the digest of the one before it
    CUT = "cut"  # the chain ends before or after its recorded end


def digest(plan: str, entry: Entry) -> str:
    """The hash of an entry: SHA-256 over its fields, in order, as compact JSON; instants in UTC to the microsecond."""
    fields = [
        plan,
        entry.seq,
        entry.paper_id,
        entry.before,
        entry.after,
        entry.by,
        _instant(entry.at),
        entry.why,
        entry.sha256,
        entry.number,
        entry.origin,
        _instant(entry.recorded_at),
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def breaks(plan: str, links: Sequence[Link], end: tuple[int, str]) -> Iterator[tuple[int, Break]]:
    """Where a chain, in order of `seq`, is broken; `end` is the recorded number and digest of its last entry."""
    seq, previous = 0, NOTHING
    for link in links:
        entry = link.entry
        if entry.seq != seq + 1:
            yield entry.seq, Break.MISSING
        elif entry.previous != previous:
            yield entry.seq, Break.UNBOUND
        if digest(plan, entry) != link.digest:
            yield entry.seq, Break.CHANGED
        seq, previous = entry.seq, link.digest
    if (seq, previous) != end:
        yield max(seq, end[0]), Break.CUT
