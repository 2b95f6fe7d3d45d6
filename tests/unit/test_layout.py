"""A workbook laid out by the form (returns.md): sheets, headers and rows found by what they are."""

from datetime import date

import pytest

from duban.core.layout import lay_out
from duban.core.returns import declare_form
from duban.core.sheets import Area, RawBook, RawSheet
from duban.core.tables import ReadReturn, ReadTable

FORM = declare_form((("aim_01", "社区平安"), ("aim_02", "邻里和谐")), ("规划局",))
HEADERS = (
    "序号",
    "小区编号",
    "小区名称",
    "所属社区",
    "小区类型",
    "建成年份",
    "楼栋数",
    "居民户数",
    "管理方式",
    "网格责任人",
    "备注",
)
FIRST = (1.0, "MH-001", "紫荆小区", "翠竹社区", "社区楼院", 1998.0, 12.0, 300.0, "无", "王强", "")
SECOND = (2.0, "MH-002", "世纪新村", "翠竹社区", "物业小区", 2001.0, 4.0, 96.0, "专业物业", "李敏", "")
BLANK = ("",) * len(HEADERS)


def laid(*rows: tuple, name: str = "工作台账", **sheet: object) -> ReadReturn:
    return lay_out(RawBook("xlsx", (RawSheet(name, tuple(rows), **sheet),)), FORM)


def work(*rows: tuple, **sheet: object) -> ReadTable:
    return laid(*rows, **sheet).tables["work"]


def ids(table: ReadTable) -> list[tuple[int, object]]:
    return [(row.row, row.cells["compound_id"].value) for row in table.rows]


def lone(text: object, index: int = 0) -> tuple:
    return tuple(text if i == index else "" for i in range(len(HEADERS)))


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["工作台账", " 工作台账 ", "工作 台账", "工作台账\u200b"])
def test_a_sheet_is_found_by_its_name_whatever_spaces_stand_in_it(name):
    """Names of sheets are compared without what cannot be seen."""
    assert ids(work(HEADERS, FIRST, name=name)) == [(2, "MH-001")]


@pytest.mark.parametrize("name", ["工作台帐", "Sheet1", "工作台账(2)", "项目台账"])
def test_a_sheet_of_another_name_is_another_sheet(name):
    """A table that no sheet is named after is missing (F02)."""
    assert "work" not in laid(HEADERS, FIRST, name=name).tables


def test_a_visible_sheet_is_preferred_to_a_hidden_one_of_its_name():
    """A hidden sheet is often last month's."""
    hidden = RawSheet("工作台账", (HEADERS, SECOND), visible=False)
    table = lay_out(RawBook("xlsx", (hidden, RawSheet("工作台账 ", (HEADERS, FIRST)))), FORM).tables["work"]
    assert ids(table) == [(2, "MH-001")]


def test_the_tables_of_a_csv_return_are_told_by_their_headers():
    """The files of a .csv return are named by clerks; their headers tell the table."""
    projects = ("小区编号", "小区名称", "提升方案", "社区平安", "业委会阶段")
    sheets = (
        RawSheet("a", (HEADERS, FIRST)),
        RawSheet("b", (projects, ("MH-001", "紫荆小区", "未拟定", "√", "未启动"))),
    )
    tables = lay_out(RawBook("csv", sheets), FORM).tables
    assert (tables["work"].sheet, tables["project"].sheet) == ("a", "b")
    assert "work" not in lay_out(RawBook("xlsx", sheets), FORM).tables


@pytest.mark.parametrize("rows", [(), (BLANK,) * 5, (("工作台账",), ("本周无变化",))])
def test_a_sheet_without_two_cells_in_a_line_holds_no_table(rows):
    """A blank sheet, or one with only a title, is as if it were not there."""
    assert laid(*rows).tables == {}


def test_a_table_whose_header_cannot_be_found_misses_every_column():
    """Lines of cells without a header: all columns are missing (F03), and each line is accounted for."""
    table = work(("甲", "乙"), FIRST)
    assert table.rows == ()
    assert table.ignored == ((1, "title"), (2, "title"))
    assert set(table.missing) >= {"小区编号", "小区名称", "居民户数"}


# ── headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_header_is_found_by_its_names_under_titles_and_units():
    """Title rows above the header do not matter, and are listed."""
    table = work(lone("经开区工作台账"), BLANK, lone("单位：栋、户"), HEADERS, FIRST)
    assert ids(table) == [(5, "MH-001")]
    assert table.ignored == ((1, "title"), (3, "title"))


