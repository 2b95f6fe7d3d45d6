"""说明原因: what an office says to findings of class B and C, by rule and compound (returns.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from duban.core.findings import Finding
from duban.core.gate_findings import address
from duban.core.messages import EXPECTED, shorten
from duban.core.tables import ReadTable, TableRow

SHORTEST = 6  # characters of a reason
HINT = "D06"

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons long enough to count, by code and 小区编号 (None: the whole return), and the lines they stand in."""

    given: Mapping[Key, str] = field(default_factory=dict)
    table: ReadTable | None = None

    def of(self, code: str, compound: str | None) -> str | None:
        """The reason given for a code and a compound, None when there is none."""
        return self.given.get((code, compound))

    def hints(self, findings: Iterable[Finding]) -> list[Finding]:
        """A hint for every line that is too short to count or answers no finding."""
        if self.table is None:
            return []
        asked = {(finding.code, finding.compound) for finding in findings}
        hints = []
        for row in self.table.rows:
            reason = _text(row, "reason")
            if 0 < len(reason) < SHORTEST:
                hints.append(self._hint(row, f"{HINT}.short"))
            elif reason and _key(row) not in asked:
                hints.append(self._hint(row, f"{HINT}.unused"))
        return hints

    def _hint(self, row: TableRow, wording: str) -> Finding:
        table = self.table
        sheet, cell = (table.sheet, address(table, row.row, ["reason"])) if table else (None, None)
        found = shorten(_text(row, "reason"))
        return Finding(HINT, sheet, cell, _key(row)[1], found, EXPECTED[wording], "reason", row.row)


def read_reasons(table: ReadTable | None) -> Reasons:
    """The reasons of a workbook; of two for one finding the last counts."""
    rows = table.rows if table else ()
    long_enough = (row for row in rows if len(_text(row, "reason")) >= SHORTEST)
    return Reasons({_key(row): _text(row, "reason") for row in long_enough}, table)


def _key(row: TableRow) -> Key:
    return _text(row, "code").upper(), _text(row, "compound_id") or None


def _text(row: TableRow, key: str) -> str:
    cell = row.cells.get(key)
    if cell is None:
        return ""
    return cell.value if isinstance(cell.value, str) else cell.text
