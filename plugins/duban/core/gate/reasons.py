"""说明原因 (and 补正清单): what an office says to findings of class B and C, by rule and compound (returns.md).

A reason once given stands until the value changes: what was said to an earlier return answers the same finding again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from duban.core import empty
from duban.core.checked import Value
from duban.core.cleaning import fold_identifier
from duban.core.findings import Finding
from duban.core.gate.findings import address
from duban.core.messages import EXPECTED, shorten
from duban.core.tables import ReadReturn, ReadTable, TableRow

SHORTEST = 6  # characters of a reason
HINT = "D06"

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class StandingReason:
    """A reason that an office gave to an earlier return, and what it was given for.

    `found` is the finding's own, `table` and `values` the row that the finding was about (None and empty for one that
    was about no row).
    """

    code: str
    compound: str | None
    reason: str
    found: str
    table: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def answers(self, finding: Finding, table: str | None, now: Mapping[str, Value] | None) -> bool:
        """Whether the value is the one that the reason was given for.

        `now` holds the values that the finding is about; None where they are no values of a row, or one of them cannot
        be read: then what was found is compared as it is told.
        """
        if table is not None and table != self.table:
            return False
        if now is None:
            return finding.found == self.found
        return all(self.values.get(key) == value for key, value in now.items())


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons long enough to count, by code and 小区编号 (None: the whole return), and the tables they stand in.

    `standing` are those that the office gave before.
    """

    given: Mapping[Key, str] = field(default_factory=dict)
    tables: tuple[ReadTable, ...] = ()
    standing: Sequence[StandingReason] = ()

    def of(self, code: str, compound: str | None) -> str | None:
        """The reason given in this return for a code and a compound, None when there is none."""
        return self.given.get((code, compound))

    def answer(self, finding: Finding, table: str | None = None, now: Mapping[str, Value] | None = None) -> str | None:
        """The reason for a finding: the one given in this return, else the one that stands; arguments as `answers`."""
        if given := self.of(finding.code, finding.compound):
            return given
        concerned = (r for r in self.standing if (r.code, r.compound) == (finding.code, finding.compound))
        return next((reason.reason for reason in concerned if reason.answers(finding, table, now)), None)

    def hints(self, findings: Iterable[Finding], *, zero: bool = False) -> list[Finding]:
        """A hint for every line that is too short to count or answers no finding; and of a `zero` report for each that

        says that there is no compound, which the bureau has to confirm.
        """
        asked = {(finding.code, finding.compound) for finding in findings}
        hints = []
        for table, row in _rows(self.tables):
            reason = _text(row, "reason")
            if zero and empty.is_said_by(reason):
                hints.append(_hint(table, row, empty.HINT))
            elif 0 < len(reason) < SHORTEST:
                hints.append(_hint(table, row, f"{HINT}.short"))
            elif reason and _key(row) not in asked:
                hints.append(_hint(table, row, f"{HINT}.unused"))
        return hints


def read_reasons(read: ReadReturn) -> Reasons:
    """The reasons of a workbook, in 说明原因 and in the 补正清单 that it came back with.

    Of two for one finding the last counts, and one in 补正清单 before one in 说明原因: it is the answer to a question.
    """
    tables = tuple(table for table in (read.reasons, read.corrections) if table)
    long_enough = (row for _, row in _rows(tables) if len(_text(row, "reason")) >= SHORTEST)
    return Reasons({_key(row): _text(row, "reason") for row in long_enough}, tables)


def _rows(tables: Sequence[ReadTable]) -> list[tuple[ReadTable, TableRow]]:
    return [(table, row) for table in tables for row in table.rows]


def _hint(table: ReadTable, row: TableRow, wording: str) -> Finding:
    cell, found = address(table, row.row, ["reason"]), shorten(_text(row, "reason"))
    code = wording.partition(".")[0]
    return Finding(code, table.sheet, cell, _key(row)[1], found, EXPECTED[wording], "reason", row.row)


def _key(row: TableRow) -> Key:
    return fold_identifier(_text(row, "code")), _text(row, "compound_id") or None


def _text(row: TableRow, key: str) -> str:
    cell = row.cells.get(key)
    if cell is None:
        return ""
    return cell.value if isinstance(cell.value, str) else cell.text
