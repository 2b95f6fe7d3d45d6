"""What a simulated season consists of: files with their time of receipt, their content, and the truth about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duban.core.checked import Value
from duban.core.returns import ReturnKind
from duban.core.simulation.district import Row
from duban.core.weeks import ReportingWeek


class Fate(StrEnum):
    """What an office does about a week."""

    SENT = "ok"
    LATE = "late"
    MISSING = "missing"
    ZERO = "zero"
    FILE_FAULT = "file"
    ROW_FAULTS = "rows"
    COPIED = "copy"  # the same bytes a second time
    CORRECTION = "correction"  # the file that mends another


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put into one row on purpose; `compound` as it stands there, `column` the header of the faulty cell."""

    code: str
    sheet: str
    compound: str
    column: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says: the cover and rows by column key. A table that is absent gets no sheet.

    `left_out` holds columns (table's key, column's key) that the file does not have.
    """

    cover: Mapping[str, Value]
    tables: Mapping[str, tuple[Row, ...]]
    left_out: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file that an office sent. `path` is relative to the inbox.

    `file_finding` is the code of what is wrong with the whole file, `rejected` the compounds whose row in a table
    (by its key) is lost by a planted fault, `truncated` whether only half of it arrived, `draws` what its layout is
    drawn from: equal for equal bytes.
    """

    office: str
    path: str
    week: ReportingWeek
    received_at: datetime
    fate: Fate
    kind: ReturnKind
    content: Content
    draws: str
    file_finding: str | None = None
    planted: tuple[Planted, ...] = ()
    rejected: frozenset[tuple[str, str]] = frozenset()
    truncated: bool = False

    @property
    def counts(self) -> bool:
        """Whether anything of it is accepted."""
        return self.file_finding is None

    def accepted(self, table: str) -> tuple[Row, ...]:
        """The rows of a table that a correct reader accepts."""
        rows = self.content.tables.get(table, ())
        return tuple(row for row in rows if (table, str(row.get("compound_id"))) not in self.rejected)


@dataclass(frozen=True, slots=True)
class Season:
    """A whole season: its weeks, its files in the order of receipt, and who was slow about survey and meeting."""

    seed: int
    mess: float
    weeks: tuple[ReportingWeek, ...]
    files: tuple[SentFile, ...]
    late_survey: tuple[str, ...]
    no_meeting: tuple[str, ...]
