"""说明原因 (and 补正清单): what an office says to findings of class B and C, by rule and compound (returns.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from duban.core.findings import Finding
from duban.core.gate_findings import address
from duban.core.messages import EXPECTED, shorten
from duban.core.tables import ReadReturn, ReadTable, TableRow

SHORTEST = 6  # characters of a reason
HINT = "D06"

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons long enough to count, by code and 小区编号 (None: the whole return), and the tables they stand in."""

    given: Mapping[Key, str] = field(default_factory=dict)
    tables: tuple[ReadTable, ...] = ()

    def of(self, code: str, compound: str | None) -> str | None:
        """The reason given for a code and a compound, None when there is none."""
        return self.given.get((code, compound))

    def hints(self, findings: Iterable[Finding]) -> list[Finding]:
        """A hint for every line that is too short to count or answers no finding."""
        asked = {(finding.code, finding.compound) for finding in findings}
        hints = []
        for table, row in _rows(self.tables):
            reason = _text(row, "reason")
            if 0 < len(reason) < SHORTEST:
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
    return Finding(HINT, table.sheet, cell, _key(row)[1], found, EXPECTED[wording], "reason", row.row)


def _key(row: TableRow) -> Key:
    return _text(row, "code").upper(), _text(row, "compound_id") or None


def _text(row: TableRow, key: str) -> str:
    cell = row.cells.get(key)
    if cell is None:
        return ""
    return cell.value if isinstance(cell.value, str) else cell.text
