"""B-62 … B-76: how sheets are laid out (faults.md §3.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalogue.case import Outcome, Sample
from catalogue.making import COVER, WORK, lines, made, names_of, sends, sends_book, tweaked, with_rows, xlsx
from catalogue.spoiling import RETURNED
from duban.core.sheets import RawBook, RawSheet

Lines = Sequence[Sequence[Any]]
F03: dict[str, Any] = {**RETURNED, "codes": ("F03",)}


def two_levels(code: str) -> bytes:
    """A title over all columns, and 小区 over 编号, 名称 and 类型; the other headers over both lines."""
    under = {"小区编号": "编号", "小区名称": "名称"}

    def change(rows: Lines) -> Lines:
        header, *data = rows
        upper = ["小区" if name == "小区编号" else None if name in under else name for name in header]
        lower = [under.get(name) for name in header]
        return [["2018年工作台账"], upper, lower, *data]

    def merge(file: Any, pages: Mapping[str, Any]) -> None:
        middle = file.add_format({"align": "center"})
        pages[WORK].merge_range("A1:O1", "2018年工作台账", middle)
        pages[WORK].merge_range("A2:B2", "小区", middle)
        pages[WORK].merge_range("C2:C3", "所属社区", middle)

    return xlsx(with_rows(made(code), WORK, change), merge)


def merged_down(code: str) -> bytes:
    """所属社区 in one merged cell for both compounds."""
    raw = made(code, work=[{}, {"community": None}])
    return xlsx(raw, lambda _file, pages: pages[WORK].merge_range("C2:C3", "翠竹社区"))


def communities(*names: str) -> Any:
    return lambda outcome: [outcome.compounds[key].community for key in sorted(outcome.compounds)] == list(names)


def renamed(*pairs: tuple[str, str]) -> Any:
    """工作台账 with other headers."""
    instead = dict(pairs)
    return lines(WORK, lambda rows: [[instead.get(name, name) for name in rows[0]], *rows[1:]])


def turned(rows: Lines) -> Lines:
    return [[*reversed(row), "楼长" if line == 0 else "赵"] for line, row in enumerate(rows)]


def again(rows: Lines) -> Lines:
    """居民户数 once more at the end."""
    return [[*row, row[6]] for row in rows]


def old_and_hidden(code: str) -> bytes:
    """Last month's ledger as the first sheet, hidden."""
    raw = made(code)
    old = next(sheet for sheet in made(code, work=[{"name": "旧名", "households": 1}]).sheets if sheet.name == WORK)
    older = replace(raw, sheets=(replace(old, name=f" {WORK}"), *raw.sheets))

    def hide(_file: Any, pages: Mapping[str, Any]) -> None:
        pages[COVER].activate()
        pages[COVER].set_first_sheet()
        pages[f" {WORK}"].very_hidden()

    return xlsx(older, hide)


def hide_row(_file: Any, pages: Mapping[str, Any]) -> None:
    pages[WORK].set_row(1, None, None, {"hidden": True})


def filter_rows(_file: Any, pages: Mapping[str, Any]) -> None:
    pages[WORK].autofilter("A1:O3")
    pages[WORK].filter_column("B", "x == 翠竹苑")
    hide_row(_file, pages)


def hide_column(_file: Any, pages: Mapping[str, Any]) -> None:
    pages[WORK].set_column("G:G", None, None, {"hidden": True})


def ends(*below: Sequence[Any]) -> Any:
    """Lines under the table."""
    return lines(WORK, lambda rows: [*rows, *below])


def ignored(count: int) -> Any:
    return lambda outcome: outcome.last.rows["ignored"] == count


def moved(code: str) -> RawBook:
    """The table two lines down and one column to the right, with something to say about a cell of it."""
    raw = made(code, work=[{"buildings": "12栋"}])
    return with_rows(raw, WORK, lambda rows: [[], [], *([None, *row] for row in rows)])


def one_a_month(code: str) -> RawBook:
    raw = made(code)
    sheets = [(sheet,) if sheet.name != WORK else _monthly(sheet) for sheet in raw.sheets]
    return replace(raw, sheets=tuple(sheet for part in sheets for sheet in part))


def _monthly(sheet: RawSheet) -> tuple[RawSheet, ...]:
    return tuple(replace(sheet, name=f"{WORK}{month}月") for month in (8, 9))


def at_cell(code: str, cell: str) -> Any:
    def shows(outcome: Outcome) -> bool:
        return outcome.cells(code) == [cell]

    return shows


SAMPLES = (
    Sample(62, "a title, and a merged header of two levels", sends(two_levels), shows=ignored(1)),
    Sample(
        63,
        "所属社区 merged over two rows",
        sends(merged_down),
        hints=("D01",),
        shows=communities("翠竹社区", "翠竹社区"),
    ),
    Sample(
        64,
        "headers with a line break, an ideographic space, a no-break space, a zero-width space",
        renamed(
            ("小区编号", "小区\n编号"),
            ("居民户数", "居民　户数"),
            ("管理方式", "管理\u00a0方式"),
            ("楼栋数", "楼栋数\u200b"),
        ),
    ),
    Sample(65, "户数 for 居民户数", renamed(("居民户数", "户数")), **F03, why="synonyms are guesses"),
    Sample(66, "columns in another order, and one more", lines(WORK, turned), hints=("D02",)),
    Sample(67, "居民户数 twice", lines(WORK, again), **F03),
    Sample(68, "no 居民户数", sends_book(lambda code: made(code, without=["work.households"])), **F03),
    Sample(69, "a very hidden first sheet with old data", sends(old_and_hidden), shows=names_of("紫荆小区", "翠竹苑")),
    Sample(70, "a hidden row", tweaked(hide_row), hints=("D03",)),
    Sample(70, "a filtered row", tweaked(filter_rows), hints=("D03",)),
    Sample(70, "a hidden column", tweaked(hide_column), hints=("D03",)),
    Sample(71, "a row of totals", ends(["合计", None, None, None, None, 20, 600]), shows=ignored(1)),
    Sample(
        72,
        "blank rows in the middle, and signatures",
        lines(WORK, lambda rows: [*rows[:2], [], [], rows[2], ["填表人：王强", None, "审核人：李敏"]]),
        shows=ignored(3),
    ),
    Sample(
        73, "blank rows and columns before the table", sends_book(moved), hints=("D01",), shows=at_cell("D01", "G4")
    ),
    Sample(74, "a sheet a month", sends_book(one_a_month), fates=("returned",), codes=("F02",), rows=(0, 3)),
    Sample(
        75,
        "two tables side by side",
        lines(WORK, lambda rows: [[*row, None, *row] for row in rows]),
        **{**RETURNED, "codes": ("F03",) * 15},
        why="each column that stands twice is named",
    ),
    Sample(
        76,
        "a footnote in a column of numbers",
        ends([None] * 6 + ["注：含在建"]),
        shows=ignored(1),
    ),
)