@pytest.mark.parametrize("above", [(), BLANK, lone("填表说明：本表由社区填报。")])
def test_a_header_is_found_under_many_blank_lines_and_instructions(above):
    """A line of one cell is no header; nor is it a reason to look no further."""
    assert ids(work(*(above,) * 150, HEADERS, FIRST)) == [(152, "MH-001")]


def test_a_title_may_name_a_column():
    """One name in a line is no header."""
    assert ids(work(lone("备注"), HEADERS, FIRST)) == [(3, "MH-001")]


@pytest.mark.parametrize(
    "header", ["小区\n编号", " 小区编号 ", "小 区 编 号", "小区编号\u00a0", "小区\u200b编号\r\n", "⼩区编号"]
)
def test_a_header_is_found_whatever_stands_invisibly_in_it(header):
    """Line breaks, spaces, no-break and zero-width marks are no part of a header."""
    assert work((HEADERS[0], header, *HEADERS[2:]), FIRST).missing == ()


@pytest.mark.parametrize("header", ["范围（四至）", "范围(四至)", "范围 （四至)"])
def test_brackets_in_a_header_may_be_of_either_width(header):
    """范围（四至） and 范围(四至) are one column."""
    assert "extent" in work((*HEADERS, header), (*FIRST, "东至路")).columns


def test_a_header_of_two_levels_is_read_as_one():
    """Merged groups over a second line of headers: each column has the name that is known."""
    upper = (
        "序号",
        "小区\n编号",
        "小区名称",
        "提升方案",
        "两委议定日期",
        "整治目标",
        "",
        "业委会阶段",
        "备案日期",
        "投入资金",
        "存在问题",
        "验收日期",
    )
    lower = ("", "", "", "", "", "社区平安", "邻里和谐", "", "", "（万元）", "", "")
    row = (1, "MH-001", "紫荆小区", "未拟定", "", "未开始", "√", "未启动", "", 3.5, "", "")
    table = laid(lone("项目台账"), upper, lower, row, name="项目台账").tables["project"]
    assert (table.missing, table.unknown) == ((), ())
    assert [(r.row, r.cells["aim_02"].value, str(r.cells["funds"].value)) for r in table.rows] == [(4, "已完成", "3.5")]


def test_a_group_merged_over_several_columns_counts_for_each_of_them():
    """小区 over 编号 and 名称: the cells that a merged range hides show what it shows."""
    upper = ("序号", "小区", "", *HEADERS[3:])
    lower = ("", "编号", "名称")
    table = work(upper, lower, FIRST, merged=(Area(0, 1, 0, 2), Area(0, 0, 1, 0)))
    assert (table.missing, ids(table)) == ((), [(3, "MH-001")])


def test_what_is_merged_over_several_rows_counts_for_each_of_them():
    """Texts, choices and dates, with a note; never numbers, which may be a sum, and never a 小区编号 (B-63)."""
    hidden = (2.0, "MH-002", "世纪新村", "", "", 2001.0, 4.0, "", "", "李敏", "")
    merged = tuple(Area(1, column, 2, column) for column in (3, 4, 7, 8))
    first, second = work(HEADERS, FIRST, hidden, merged=merged).rows
    assert second.cells["community"].value == "翠竹社区"
    assert second.cells["community"].note == "合并单元格 → 翠竹社区"
    assert (second.cells["kind"].value, second.cells["management"].value) == ("社区楼院", "无")
    assert second.cells["households"].blank
    assert first.cells["community"].note is None
    double = work(HEADERS, FIRST, ("", "", "乙", *SECOND[3:]), merged=(Area(1, 1, 2, 1),)).rows[1]
    assert double.cells["compound_id"].blank


def test_a_range_merged_from_the_header_or_a_remark_into_the_data_fills_nothing():
    """Only a row of data speaks for another."""
    bare = (*FIRST[:3], "", *FIRST[4:])
    assert work(HEADERS, bare, merged=(Area(0, 3, 1, 3),)).rows[0].cells["community"].blank


def test_a_row_of_a_csv_with_a_field_too_many_has_no_compound():
    """A comma within a text moves all that follows; nobody can say from where (B-54)."""
    moved = ("1", "MH-001", "紫荆", "小区", *FIRST[3:10], "备注")
    sheet = RawSheet("a", (HEADERS, moved, ("2", *SECOND[1:10])), fields=(11, 12, 11))
    first, second = lay_out(RawBook("csv", (sheet,)), FORM).tables["work"].rows
    shifted = first.cells["compound_id"]
    assert (shifted.text, shifted.value, shifted.fault) == ("MH-001", None, "本行多出 1 格，各列可能错位")
    assert second.cells["compound_id"].value == "MH-002"
    assert ids(work(HEADERS, moved)) == [(2, "MH-001")]


