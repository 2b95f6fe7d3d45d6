"""One return in every container, read by the real child: the same sheets, the same places, the same values."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from duban.adapters.workbook import WorkbookReader
from duban.adapters.workbook.survey_xls import survey_xls
from duban.core.errors import UnreadableReturnError
from duban.core.sheets import Area, RawBook, RawSheet
from fakes.workbooks import SHEET, cell, ods, ods_cell, ods_gap, row, xlsb, xlsx, xlsx_parts, zipped

# Two blank rows and one blank column come first: positions must be true (B-73).
CELLS = {(2, 1): "小区编号", (2, 2): "居民户数", (3, 1): "MH-001", (3, 2): 300.0}
ROWS = ((), (), (None, "小区编号", "居民户数"), (None, "MH-001", 300))

HALF_PAST_FIVE = datetime(2018, 9, 1, 17, 30)  # noqa: DTZ001 - cells know no time zone


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as warm:
        yield warm


def from_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for (line, column), value in CELLS.items():
        sheet.cell(line + 1, column + 1, value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def from_xlsxwriter() -> bytes:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet(SHEET)
    for (line, column), value in CELLS.items():
        sheet.write(line, column, value)
    book.close()
    return saved.getvalue()


def from_xlwt(*, dates_1904: bool = False) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = dates_1904
    sheet = book.add_sheet(SHEET)
    for (line, column), value in CELLS.items():
        sheet.write(line, column, value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_ods() -> bytes:
    lines = "".join(
        f"<table:table-row>{ods_gap(columns=1)}{ods_cell(left)}{right}</table:table-row>"
        for left, right in (
            ("小区编号", ods_cell("居民户数")),
            ("MH-001", '<table:table-cell office:value-type="float" office:value="300"/>'),
        )
    )
    return ods(ods_gap(rows=2) + lines + ods_gap(rows=1_048_572))


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (from_openpyxl(), "xlsx"),
        (from_xlsxwriter(), "xlsx"),
        (zipped({**xlsx_parts(row(3, cell("B3", "小区编号"), cell("C3", "居民户数"))
            + row(4, cell("B4", "MH-001"), '<c r="C4"><v>300</v></c>')), "xl/vbaProject.bin": b"macro"}), "xlsm"),
        (from_xlwt(), "xls"),
        (xlsb(SHEET, CELLS), "xlsb"),
        (as_ods(), "ods"),
    ],
    ids=["xlsx by openpyxl", "xlsx by XlsxWriter", "xlsm", "xls", "xlsb", "ods"],
)  # fmt: skip
def test_every_container_gives_the_same_sheet(reader: WorkbookReader, content: bytes, container: str) -> None:
    """Sniffed by content, under a name that lies (B-5, B-9, B-11, B-12)."""
    assert reader.read("周报.doc", content) == RawBook(container, (RawSheet(SHEET, ROWS),))


def test_a_csv_is_a_sheet_called_like_its_file(reader: WorkbookReader) -> None:
    """What table it is, is told by its header, elsewhere."""
    books = [
        reader.read(f"MH/2018-08-17/{name}.csv", f"小区编号,{name},备注\n".encode("gb18030"))
        for name in ("工作台账", "项目台账")
    ]
    sheets = [RawSheet(name, (("小区编号", name, "备注"),), fields=(3,)) for name in ("工作台账", "项目台账")]
    assert books == [RawBook("csv", (sheet,)) for sheet in sheets]


def test_values_keep_their_types(reader: WorkbookReader) -> None:
    """Dates, times, numbers, truth values and texts that look like numbers."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet()
    formats = [book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm")]
    sheet.write_datetime(0, 0, date(2018, 9, 1), formats[0])
    sheet.write_datetime(0, 1, HALF_PAST_FIVE, formats[1])
    sheet.write_number(0, 2, 0.5, formats[2])
    sheet.write_number(0, 3, 1.5, formats[3])
    sheet.write_row(0, 4, [12, 1.25, True])
    sheet.write_string(0, 7, "00123")
    book.close()
    (read,) = reader.read("x", saved.getvalue()).sheets
    assert read.rows == ((date(2018, 9, 1), HALF_PAST_FIVE, time(12), timedelta(hours=36), 12, 1.25, True, "00123"),)


def test_a_1904_workbook_says_so_and_its_dates_are_true(reader: WorkbookReader) -> None:
    """Serials of both systems become the same dates; bare numbers are left to whoever knows the column (B-98)."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, date(2018, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    read = reader.read("x", saved.getvalue())
    assert (read.epoch_1904, read.sheets[0].rows) == (True, ((date(2018, 9, 1),),))
    assert reader.read("x", from_xlwt(dates_1904=True)).epoch_1904
    assert not reader.read("x", from_xlwt()).epoch_1904


def test_hidden_sheets_are_marked_and_charts_left_out(reader: WorkbookReader) -> None:
    """B-37, B-69."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    book.add_worksheet("工作台账").write("A1", "甲")
    book.add_worksheet("旧").hide()
    book.add_worksheet("更旧").very_hidden()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=工作台账!$A$1:$A$2"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()
    sheets = reader.read("x", saved.getvalue()).sheets
    assert [(sheet.name, sheet.visible) for sheet in sheets] == [("工作台账", True), ("旧", False), ("更旧", False)]


def test_hidden_rows_and_columns_are_read_and_marked(reader: WorkbookReader) -> None:
    """B-70: their data counts."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet()
    sheet.write_column("A1", ["甲", "乙", "丙"])
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column("C:D", None, None, {"hidden": True})
    book.close()
    (read,) = reader.read("x", saved.getvalue()).sheets
    assert read.rows == (("甲",), ("乙",), ("丙",))
    assert (read.hidden_rows, read.hidden_columns) == ({1}, {2, 3})


def old_workbook() -> bytes:
    """An .xls with an error by itself and one of a formula, and a hidden row and column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(SHEET)
    for line, text in enumerate("甲乙丙"):
        sheet.write(line, 0, text)
    sheet.row(0).set_cell_error(1, "#REF!")
    sheet.write(2, 1, xlwt.Formula("1/0"))
    sheet.row(1).hidden = True
    sheet.col(3).hidden = True
    saved = io.BytesIO()
    book.save(saved)
    # What its formulas come to, xlwt leaves to whoever opens the file: here it is #DIV/0!.
    formula = re.compile(rb"(\x06\0.\0\x02\0\x01\0..)\x03\0{5}\xff\xff", re.DOTALL)
    content, changed = formula.subn(lambda found: found[1] + b"\2\0\7\0\0\0\xff\xff", saved.getvalue())
    assert changed == 1
    return content


def free_workbook() -> bytes:
    """The same as an .ods."""
    first = f'<table:table-row>{ods_cell("甲")}<table:table-cell table:formula="of:=#REF!" office:value-type="string" '
    first += 'office:string-value=""><text:p>#REF!</text:p></table:table-cell></table:table-row>'
    second = f'<table:table-row table:visibility="collapse">{ods_cell("乙")}</table:table-row>'
    third = f'<table:table-row>{ods_cell("丙")}<table:table-cell table:formula="of:=1/0" office:value-type="string">'
    third += "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    columns = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    return ods(columns + first + second + third)


@pytest.mark.parametrize("content", [old_workbook(), free_workbook()], ids=["xls", "ods"])
def test_error_cells_and_hidden_lines_are_told_of_other_containers_too(reader: WorkbookReader, content: bytes) -> None:
    """B-70, B-82: their parser takes an error for a blank, which would be told as one, or not at all."""
    (read,) = reader.read("x", content).sheets

    assert [row[0] for row in read.rows] == ["甲", "乙", "丙"]
    assert read.faults == {(0, 1): "#REF!", (2, 1): "#DIV/0!"}
    assert (read.hidden_rows, read.hidden_columns) == ({1}, {3})


def test_what_is_no_sound_container_has_no_marks() -> None:
    """Sectors of 2^65535 bytes (properties/test_bad_bytes). Whether the file can be read is the parser's to say."""
    header = bytearray(old_workbook())
    header[30:32] = b"\xff\xff"

    assert survey_xls(bytes(header)) == {}
    assert survey_xls(b"") == {}


def test_merged_ranges_are_told(reader: WorkbookReader) -> None:
    """B-62, B-63, in .xlsx and .xls; the other parsers do not tell."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet()
    sheet.merge_range("B1:C2", "甲")
    sheet.write("B3", "乙")
    book.close()
    old = xlwt.Workbook()
    page = old.add_sheet("旧")
    page.write_merge(0, 1, 1, 2, "甲")
    page.write(2, 1, "乙")
    saved_old = io.BytesIO()
    old.save(saved_old)
    for content in (saved.getvalue(), saved_old.getvalue()):
        assert reader.read("x", content).sheets[0].merged == (Area(0, 1, 1, 2),)


def test_error_cells_and_formulas_without_value_are_no_blanks(reader: WorkbookReader) -> None:
    """B-81, B-82: openpyxl writes formulas and never calculates them; shared formulas are spelled out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "户数"
    sheet["B2"] = "=SUM(A1:A3)"
    sheet["A3"] = "#REF!"
    saved = io.BytesIO()
    book.save(saved)
    (read,) = reader.read("x", saved.getvalue()).sheets
    assert read.faults == {(1, 1): "=SUM(A1:A3)", (2, 0): "#REF!"}
    assert read.rows == (("户数",), (), ())
    shared = row(1, '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1+1</f></c>') + row(
        2, '<c r="A2"><f t="shared" si="0"/></c>'
    )
    assert reader.read("x", xlsx(shared)).sheets[0].faults == {(0, 0): "=B1+1", (1, 0): "=B2+1"}


def test_what_the_parser_cannot_read_is_told_as_damage(reader: WorkbookReader) -> None:
    """F01 for a truncated .xls, even where the parser panics; for lost and broken parts (B-10, B-26 … B-28)."""
    lost = xlsx_parts(row(1, '<c r="A1" t="s"><v>7</v></c>'))
    broken = {**xlsx_parts(""), "xl/workbook.xml": "<workbook"}
    unrelated = {name: part for name, part in xlsx_parts("").items() if not name.endswith("workbook.xml.rels")}
    gone = {name: part for name, part in xlsx_parts("").items() if not name.endswith("sheet1.xml")}
    xls = from_xlwt()
    contents = [zipped(lost), zipped(broken), zipped(unrelated), zipped(gone), xls[: len(xls) // 2], xls[:-10]]
    read = dict(reader.read_all((str(number), content) for number, content in enumerate(contents)))
    assert {name: getattr(book, "code", book) for name, book in read.items()} == dict.fromkeys("012345", "F01")


def test_too_many_sheets_are_too_large(reader: WorkbookReader) -> None:
    """F08 (B-39)."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    for number in range(101):
        book.add_worksheet(str(number))
    book.close()
    with pytest.raises(UnreadableReturnError) as refused:
        reader.read("x", saved.getvalue())
    assert refused.value.code == "F08"


@pytest.mark.parametrize("rows", [50_000, 50_001])
def test_lines_are_counted_in_every_container(reader: WorkbookReader, rows: int) -> None:
    """F08 above 50 000, also where rows carry no numbers and in an .ods that repeats one (B-14)."""
    contents = {
        "unnumbered": xlsx("<row><c><v>1</v></c></row>" * rows),
        "repeated": ods(f'<table:table-row table:number-rows-repeated="{rows}">{ods_cell("甲")}</table:table-row>'),
    }
    codes = {getattr(book, "code", "read") for _, book in reader.read_all(contents.items())}
    assert codes == {"F08" if rows > 50_000 else "read"}


def test_a_stray_value_at_the_end_of_any_sheet_is_left_out(reader: WorkbookReader) -> None:
    """B-15, B-16, B-17: the table is read as if it were not there."""
    table = row(1, cell("A1", "甲"))
    contents = {
        "corner": xlsx(table + row(1_048_576, cell("XFD1048576", "。"))),
        "bottom": xlsx(table + row(1_048_576, cell("A1048576", "。"))),
        "sparse": xlsx(table + row(200_000, cell("ZZ200000", "。"))),
        "ods": ods(
            f"<table:table-row>{ods_cell('甲')}</table:table-row>{ods_gap(rows=90_000)}"
            f"<table:table-row>{ods_cell('。')}</table:table-row>"
        ),
    }
    for name, book in reader.read_all(contents.items()):
        assert isinstance(book, RawBook), name
        assert book.sheets[0].rows == (("甲",),), name


def test_a_file_of_more_than_20_mb_is_not_even_looked_at(reader: WorkbookReader) -> None:
    """F08."""
    with pytest.raises(UnreadableReturnError) as refused:
        reader.read("x", bytes(20 * 1024 * 1024 + 1))
    assert refused.value.code == "F08"


def test_a_name_is_nothing_but_a_name(reader: WorkbookReader, tmp_path: Path) -> None:
    """B-45, B-46: whatever it says, it only names the sheet of a .csv."""
    for name in ("{{ conn.x.password }}.csv", "../../etc/passwd\n.csv", "-rf.csv", "\udcff.csv", ""):
        (sheet,) = reader.read(name, b"1,2,3\n").sheets
        assert sheet.rows == (("1", "2", "3"),)
    assert list(tmp_path.iterdir()) == []
