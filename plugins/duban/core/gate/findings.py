"""From a rule that does not hold to a finding: the cell, what was found, what is expected, in the words of the form."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from duban.core.findings import Finding
from duban.core.gate.frame import AIMS, FACTS, LOOKS_BACK, Frame, Surroundings
from duban.core.gate.frame_values import aim_keys, last_value_of, written
from duban.core.messages import (
    BLANK,
    EXPECTED,
    FACT_LABELS,
    LAST_LABEL,
    LIST,
    domain,
    expected_key,
    shorten,
)
from duban.core.rules import RETURN_ID, Rule
from duban.core.sheets import column_letter
from duban.core.tables import Cell, ReadTable, TableRow

COMPOUND_ID = "compound_id"
MOST_TWINS = 10  # rows that a message names


def address(table: ReadTable, row: int, keys: Sequence[str]) -> str | None:
    """The cell of the first of these columns that the sheet has; `row` counts from 1."""
    index = next((table.columns[key] for key in keys if key in table.columns), None)
    return None if index is None else f"{column_letter(index)}{row}"


@dataclass(frozen=True, slots=True)
class FindingWriter:
    """Writes the findings of one table of one return. `terms` fill the fields of the expected wordings."""

    table: ReadTable
    frame: Frame
    around: Surroundings
    terms: Mapping[str, str]

    def write(self, rules: Sequence[Rule], index: int) -> Finding:
        """One finding for rules of one code and one marked column that do not hold in the line `index`."""
        row, columns = self.table.rows[index], self.columns(rules)
        first = rules[0]
        return Finding(
            code=first.code,
            sheet=self.table.sheet,
            cell=address(self.table, row.row, columns),
            compound=compound_of(row),
            found=self._found(rules, columns, index),
            expected=self._expected(first, index),
            column=first.marked,
            row=row.row,
        )

    def columns(self, rules: Sequence[Rule]) -> tuple[str, ...]:
        """The columns that the rules look at, each once, the marked one first."""
        aims = aim_keys(self.table.table)
        named = [key for rule in rules for key in rule.columns]
        return tuple(dict.fromkeys(key for name in named for key in (aims if name == AIMS else (name,))))

    def stands(self, rule: Rule, index: int, spoiled: Set[str]) -> bool:
        """Whether a rule that does not hold would not, whatever should stand in the `spoiled` cells of the line.

        So many aims at a state are too many whatever the others are at.
        """
        touched = spoiled & set(self.columns([rule]))
        fact, most = FACTS.get(rule.kwargs.get("column", "")), rule.kwargs.get("max_value")
        if not touched or fact is None or most is None:
            return not touched
        others = set(self._aims_at(fact.states, index)) - touched
        return touched <= set(aim_keys(self.table.table)) and len(others) > int(most)

    def _found(self, rules: Sequence[Rule], columns: Sequence[str], index: int) -> str:
        named = {key for rule in rules for key in rule.columns}
        shown = [key for key in columns if key in named and key != COMPOUND_ID]
        cells = self.table.rows[index].cells
        texts = {key: _told(cells.get(key)) for key in shown or columns[:1]}
        if len(texts) == 1:
            said = next(iter(texts.values()))
        else:
            said = "；".join(f"{self.table.table.column(key).header}：{text}" for key, text in texts.items())
        return said + "".join(f"（{remark}）" for remark in self._remarks(rules[0], index))

    def _remarks(self, rule: Rule, index: int) -> Iterator[str]:
        for name in dict.fromkeys(rule.frame_columns):
            key, _, suffix = name.partition("__")
            value = self.frame.columns[name][index]
            if name in FACTS and isinstance(value, float):
                keys = self._aims_at(FACTS[name].states, index)
                aims = LIST.join(self.table.table.column(key).header for key in keys)
                yield FACT_LABELS[name].format(value=f"{value:.1f}".removesuffix(".0"), aims=aims)
            elif suffix in LOOKS_BACK and value is not None:
                yield LAST_LABEL.format(value=self._last_text(key, index))

    def _aims_at(self, states: Sequence[str], index: int) -> list[str]:
        cells = self.table.rows[index].cells
        return [key for key in aim_keys(self.table.table) if key in cells and cells[key].value in states]

    def _last_text(self, key: str, index: int) -> str:
        compound_id = self.table.rows[index].cells[COMPOUND_ID].value
        compound = (self.around.last or {}).get(str(compound_id))
        value = None if compound is None else last_value_of(self.table.table, key)(compound)
        return value.isoformat() if isinstance(value, date) else str(value)

    def _expected(self, rule: Rule, index: int) -> str:
        column = self.table.table.column(rule.marked)
        text = written(self.table.rows[index].cells.get(rule.marked))
        others = {other.header for other in self.table.table.columns} - {column.header}
        key = "R02.other" if rule.code == "R02" and text in others else expected_key(rule.name) or rule.code
        twins = LIST.join(map(str, self._twins(rule, index)))
        fields = {"header": column.header, "domain": domain(column), "other": text or "", "twins": twins}
        return EXPECTED[key].format(**self.terms, **fields)

    def _twins(self, rule: Rule, index: int) -> list[int]:
        """The sheet's lines that share this line's values in a rule of uniqueness."""
        if "column_list" not in rule.kwargs:
            return []
        keys = [self.frame.columns[name] for name in rule.kwargs["column_list"] if name != RETURN_ID]
        mine = [column[index] for column in keys]
        lines = [i for i in range(len(self.frame.rows)) if i != index and [column[i] for column in keys] == mine]
        return [self.frame.rows[i] for i in lines[:MOST_TWINS]]


def _told(cell: Cell | None) -> str:
    """What stands in a cell, and what is wrong with it where both are known."""
    text = shorten(written(cell) or BLANK)
    return f"{text}（{cell.fault}）" if cell and cell.text and cell.fault else text


def compound_of(row: TableRow) -> str | None:
    """The 小区编号 of a row as it stands there, valid or not."""
    cell = row.cells.get(COMPOUND_ID)
    if cell is None:
        return None
    return cell.value if isinstance(cell.value, str) else written(cell)
