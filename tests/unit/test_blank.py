"""The blank workbook: generated from the form, honest while one types, and readable again (returns.md)."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil

import openpyxl
import pytest
import time_machine
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from duban.adapters.workbook import write_blank, write_workbook
from duban.adapters.workbook.parse import read_workbook
from duban.core.checked import Value
from duban.core.grounds import Ground
from duban.core.layout import lay_out
from duban.core.plan import Office
from duban.core.returns import Kind, Presence, ReturnKind, declare_form
from duban.core.tables import ReadReturn

AIMS = (("aim_01", "社区平安"), ("aim_02", "邻里和谐"))
DEPARTMENTS = ("规划分局", "房管局")
FORM = declare_form(AIMS, DEPARTMENTS)
OFFICE = Office("QC", "前程办事处", Ground(None, "测试用"))
CUTOFF = date(2019, 5, 17)
WORK: Sequence[Mapping[str, Value]] = (
    {
        "compound_id": "QC-001",
        "name": "=cmd|' /C calc'!A0",
        "community": "@SUM(A1)",
        "kind": "物业小区",
        "built_year": 1998,
        "buildings": 12,
        "households": 300,
        "management": "专业物业",
        "grid_officer": "+86王强",
        "planned_year": "2018",
        "remark": "-1",
    },
)
PROJECT: Sequence[Mapping[str, Value]] = (
    {
        "compound_id": "QC-001",
        "name": "前程花园",
        "scheme": "两委已议定",
        "deliberated_on": date(2019, 5, 1),
        "aim_01": "进行中",
        "aim_02": "已完成",
        "committee_stage": "选举产生",
        "funds": Decimal("12.50"),
        "ask_department": "房管局",
        "asked_on": CUTOFF,
    },
)
TABLES = {"work": WORK, "project": PROJECT}


def blank(**more: object) -> bytes:
    file = io.BytesIO()
    write_blank(FORM, OFFICE, CUTOFF, file, **more)  # type: ignore[arg-type]  # keyword arguments as each test has them
    return file.getvalue()


def laid_out(content: bytes) -> ReadReturn:
    return lay_out(read_workbook(content), FORM)


def sheet_of(content: bytes, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def cover_of(content: bytes) -> dict[str, str]:
    return {key: value.cell.text for key, value in laid_out(content).cover.items() if value.cell.text}


def test_the_cover_says_who_when_and_what() -> None:
    """What the system knows is filled in."""
    known = {"office": "前程办事处", "week": "2019-05-17", "kind": "正常报送", "version": "1"}
    assert cover_of(blank()) == known


def test_the_blank_is_read_back_as_the_form_without_a_hint() -> None:
    """Every column once, none unknown, no row, nothing normalised but the title."""
    read = laid_out(blank())
    for table in (*read.tables.values(), read.reasons):
        assert table is not None
        assert (table.rows, table.missing, table.twice, table.unknown) == ((), (), (), ())
        assert [reason for _, reason in table.ignored] == ["title"]
        read_columns = {column.key for column in table.table.columns if column.kind is not Kind.IGNORED}
        assert set(table.columns) == read_columns
    assert set(read.tables) == {"work", "project", "activities"}


@pytest.mark.parametrize("write", ["blank", "workbook"])
def test_known_rows_are_read_back_as_the_values_they_were(write: str) -> None:
    """A pre-filled blank and a plain return; formula-like texts stay texts (B-79); no hint on any cell."""
    content = blank(tables=TABLES) if write == "blank" else plain(TABLES)
    read = laid_out(content)
    for key, rows in TABLES.items():
        (found,) = read.tables[key].rows
        values = {name: cell.value for name, cell in found.cells.items() if not cell.blank}
        assert values == rows[0]
        assert {cell.note for cell in found.cells.values()} == {None}


def plain(tables: Mapping[str, Sequence[Mapping[str, Value]]]) -> bytes:
    file = io.BytesIO()
    cover = {"office": OFFICE.name, "week": "2019-05-17", "kind": ReturnKind.NORMAL.value, "version": "1"}
    write_workbook(FORM, cover, tables, file)
    return file.getvalue()


def test_a_plain_return_has_the_tables_it_was_given() -> None:
    """A zero report has none."""
    assert set(laid_out(plain({})).tables) == set()
    assert set(laid_out(plain({"work": WORK})).tables) == {"work"}
    assert cover_of(plain({}))["office"] == "前程办事处"


def test_the_same_arguments_give_the_same_bytes() -> None:
    """No clock goes into the file."""
    with time_machine.travel("2018-08-13 09:00"):
        first = blank(tables=TABLES), plain(TABLES)
    with time_machine.travel("2021-01-01 00:00"):
        assert (blank(tables=TABLES), plain(TABLES)) == first


def test_no_cell_is_a_formula() -> None:
    """Whatever an office once wrote comes back as text."""
    book = openpyxl.load_workbook(io.BytesIO(blank(tables=TABLES)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("table", [*FORM.tables, FORM.reasons], ids=lambda table: table.key)
def test_every_column_with_a_domain_is_guarded_while_typing(table: object) -> None:
    """Choices by a list, numbers and dates by their bounds, texts by their length."""
    assert isinstance(table, type(FORM.reasons))
    sheet = sheet_of(blank(), table.sheet)
    guards = {str(guard.sqref).split(":")[0]: guard for guard in sheet.data_validations.dataValidation}
    kinds = {Kind.CHOICE: "list", Kind.DATE: "date", Kind.INTEGER: "whole", Kind.DECIMAL: "decimal"}
    for index, column in enumerate(table.columns, 1):
        guard = guards.get(sheet.cell(3, index).coordinate)
        if column.key == "compound_id" and column.presence is Presence.REQUIRED:
            assert guard is not None
            assert guard.type == "custom"
        elif column.kind in kinds:
            assert guard is not None, column.header
            assert (guard.type, guard.showErrorMessage) == (kinds[column.kind], True)
            assert guard.error
            assert re.search("[\u4e00-\u9fff]", guard.error)


def test_choices_are_those_of_the_form() -> None:
    """Departments come from the plan."""
    sheet = sheet_of(blank(), "项目台账")
    lists = {guard.formula1 for guard in sheet.data_validations.dataValidation if guard.type == "list"}
    assert '"规划分局,房管局"' in lists
    assert '"未开始,进行中,已完成,不涉及"' in lists


def test_choices_too_long_for_a_validation_stand_in_a_hidden_list() -> None:
    """Excel takes 255 characters; nothing of it is read back as a table."""
    departments = tuple(f"第{number}个名称很长很长很长的部门" for number in range(30))
    file = io.BytesIO()
    write_blank(declare_form(AIMS, departments), OFFICE, CUTOFF, file)
    book = openpyxl.load_workbook(file)
    hidden = book["选项"]
    assert hidden.sheet_state == "hidden"
    assert tuple(row[0] for row in hidden.iter_rows(values_only=True)) == departments
    lists = {guard.formula1 for guard in book["项目台账"].data_validations.dataValidation if guard.type == "list"}
    assert "'选项'!$A$1:$A$30" in lists
    assert laid_out(file.getvalue()).tables["project"].rows == ()


def test_keys_and_headers_are_locked_and_the_rest_is_open() -> None:
    """No password: protection against accidents only."""
    sheet = sheet_of(blank(tables=TABLES), "工作台账")
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {cell.value: cell.protection.locked for row in sheet["A2:F3"] for cell in row}
    assert (locked["小区编号"], locked["QC-001"]) == (True, True)
    assert (locked["物业小区"], locked[1998]) == (False, False)
    assert not sheet["B4"].protection.locked


def test_the_guide_explains_every_column() -> None:
    """填表说明: required or not, what may stand there, an example that this office could write."""
    rows = list(sheet_of(blank(), "填表说明").iter_rows(values_only=True))
    explained = {(str(row[0]), str(row[1])): row for row in rows}
    for table in (*FORM.tables, FORM.reasons):
        for column in table.columns:
            row = explained[table.sheet, column.header]
            assert (row[2] == "必填") == (column.presence is Presence.REQUIRED)
            assert all(choice in str(row[3]) for choice in column.choices)
    assert explained["工作台账", "小区编号"][4] == "QC-001"


@pytest.mark.parametrize("name", ["封面", "填表说明"])
def test_no_text_runs_into_the_row_below(name: str) -> None:
    """Merged cells never grow by themselves, other ones not in every program: each row says how high it is."""
    sheet = sheet_of(blank(), name)
    merged = {area.min_row for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows(min_row=2):
        columns = range(1, sheet.max_column + 1) if row[0].row in merged else ()
        whole = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
        for cell in row:
            if isinstance(cell.value, str):
                room = (whole or sheet.column_dimensions[cell.column_letter].width) - 2
                lines = ceil(sum(1 if character.isascii() else 2 for character in cell.value) / room)
                assert (sheet.row_dimensions[cell.row].height or 15) >= 14 * lines, cell.value


def test_pages_print_on_a4_landscape_with_their_header() -> None:
    """As wide as the page, header repeated, panes frozen under it."""
    for table in (*FORM.tables, FORM.reasons):
        sheet = sheet_of(blank(), table.sheet)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (0, "$1:$2")
        assert sheet.freeze_panes is not None
        assert str(sheet.freeze_panes).endswith("3")
