"""A return after the gate: what was accepted, what was not and why. Every row is accounted for (I6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duban.core.findings import Finding, FindingClass
from duban.core.returns import ReturnKind

Value = str | int | Decimal | date | None


class Status(StrEnum):
    """What became of a return."""

    ACCEPTED = "accepted"  # every row counts
    PARTIAL = "partial"  # some rows were rejected, the rest counts
    RETURNED = "returned"  # a file-level class A finding: nothing counts
    DUPLICATE = "duplicate"  # the bytes of a return already received: recorded, otherwise ignored

    @property
    def counts(self) -> bool:
        """Whether the return was accepted, in whole or in part."""
        return self in (Status.ACCEPTED, Status.PARTIAL)


class Verdict(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row under a table's header. `row` is the line number in the sheet, from 1.

    `values` holds typed values by column key for accepted and rejected rows (what was readable), `reason` the
    finding's code for a rejected row, a word (`blank`, `total`, `note`, `title`) for an ignored one. `compound` is the
    小区编号 where it is valid and unique in its table, else None.
    """

    table: str
    row: int
    verdict: Verdict
    compound: str | None
    values: Mapping[str, Value]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """The verdict on one workbook. `office`, `week` and `kind` are None when the cover did not tell."""

    office: str | None
    week: str | None
    kind: ReturnKind | None
    rows: tuple[CheckedRow, ...]
    findings: tuple[Finding, ...]
    rules_version: str

    @property
    def status(self) -> Status:
        """Returned on a file-level class A finding, partial when a row was rejected, else accepted."""
        if any(f.code[0] == "F" and f.cls is FindingClass.A for f in self.findings):
            return Status.RETURNED
        if any(row.verdict is Verdict.REJECTED for row in self.rows):
            return Status.PARTIAL
        return Status.ACCEPTED

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)