def test_a_separator_too_many_at_the_end_of_every_row_shifts_nothing():
    """B-55: programs write them. One line alone, or a text in the last field, is no such habit."""

    def unreadable(*lines: tuple) -> int:
        sheet = RawSheet("a", (HEADERS, *lines), fields=(11, *(12 for _ in lines)))
        return sum(
            not row.cells["compound_id"].readable for row in lay_out(RawBook("csv", (sheet,)), FORM).tables["work"].rows
        )

    assert unreadable(FIRST, SECOND) == 0
    assert unreadable(FIRST) == 1
    assert unreadable(FIRST, (*SECOND, "多")) == 2


def test_missing_doubled_and_unknown_columns_are_told_by_their_headers():
    """F03 names what is missing or twice; unknown columns are a hint."""
    header = [h for h in HEADERS if h != "居民户数"] + ["小区名称", "物业电话"]
    table = work(tuple(header), (*FIRST[:7], *FIRST[8:], "又名", "0371"))
    assert (table.missing, table.twice, table.unknown) == (("居民户数",), ("小区名称",), ("物业电话",))
    assert table.rows[0].cells["name"].value == "紫荆小区"


def test_optional_columns_may_be_missing():
    """范围（四至） and the other optional columns are not missed."""
    assert work(HEADERS, FIRST).missing == ()


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_line_under_the_header_is_a_row_or_ignored_with_its_reason():
    """Blank lines between data, repeated headers, totals, notes and signatures are told apart from data."""
    lines = [
        HEADERS, FIRST, BLANK, lone("明珠社区小计"), tuple(HEADERS), SECOND, BLANK, lone("合计"),
        lone("填表说明：本表由办事处填报。"), lone("填表人：王强　　审核人：李敏"), BLANK, (),
    ]  # fmt: skip
    table = work(*lines)
    assert ids(table) == [(2, "MH-001"), (6, "MH-002")]
    assert table.ignored == ((3, "blank"), (4, "total"), (5, "header"), (8, "total"), (9, "note"), (10, "note"))


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "", "", "", "", 16.0, 396.0, "", "", ""),
        ("", "合 计：", "", "", "", "", 16.0, 396.0, "", "", ""),
        ("", "", "总计", "", "", "", "16栋", "", "—", "/", ""),
        ("合计", "28个", "", "", "", "", 16.0, 396.0, "", "", ""),
        ("", "28", "合计", "", "", "", 16.0, 396.0, "", "", ""),
        ("合计（28个小区）", "", "", "", "", "", 16.0, "", "", "", ""),
    ],
)
def test_a_line_of_sums_is_a_total(row):
    """合计, 小计 and 总计 rows wherever the word stands, with or without the number of compounds."""
    assert work(HEADERS, FIRST, row).ignored == ((3, "total"),)


@pytest.mark.parametrize(
    "row",
    [
        (3.0, "", "合计", "翠竹社区", "社区楼院", 1998.0, 12.0, 300.0, "社区代管", "王强", ""),
        ("", "总计划小区", "总计划小区", "翠竹社区", "社区楼院", "", 12.0, 300.0, "自行管理", "王强", ""),
        (3.0, "MH-003", "小计", "", "", "", "", "", "", "", ""),
        (3.0, "MH-003", "", "", "", "", "", "", "", "", ""),
        (3.0, "", "世纪花园", "", "", "", "", "", "", "", ""),
        ("", "", "世纪花园", "", "", "", "", "", "", "", ""),
        (3.0, "", "", "", "", "", 12.0, 300.0, "", "", ""),
        (3.0, "明湖3", "", "", "", "", "", "", "", "", ""),
        (3.0, "待编", "世纪花园", "翠竹社区", "老旧小区", "", "约12", "", "", "", "备注：新增"),
        ("备注：新增", "MH-003", "", "", "", "", "", "", "", "", ""),
        (3.0, "", "注册小区", "翠竹社区", "", "", 3.0, "", "", "", ""),
        (3.0, "", "郑州经济技术开发区明湖办事处第三大街金水花园小区", "", "", "", "", "", "", "", ""),
        ("四", "", "金水花园（一期；二期）", "", "", "", "", "", "", "", ""),
        (3.0, "", "二、三期花园", "", "", "", "", "", "", "", ""),
    ],
)
def test_a_row_that_may_be_a_compound_is_never_taken_for_a_total_or_note(row):
    """Whatever is broken in it, a row with values of a compound is data, and its faults are told."""
    table = work(HEADERS, FIRST, row)
    assert [r.row for r in table.rows] == [2, 3]
    assert table.ignored == ()


