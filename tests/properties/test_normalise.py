"""What holds of every cell and every layout, whatever clerks send."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from duban.core.layout import lay_out
from duban.core.normalise import read_cell
from duban.core.returns import Form, declare_form
from duban.core.sheets import RawBook, RawSheet
from duban.core.tables import ReadTable

FORM: Form = declare_form((("aim_01", "社区平安"), ("aim_02", "邻里和谐")), ("规划局", "城管局"))
COLUMNS = [column for table in (*FORM.tables, FORM.reasons) for column in table.columns] + list(FORM.cover)
WORDS = st.sampled_from(
    ["", "√", "无", "—", "12栋", "１２", "1,234", "2018.8.3", "2018年8月3日", "20180803", "43315", "8-3", "已 完成",
     "合计", "小计：", "备注：见上", "填表人：王强", "小区编号", "小区\n名称", "封面", "mh-001", "#REF!", "MH-001",
     "老旧小区"]
)  # fmt: skip
CELLS = st.one_of(
    st.none(), WORDS, st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(), st.integers(0, 60000), st.integers(19000101, 21001231),
)  # fmt: skip
HEADERS = st.sampled_from([column.header for column in COLUMNS])
ROWS = st.lists(st.lists(st.one_of(CELLS, HEADERS), max_size=8).map(tuple), max_size=12).map(tuple)
NAMES = st.one_of(
    st.sampled_from(["封面", "工作台账", "项目台账", "工作动态", "说明原因", " 工作台账 "]), st.text(max_size=5)
)
FAULTS = st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 9)), st.just("#REF!"), max_size=3)
SHEETS = st.builds(RawSheet, name=NAMES, rows=ROWS, visible=st.booleans(), faults=FAULTS)
BOOKS = st.builds(
    RawBook,
    container=st.sampled_from(["xlsx", "csv"]),
    sheets=st.lists(SHEETS, max_size=4).map(tuple),
    epoch_1904=st.booleans(),
)


def written(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@given(raw=CELLS, column=st.sampled_from(COLUMNS))
def test_normalisation_is_idempotent(raw, column):
    """Reading what was read, written out, gives the same value again."""
    value = read_cell(raw, column).value
    if value is not None:
        assert read_cell(written(value), column).value == value


@given(raw=CELLS, column=st.sampled_from(COLUMNS), fault=st.one_of(st.none(), st.just("#N/A")))
def test_any_cell_can_be_read(raw, column, fault):
    """No value raises, and a value that was understood is never blank."""
    cell = read_cell(raw, column, fault)
    assert not (cell.readable and cell.blank)


@settings(max_examples=300)
@given(book=BOOKS)
def test_any_book_can_be_laid_out_and_no_line_under_a_header_is_lost(book):
    """No book raises; each line with content is a row, or ignored with its reason, or part of the header; never two."""
    laid = lay_out(book, FORM)
    for table in [*laid.tables.values(), *filter(None, [laid.reasons])]:
        sheet = next(s for s in book.sheets if s.name == table.sheet)
        data, ignored = [row.row for row in table.rows], [line for line, _ in table.ignored]
        assert not set(data) & set(ignored)
        assert len(set(data)) == len(data)
        if len({s.name for s in book.sheets}) == len(book.sheets):
            lost = {i + 1 for i, row in enumerate(sheet.rows) if any(map(shows, row))} - {*data, *ignored}
            assert len(lost) <= 2  # the lines of the header itself


def shows(raw: object) -> bool:
    return raw is not None and not (isinstance(raw, str) and not raw.strip())


COMPOUNDS = st.lists(
    st.tuples(
        st.text("紫荆世纪康桥", min_size=1, max_size=6),
        st.sampled_from(["社区楼院", "物业小区", "老旧小区"]),
        st.one_of(st.integers(1, 90), st.sampled_from(["12栋", "约三百", ""])),
        st.sampled_from(["", "无电梯", "2018.8.3"]),
    ),
    min_size=1,
    max_size=8,
)
TITLES = st.lists(st.sampled_from([("工作台账",), ("单位：栋、户",), ()]), max_size=3)
NOTES = st.lists(
    st.sampled_from([(), ("合计", "", "", "", 12), ("填表说明：按小区填写。",), ("填表人：王强", "", "审核人：李敏")]),
    max_size=4,
)


def table_of(compounds: list[tuple], order: list[int], titles: list[tuple], notes: list[tuple], gap: int) -> ReadTable:
    """The same compounds in another layout."""
    headers = ["序号", "小区编号", "小区名称", "小区类型", "楼栋数", "备注"]
    lines = [headers] + [[i, f"MH-{i:03d}", *compound] for i, compound in enumerate(compounds, 1)]
    lines = [[line[i] for i in order] for line in lines]
    lines[1 + gap % len(compounds) : 1 + gap % len(compounds)] = [[""] * 6, [""] * 6]
    rows = (*titles, *map(tuple, lines), *notes)
    return lay_out(RawBook("xlsx", (RawSheet("工作台账", rows),)), FORM).tables["work"]


@given(COMPOUNDS, st.permutations(range(6)), TITLES, NOTES, st.integers(0, 7))
def test_any_layout_of_a_table_gives_the_same_rows(compounds, order, titles, notes, gap):
    """Columns in another order, titles, blank lines and notes change no row."""
    plain = table_of(compounds, list(range(6)), [], [], 0)
    other = table_of(compounds, order, titles, notes, gap)
    assert [row.cells for row in other.rows] == [row.cells for row in plain.rows]
    assert len(plain.rows) == len(compounds)
    assert other.missing == plain.missing


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)))
def test_every_day_is_the_same_in_every_way_of_writing(day):
    """A day is that day as a cell, as a serial and in the five ways of a text."""
    column = FORM.table("activities").column("held_on")
    ways = [day, day.toordinal() - 693594, f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month:02d}/{day.day:02d}", day.isoformat(),
            f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"]  # fmt: skip
    assert {read_cell(way, column).value for way in ways} == {day}
