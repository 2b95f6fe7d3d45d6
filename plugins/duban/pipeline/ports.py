"""The ports: what the use cases need from the outside, each played by one adapter (wiring/ says which)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from duban.core.amendments import Amendment
from duban.core.appeals import Appeal
from duban.core.checked import CheckedReturn, CheckedRow, Status
from duban.core.compound import Compound
from duban.core.errors import UnreadableReturnError
from duban.core.facts import ReturnFact
from duban.core.findings import Finding
from duban.core.gate.reasons import StandingReason
from duban.core.sheets import RawBook
from duban.core.site_checks import SiteCheck
from duban.core.spot_checks import Suspicion
from duban.core.waivers import Waiver


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file in an office's folder. `path` is relative to the inbox (`MH/周报.xlsx`), `size` in bytes.

    `settled` is False while the file may still be being written: it was there, so that nobody is late because we
    waited, but it is not read yet.
    """

    office: str
    path: str
    size: int
    modified_at: datetime
    settled: bool = True


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that no listing showed before (or whose bytes changed), with its time of receipt (domain.md §3)."""

    office: str
    path: str
    size: int
    modified_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedReturn:
    """A file as the ledger knows it; `checked` is None until it was judged."""

    return_id: int
    office: str
    path: str
    sha256: str
    received_at: datetime


class Before(NamedTuple):
    """A question about an office before its return for `week` (keys both), by what was known at `known_at`."""

    office: str
    week: str
    known_at: datetime


class Judged(NamedTuple):
    """A received return with its verdict, to be recorded."""

    received: ReceivedReturn
    checked: CheckedReturn
    status: Status


@dataclass(frozen=True, slots=True)
class ReturnRecord:
    """One return with its verdict, as `duban returns` shows it. `rows` has read, accepted, rejected, ignored.

    `sha256` is the digest of its bytes in the archive, `judged_at` the tick that judged it (empty and None only in
    records that no ledger made). `replaced_by` is the next return of its office and week that counts, as far as known;
    `after_signature` (逾期后更正) says that its week's report was signed when it came.
    """

    return_id: int
    path: str
    office: str
    week: str | None
    received_at: datetime
    status: Status
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    sha256: str = ""
    judged_at: datetime | None = None
    replaced_by: int | None = None
    after_signature: bool = False


@dataclass(frozen=True, slots=True)
class LastRow:
    """A row that an office's state rests on, and the return that it stood in."""

    return_id: int
    row: CheckedRow


@dataclass(frozen=True, slots=True)
class ValidationRun:
    """One run of Great Expectations over a batch of returns, for the history.

    `summary` is JSON: rules, line counts and violations, never a cell's value.
    """

    as_of: datetime
    rules_version: str
    returns: tuple[int, ...]
    summary: Mapping[str, Any]


class Clock(Protocol):
    """The wall clock; only adapters of the inbox and of delivery may ask it."""

    def now(self) -> datetime: ...


class Inbox(Protocol):
    """The offices' folders."""

    def listing(self, offices: Sequence[str], as_of: datetime) -> Sequence[SeenFile]:
        """Every file that was there at `as_of`; temporary names are left out. Raises InboxError, FolderGoneError."""
        ...

    def read(self, path: str, limit: int) -> bytes:
        """The first `limit` bytes of a file; raises InboxError when it is gone or cannot be read."""
        ...