@pytest.mark.parametrize(
    "row",
    [
        lone("填表说明"),
        lone("备注：以上数据截至8月3日"),
        lone("注1：楼栋数含在建"),
        lone("说明：无", 1),
        lone("备注：MH-001本周更名", 1),
        lone("填表说明：小区编号按“MH-001”格式填写", 1),
        lone("1.MH-001本周更名，请核对", 1),
        lone("1、小区编号由房管局统一编制，不得自行更改。"),
        lone("2、本表每周五17时前报送", 1),
        lone("以上数据属实", 1),
        lone("以上小区均已入户走访，数据由各社区提供，请领导审阅。", 2),
        lone("本周无变化", 0),
        ("填表人：", "王强", "", "审核人：", "李敏", "", "", "", "日期：", "2018-08-03", ""),
        ("单位负责人：张三", "", "", "填表人：李四", "", "", "联系电话：66780000", "", "", "", ""),
        ("（盖章）", "", "", "", "", "", "", "", "", "", ""),
        (*BLANK, "请于周五前报送"),
    ],
)
def test_what_clerks_write_under_a_table_is_a_note(row):
    """Explanations, remarks, signature lines and words beside the table are no data."""
    assert work(HEADERS, FIRST, BLANK, row).ignored == ((4, "note"),)


def test_a_line_that_says_nothing_happened_is_a_note():
    """无 or 本周无动态 alone in 工作动态 is no activity."""
    header = ("序号", "日期", "类型", "主题", "地点", "参加人数", "说明")
    table = laid(header, ("1", "", "", "本周无工作动态", "", "", ""), ("", "无"), name="工作动态").tables["activities"]
    assert table.ignored == ((2, "note"), (3, "note"))


def test_a_line_of_column_numbers_under_the_header_belongs_to_it():
    """甲 乙 1 2 3 under a header numbers its columns."""
    table = work(HEADERS, ("甲", "乙", "丙", *range(1, 9)), FIRST)
    assert table.ignored == ((2, "header"),)
    assert ids(table) == [(3, "MH-001")]


def test_a_row_with_nothing_but_its_number_is_blank():
    """Forms come with their 序号 filled in."""
    table = work(HEADERS, FIRST, lone(2.0), SECOND, lone("3"), lone("四、"))
    assert ids(table) == [(2, "MH-001"), (4, "MH-002")]
    assert table.ignored == ((3, "blank"), (5, "blank"), (6, "blank"))


def test_columns_may_stand_in_any_order_and_rows_may_be_short():
    """Cells are found by their column; a row that ends early has blank cells."""
    table = work(tuple(reversed(HEADERS)), tuple(reversed(FIRST)), ("", "李敏"))
    assert table.rows[0].cells["compound_id"].value == "MH-001"
    assert table.rows[1].cells["grid_officer"].value == "李敏"
    assert table.rows[1].cells["compound_id"].blank


def test_hidden_rows_and_columns_are_read_and_told():
    """Hidden data counts; the office is told of it."""
    table = work(HEADERS, FIRST, SECOND, hidden_rows=frozenset({0, 2}), hidden_columns=frozenset({3}))
    assert len(table.rows) == 2
    assert (table.hidden_rows, table.hidden_columns) == ((3,), ("所属社区",))
    assert table.rows[0].cells["community"].value == "翠竹社区"


def test_an_error_cell_makes_a_data_row():
    """A row in which only an error shows is not blank."""
    row = (3.0, "MH-003", *("",) * 9)
    table = work(HEADERS, FIRST, row, BLANK, faults={(2, 7): "#REF!", (3, 6): "=SUM(G2:G3)"})
    assert [r.row for r in table.rows] == [2, 3, 4]
    assert table.rows[1].cells["households"].fault == "#REF!"


def test_a_million_blank_lines_cost_little():
    """The tail of a sheet that claims 1 048 576 rows is neither read nor listed."""
    table = work(HEADERS, FIRST, *((None,) * 11 for _ in range(100_000)))
    assert (len(table.rows), table.ignored) == (1, ())


def test_reasons_are_read_as_a_table_of_their_own():
    """说明原因 is optional and holds answers to findings."""
    reasons = laid(("规则代码", "小区编号", "说明"), ("B02", "mh-001", "连片平房，共四户"), name="说明原因").reasons
    assert [row.cells["compound_id"].value for row in reasons.rows] == ["MH-001"]


