"""How clerks lay out what they send: titles, moved columns, units, widths, dates in words, sums and notes (returns.md).

Everything here is a way of writing that a reader must understand: it changes no value. How often each is met grows with
`mess`, from never (0) to most of the time (1).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from duban.core.checked import Value
from duban.core.compound import DONE
from duban.core.plan import Plan
from duban.core.returns import AIM_STATES, Column, Form, Kind, Presence, Table
from duban.core.sheets import CellValue
from duban.core.simulation import words
from duban.core.simulation.district import Row, rng_of
from duban.core.simulation.faults import WORK
from duban.core.simulation.files import SentFile
from duban.core.written_dates import EPOCH_1900

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(slots=True)
class DraftSheet:
    """A sheet cell by cell. `merges` holds (line, first column, last column) from 0, `header` the header's lines."""

    name: str
    rows: list[list[CellValue]]
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    header: tuple[int, ...] = ()
    hidden_rows: list[int] = field(default_factory=list)


def draft(file: SentFile, form: Form, plan: Plan, mess: float) -> tuple[DraftSheet, ...]:
    """The sheets of a file as its clerk wrote them."""
    rng = rng_of(file.draws)
    cover_title = words.COVER_TITLE.format(district=plan.district, work=plan.work)
    sheets = [_Drafter(rng, mess, cover_title).cover(file, form)]
    office = plan.office(file.office)
    for table in form.tables:
        if table.key in file.content.tables:
            gone = {key for of, key in file.content.left_out if of == table.key}
            columns = [column for column in table.columns if column.key not in gone]
            rows = file.content.tables[table.key]
            title = words.TITLE.format(office=office.name if office else file.office, sheet=table.sheet)
            sheets.append(_Drafter(rng, mess, title).table(table, columns, rows, file.content.cover))
    return tuple(sheets)