class Archive(Protocol):
    """Everything received and issued, by content; written once."""

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its sha-256 in hex."""
        ...

    def get(self, sha256: str) -> bytes: ...


class Reader(Protocol):
    """Reads workbooks in a child process with limits; a file that kills the child is unreadable, no more."""

    def read_all(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, RawBook | UnreadableReturnError]]:
        """Pairs of name and content in; each name out with what was read, in the same order."""
        ...


class Ledger(Protocol):
    """The business database: what was received, what was accepted, what stood when."""

    def register_listing(self, as_of: datetime, seen: Sequence[SeenFile], offices: Sequence[str]) -> Sequence[NewFile]:
        """Record that the folders of `offices` were listed to their end and showed `seen`.

        Returns the settled files of it that are not registered yet, ordered by time of receipt and path.
        """
        ...

    def listings_between(self, office: str, after: datetime, until: datetime) -> Sequence[datetime]:
        """The completed listings of the office's folder in (after, until], oldest first."""
        ...

    def register_files(self, archived: Sequence[tuple[NewFile, str]]) -> Sequence[ReceivedReturn]:
        """Record archived files, each with its sha-256, in one transaction; returns those that are new.

        One that was registered before (same path, bytes and modification time) is left as it is.
        """
        ...

    def has_received(self, path: str) -> bool:
        """Whether anything was registered from this path."""
        ...

    def has_sent(self, office: str) -> bool:
        """Whether anything was registered from this office's folder."""
        ...

    def duplicates(self, received: Sequence[ReceivedReturn]) -> frozenset[int]:
        """The ids of those whose bytes were judged before: in their folder, or accepted in another."""
        ...

    def unjudged(self) -> Sequence[ReceivedReturn]:
        """Registered files without a verdict, ordered by time of receipt and path."""
        ...

    def record_verdicts(self, judged: Sequence[Judged], as_of: datetime) -> None:
        """One transaction: verdicts, findings, every row, the folded states from those weeks on, pointers, roll-ups.

        At most one return of an office. `as_of` is the tick that judged them: the moment their correction slips go
        out. A second verdict on the same return changes nothing.
        """
        ...

    def states_before(self, asked: Sequence[Before]) -> Sequence[Mapping[str, Compound]]:
        """Of each question the office's folded state of its last week before `week`; empty without one."""
        ...

    def standing_reasons(self, asked: Sequence[Before]) -> Sequence[Sequence[StandingReason]]:
        """Of each question the reasons given to the office's accepted returns of weeks up to `week` that no later

        value has ended.
        """
        ...

    def last_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]:
        """Of each compound and table the last accepted row known at `as_of`, else one refused that still stands."""
        ...

    def asking_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]:
        """The last accepted row of the table that names departments, by compound; else the last rejected one."""
        ...

    def first_returns(self, compounds: Sequence[str], as_of: datetime) -> Mapping[str, int]:
        """For each of `compounds` the return in whose 工作台账 it first stood, as known at `as_of`."""
        ...

    def resting(self, asked: Sequence[tuple[str, datetime]]) -> Sequence[tuple[int, ...]]:
        """As sources.Resting.resting."""
        ...

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:
        """The folded state known at `as_of`: office → 小区编号 → compound."""
        ...

    def states_of(self, office: str, instants: Sequence[datetime]) -> Sequence[Mapping[str, Compound]]:
        """The folded states of one office known at each of `instants`, in their order."""
        ...

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]:
        """Every judged return known at `as_of` but duplicates, per office, oldest first."""
        ...

    def return_records(self, as_of: datetime | None = None, since: datetime | None = None) -> Sequence[ReturnRecord]:
        """Every judged return with its findings, oldest first; where given, those received in (`since`, `as_of`]."""
        ...

    def suspicions(self, as_of: datetime, codes: Collection[str]) -> Sequence[Suspicion]:
        """What findings of these codes accepted returns received by `as_of` left, each once."""
        ...

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]:
        """Those of `return_ids` that are judged, with their findings, oldest first."""
        ...

    def record_validation(self, run: ValidationRun) -> None:
        """Keep a run in the history, once for a version of the rules and a batch."""
        ...

    def validations(self) -> Sequence[ValidationRun]:
        """Every run kept, oldest first."""
        ...


class Decisions(Protocol):
    """What the bureau decides about single compounds; a later decision replaces an earlier one."""

    def waive(self, waiver: Waiver) -> None:
        """Record a waiver, once for a rule, a compound and an instant."""
        ...

    def waivers(self, as_of: datetime) -> Sequence[Waiver]:
        """The waivers known and in force at `as_of`, by compound and rule."""
        ...

    def every_waiver(self, as_of: datetime) -> Sequence[Waiver]:
        """Every waiver decided by `as_of`, oldest first, replaced and run out ones too."""
        ...

    def amend(self, amendment: Amendment) -> None:
        """Record an amendment of a baseline, once for a compound and an instant."""
        ...

    def amendments(self, as_of: datetime) -> Sequence[Amendment]:
        """Every amendment known at `as_of`, oldest first."""
        ...

    def appeal(self, appeal: Appeal) -> None:
        """Record a step of a 延期 or 异议, once for an obligation, a step and an instant."""
        ...

    def appeals(self, as_of: datetime) -> Sequence[Appeal]:
        """Every step known at `as_of`, oldest first."""
        ...

    def check_on_site(self, check: SiteCheck) -> None:
        """Record a check on site, once for a compound, a matter and an instant."""
        ...

    def site_checks(self, as_of: datetime) -> Sequence[SiteCheck]:
        """Every check on site known at `as_of`, oldest first."""
        ...