@pytest.mark.parametrize(
    "text", ["辖区内无拟提升小区。", "说明：本周无拟提升小区", "我办辖区内目前没有任何拟提升的小区特此说明"]
)
def test_a_lone_text_in_the_column_of_reasons_is_a_reason(text):
    """A sentence is what that column is for, however long; a mark for nothing is none."""
    table = laid(("规则代码", "小区编号", "说明"), ("", "", text), ("", "", "无"), name="说明原因").reasons
    assert [row.cells["reason"].value for row in table.rows] == [text]
    assert table.ignored == ((3, "note"),)


def test_a_note_in_the_column_of_identifiers_may_name_one():
    """Where 小区编号 is the first column, notes stand under it; an identifier begins like one (returns.md)."""
    notes = ("备注：MH-001本周更名", "填表说明：小区编号按“MH-001”格式填写", "1.MH-001本周更名，请核对")
    table = work(HEADERS[1:], FIRST[1:], *((note,) for note in notes), ("ＭＨ-002",))
    assert ids(table) == [(2, "MH-001"), (6, "MH-002")]
    assert table.ignored == ((3, "note"), (4, "note"), (5, "note"))


def test_serials_count_as_the_workbook_says():
    """A plain number in a date column counts from 1904 where the workbook does."""
    rows = (("日期", "类型", "主题"), (41853.0, "宣传发动", "动员会"))
    book = RawBook("xlsx", (RawSheet("工作动态", rows),), epoch_1904=True)
    assert lay_out(book, FORM).tables["activities"].rows[0].cells["held_on"].value == date(2018, 8, 3)


# ── cover ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def cover(*rows: tuple, **sheet: object) -> dict[str, tuple[object, str]]:
    found = laid(*rows, name="封面", **sheet).cover
    return {key: (cell.cell.value, cell.address) for key, cell in found.items()}


def test_labels_of_the_cover_are_found_anywhere_with_their_values_to_the_right():
    """Two blocks side by side, blank merged cells between label and value, colons and spaces in labels."""
    found = cover(
        ("", "周报表", "", "", "", ""),
        ("", "填报单位（盖章）：", "", "明湖办事处", "报送类型", "正常报送"),
        ("报告期截止日:", date(2018, 8, 3), "", "", "表 样 版 本", 1.0),
    )
    assert found == {
        "office": ("明湖办事处", "D2"),
        "kind": ("正常报送", "F2"),
        "week": (date(2018, 8, 3), "B3"),
        "version": ("1", "F3"),
    }


def test_a_label_whose_neighbour_is_another_label_has_no_value():
    """A blank value carries its label's address; the next label is not it."""
    assert cover(("填报单位", "", "报送类型", "零报告")) == {"office": (None, "A1"), "kind": ("零报告", "D1")}


def test_a_label_and_its_value_may_share_a_cell():
    """“填报单位：明湖办事处” in one cell is read, with a note."""
    found = laid(("填报单位：明湖办事处",), ("填报人:王强　审核人：李敏",), name="封面").cover
    assert {key: cell.cell.value for key, cell in found.items()} == {
        "office": "明湖办事处",
        "clerk": "王强",
        "reviewer": "李敏",
    }
    assert found["office"].cell.note == "填报单位：明湖办事处 → 明湖办事处"


def test_a_value_beside_a_label_comes_before_an_instruction_that_begins_with_it():
    """What stands in the label's own cell counts only where nothing stands beside one."""
    filled = (("填报单位", "明湖办事处"), ("报送类型", "零报告"), ("填报人", ""))
    told = (("填报单位：请填写办事处全称",), ("报送类型：正常报送、零报告、更正报送三选一",), ("填报人：王强",))
    expected = {"office": "明湖办事处", "kind": "零报告", "clerk": "王强"}

    for rows in ((*told, *filled), (*filled, *told)):
        assert {key: value for key, (value, _) in cover(*rows).items()} == expected


def test_of_a_label_that_stands_twice_the_one_with_a_value_counts():
    """Instructions may mention a label before it is filled in."""
    assert cover(("填报人",), ("填报人", "王强")) == {"clerk": ("王强", "B2")}


def test_a_label_far_down_the_cover_is_found():
    """Anywhere in the sheet (returns.md), under whatever was pasted above it."""
    instructions = (("填表说明", "第 1 条"),) * 300
    assert cover(*instructions, *((),) * 5_000, ("填报人", "王强")) == {"clerk": ("王强", "B5301")}


def test_a_book_without_a_cover_has_none():
    """No 封面: nothing is looked for elsewhere."""
    found = laid(("填报单位", "明湖办事处"), HEADERS, FIRST)
    assert (found.cover_sheet, found.cover) == (None, {})