@dataclass(slots=True)
class _Drafter:
    """One clerk at one sheet: some habits are drawn for the whole sheet, others for each cell."""

    rng: Random
    mess: float
    title: str
    ticks: bool = False
    date_styles: tuple[Callable[[date], CellValue], ...] = ()

    def __post_init__(self) -> None:
        self.ticks = self._now_and_then(0.15)
        count = self.rng.randint(1, len(_DATE_STYLES))
        self.date_styles = tuple(self.rng.sample(_DATE_STYLES, count))

    def _now_and_then(self, share: float) -> bool:
        return self.rng.random() < share * self.mess

    # ── 封面 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def cover(self, file: SentFile, form: Form) -> DraftSheet:
        colon = "：" if self._now_and_then(0.5) else ""
        gap = [""] if self._now_and_then(0.3) else []
        sheet = DraftSheet(form.cover_sheet, [])
        if self._now_and_then(0.8):
            sheet.rows += [[self.title], []]
            sheet.merges.append((0, 0, 3))
        for column in form.cover:
            value = self._cell(file.content.cover[column.key], column)
            sheet.rows.append([column.header + colon, *gap, value])
        return sheet

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def table(
        self, table: Table, columns: Sequence[Column], rows: Sequence[Row], cover: Mapping[str, Value]
    ) -> DraftSheet:
        columns = list(columns)
        grouped = self._now_and_then(0.15) and sum(c.choices == AIM_STATES for c in columns) > 1
        if not grouped and self._now_and_then(0.35):
            self.rng.shuffle(columns)
        sheet = DraftSheet(table.sheet, [])
        self._above(sheet, len(columns))
        self._header(sheet, columns, grouped=grouped)
        body = [[self._cell(row.get(c.key), c, number) for c in columns] for number, row in enumerate(rows, 1)]
        self._interrupt(sheet, body, len(columns))
        sheet.rows += body
        if rows and table.key == WORK and self._now_and_then(0.6):
            sheet.rows.append(self._sums(columns, rows))
        if rows:
            self._below(sheet, cover)
        return sheet

    def _above(self, sheet: DraftSheet, width: int) -> None:
        if self._now_and_then(0.75):
            sheet.rows.append([self.title])
            sheet.merges.append((0, 0, width - 1))
            if self._now_and_then(0.5):
                sheet.rows.append([words.UNITS])

    def _header(self, sheet: DraftSheet, columns: Sequence[Column], *, grouped: bool) -> None:
        texts = [self._header_text(column.header) for column in columns]
        line = len(sheet.rows)
        if not grouped:
            sheet.rows.append([*texts, words.EXTRA_COLUMN] if self._now_and_then(0.15) else list(texts))
            sheet.header = (line,)
            return
        aims = [index for index, column in enumerate(columns) if column.choices == AIM_STATES]
        sheet.rows.append([text if index not in aims else "" for index, text in enumerate(texts)])
        sheet.rows.append([text if index in aims else "" for index, text in enumerate(texts)])
        sheet.rows[line][aims[0]] = words.AIMS_GROUP
        sheet.merges.append((line, aims[0], aims[-1]))
        sheet.header = (line, line + 1)

    def _header_text(self, header: str) -> str:
        if self._now_and_then(0.25):
            half = len(header) // 2
            return self.rng.choice((
                f"{header[:half]}\n{header[half:]}",
                f" {header} ",
                f"{header}\n",
                f"{header}\u3000",
            ))
        return header.replace("（", "(").replace("）", ")") if self._now_and_then(0.3) else header

    def _interrupt(self, sheet: DraftSheet, body: list[list[CellValue]], width: int) -> None:
        """A blank line, the header once more, or hidden rows in the middle of the table."""
        if len(body) < 4:
            return
        middle = len(body) // 2
        if self._now_and_then(0.2):
            body.insert(middle, [""] * width)
        if self._now_and_then(0.1):
            body[middle:middle] = [list(sheet.rows[line]) for line in sheet.header]
        if self._now_and_then(0.1):
            sheet.hidden_rows.append(len(sheet.rows) + middle + 1)

    def _sums(self, columns: Sequence[Column], rows: Sequence[Row]) -> list[CellValue]:
        """合计 in the first column, the sum of every column that counts something in the form's own unit."""
        counted = [column.kind is Kind.INTEGER and column.presence is Presence.REQUIRED for column in columns]
        sums: list[CellValue] = [
            sum(value for row in rows if isinstance(value := row.get(column.key), int)) if counts else ""
            for column, counts in zip(columns, counted, strict=True)
        ]
        place = next((i for i, counts in enumerate(counted) if not counts), 0)
        sums[place] = self.rng.choice(words.TOTALS)
        return sums

    def _below(self, sheet: DraftSheet, cover: Mapping[str, Value]) -> None:
        if self._now_and_then(0.6):
            sheet.rows += [[], [self.rng.choice(words.NOTES)]]
        if self._now_and_then(0.35):
            signature = self.rng.choice(words.SIGNATURES)
            sheet.rows.append([part.format(clerk=cover["clerk"], reviewer=cover["reviewer"]) for part in signature])

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _cell(self, value: Value, column: Column, number: int = 0) -> CellValue:
        if column.kind is Kind.IGNORED:
            return number
        if value is None:
            return "/" if column.kind is Kind.DATE and self._now_and_then(0.03) else ""
        if isinstance(value, date):
            return self.rng.choice(self.date_styles)(value) if self._now_and_then(0.7) else value
        if isinstance(value, int):
            return self.rng.choice(_NUMBER_STYLES)(value, column) if self._now_and_then(0.2) else value
        if isinstance(value, Decimal):
            return f"{value}{column.unit}" if self._now_and_then(0.08) else float(value)
        return self._text(value, column)

    def _text(self, value: str, column: Column) -> str:
        if self.ticks and column.choices == AIM_STATES and value == DONE:
            return "√"
        if column.key == "compound_id" and self._now_and_then(0.02):
            return value.translate(_FULL_WIDTH)
        if column.kind is Kind.CHOICE and self._now_and_then(0.04):
            return self.rng.choice((f" {value}", f"{value}\u3000", f"{value[:1]} {value[1:]}"))
        return f"{value} " if self._now_and_then(0.03) else value


_DATE_STYLES: tuple[Callable[[date], CellValue], ...] = (
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: day.isoformat(),
    lambda day: (day - EPOCH_1900).days,
)
_NUMBER_STYLES: tuple[Callable[[int, Column], CellValue], ...] = (
    lambda number, column: f"{number}{column.unit or ''}",
    lambda number, column: f"{number} {column.unit or ''}",
    lambda number, _column: str(number),
    lambda number, _column: str(number).translate(_FULL_WIDTH),
    lambda number, column: f"{number:,}" if column.unit != "年" else str(number),
)
