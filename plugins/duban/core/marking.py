"""The marked workbook that goes back to an office: what it is told besides the findings, and what comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.cleaning import fold_label
from duban.core.findings import Finding, FindingClass
from duban.core.returns import Column, Form, Kind

# 小区编号 begins with the office's own code: no example of the form fits every office.
_NO_EXAMPLE = frozenset({"compound_id"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of 补正清单; what is not known is None. `deadline` is the day the correction is due.

    `asks` are the bureau's open requests for changes, a line each.
    """

    file: str
    office: str | None = None
    cutoff: date | None = None
    received_at: datetime | None = None
    return_id: int | None = None
    deadline: date | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedWorkbook:
    """The bytes of an .xlsx. `rebuilt`: a fresh workbook with the office's values, because its own was not writable."""

    content: bytes
    rebuilt: bool


def to_be_mended(finding: Finding) -> bool:
    """Whether the office has to do something: class A, or class B of which it gave no reason (returns.md)."""
    return finding.cls is FindingClass.A or (finding.cls is FindingClass.B and finding.reason is None)


def example_finder(form: Form) -> Callable[[Finding], str]:
    """Says of a finding what could stand in its cell instead; '' where what is expected says it already."""
    known: dict[tuple[str, str], Column] = {}
    for sheet, columns in ((form.cover_sheet, form.cover), *((table.sheet, table.columns) for table in form.tables)):
        known |= {(fold_label(sheet), column.key): column for column in columns}

    def find(finding: Finding) -> str:
        column = known.get((fold_label(finding.sheet or ""), finding.column or ""))
        if column is None or column.kind is Kind.CHOICE or column.key in _NO_EXAMPLE:
            return ""
        return "" if column.example in finding.expected else column.example

    return find
