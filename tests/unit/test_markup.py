"""The marks in an office's own workbook: what is marked, what stays, what is never trusted."""

import io
import zipfile
from datetime import UTC, date

import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from duban.adapters.markup import texts
from duban.adapters.markup.colours import COLOURS
from duban.adapters.markup.mark import Task, mark
from duban.adapters.workbook.parse import read_workbook
from duban.core.findings import FindingClass
from duban.core.sheets import RawBook, RawSheet
from fakes.made_returns import ACCEPTED, FORM, RECEIVED
from fakes.marked import (
    FAULTY,
    HEADING,
    LIST,
    MANY,
    PROJECT,
    WORK,
    by_hand,
    checked,
    colour,
    finding,
    marked,
    opened,
    packed,
    repacked,
    sent,
    sent_blank,
)

HOSTILE = ("=cmd|'/c calc'!A0", "+1", "-2+3", "@SUM(1,1)", "=1+1", "#REF!", "{{7*7}}")
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def test_every_cell_with_a_finding_has_the_colour_of_its_class_and_a_comment() -> None:
    """What was found, what is expected and the code stand where the clerk looks: at the cell."""
    content = sent(FAULTY, work=MANY)
    findings = [found for found in checked(content).checked.findings if found.cell]
    assert {found.cls for found in findings} == set(FindingClass)
    workbook = opened(marked(content))
    for found in findings:
        cell = workbook[found.sheet][found.cell]
        assert colour(cell) == COLOURS[found.cls].fill, found
        assert cell.comment.author == texts.AUTHOR
        for said in (texts.MARK, found.code, texts.NAMES[found.cls], found.found, found.expected):
            assert said in cell.comment.text, found


def test_findings_of_one_cell_share_its_comment_and_the_gravest_gives_the_colour() -> None:
    """One cell, one comment, what must be mended first."""
    workbook = opened(marked(sent(), [finding("D01"), finding("R04"), finding("C02")]))
    cell = workbook[WORK]["G2"]
    assert colour(cell) == COLOURS[FindingClass.A].fill
    assert sorted(("R04", "C02", "D01"), key=cell.comment.text.index) == ["R04", "C02", "D01"]


def test_nothing_else_of_the_workbook_changes() -> None:
    """Its other sheets, values, widths, heights, merged cells, drop-downs and frozen panes are the office's own."""
    content = sent_blank({(WORK, "G3"): 0}, work=MANY)
    before, after = opened(content), opened(marked(content))
    assert after.sheetnames == [LIST, *before.sheetnames]
    for sheet in before.worksheets:
        assert looks(after[sheet.title]) == looks(sheet)
    assert rules(after[WORK])


def looks(sheet: Worksheet) -> tuple[object, ...]:
    font = sheet["A1"].font
    return (
        [*sheet.iter_rows(values_only=True)],
        {key: column.width for key, column in sheet.column_dimensions.items()},
        {key: row.height for key, row in sheet.row_dimensions.items() if row.height},
        sorted(map(str, sheet.merged_cells.ranges)),
        rules(sheet),
        (sheet.freeze_panes, sheet.sheet_state, sheet.auto_filter.ref, sheet.protection.sheet, sheet.print_area),
        (font.name, font.size, font.bold, font.color and font.color.rgb),
        len(sheet.conditional_formatting),
    )


def rules(sheet: Worksheet) -> list[tuple[str, str, str]]:
    return sorted((str(rule.sqref), rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation)


def test_a_merged_cell_is_marked_where_it_is_seen() -> None:
    """Of a merged range only the first cell shows."""
    workbook = opened(sent())
    workbook[WORK].merge_cells("F2:G4")
    cell = opened(marked(packed(workbook), [finding(cell="G3")]))[WORK]["F2"]
    assert colour(cell) == COLOURS[FindingClass.A].fill
    assert "R04" in cell.comment.text


def test_what_looks_like_a_formula_stays_a_text() -> None:
    """B-79: in the office's cell, in the list, and when the clerk edits either."""
    workbook = opened(sent())
    findings = []
    for line, text in enumerate(HOSTILE, 2):
        workbook[WORK][f"P{line}"] = text
        workbook[WORK][f"P{line}"].data_type = "s"
        findings.append(finding("C11", cell=f"P{line}", found=text, row=line))
    after = opened(marked(packed(workbook), findings))
    listed = [row[4] for row in after[LIST].iter_rows() if isinstance(row[0].value, int)]
    for line, text in enumerate(HOSTILE, 2):
        for cell in (after[WORK][f"P{line}"], listed[line - 2]):
            assert (cell.value, cell.data_type) == (text, "s")
            assert bool(cell.quotePrefix) is text.startswith(("=", "+", "-", "@"))


def test_a_formula_stays_one_and_keeps_what_it_showed() -> None:
    """Previews and phones do not calculate; Excel calculates again when the file is opened."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet(WORK)
    bold = book.add_format({"bold": True})
    shown = {"A1": 10, "A2": "紫荆<&", "A3": True, "A4": "=1"}
    for cell, value in shown.items():
        sheet.write_formula(cell, "=B1", bold, value)
    sheet.write_array_formula("A5:A5", "{=SUM(B1:B2)}", None, 7)
    sheet.write_formula("A6", "=B1", book.add_format({"num_format": "yyyy-mm-dd"}), 43344)
    book.close()
    after = marked(target.getvalue(), [finding(cell="C1")])
    values = opened(after, data_only=True)[WORK]
    assert [values[f"A{line}"].value for line in range(1, 6)] == [*shown.values(), 7]
    assert values["A6"].value.date() == date(2018, 9, 1)
    assert opened(after)[WORK]["A1"].value == "=B1"
    assert opened(after)[WORK]["A1"].font.bold
    assert opened(after).calculation.fullCalcOnLoad


def test_the_marks_of_last_time_are_gone_and_the_offices_own_stay() -> None:
    """A second marking shows this file's faults alone; comments and fills of the office are not ours to take."""
    workbook = opened(sent({(WORK, "G2"): 0, (WORK, "G3"): 0}, work=MANY))
    workbook[WORK]["G2"].comment = Comment("请王强核对", "王强")
    workbook[WORK]["B2"].comment = Comment("本办自编", "王强")
    workbook[WORK]["C2"].fill = PatternFill("solid", fgColor="00FF00")
    once = marked(packed(workbook))
    assert opened(once)[WORK]["G2"].comment.text.startswith("请王强核对\n【督办】R04")
    twice = opened(marked(by_hand(once, {(WORK, "G2"): 10})))
    assert twice.sheetnames.count(LIST) == 1
    assert twice[WORK]["G2"].comment.text == "请王强核对"
    assert twice[WORK]["G2"].fill.fill_type is None
    assert twice[WORK]["B2"].comment.text == "本办自编"
    assert colour(twice[WORK]["C2"]) == "00FF00"
    assert colour(twice[WORK]["G3"]) == COLOURS[FindingClass.A].fill


def test_what_must_be_mended_can_be_seen_and_edited() -> None:
    """A hidden row or column with such a cell is shown, a locked cell opened; hints change nothing."""
    workbook = opened(sent(work=MANY))
    sheet = workbook[WORK]
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.protection.sheet = True
    sheet["B2"].protection = sheet["B3"].protection = Protection(locked=True)
    after = opened(marked(packed(workbook), [finding("R05", cell="B2"), finding("D01", cell="B3")]))[WORK]
    assert (after.row_dimensions[2].hidden, after.row_dimensions[3].hidden) == (False, True)
    assert not after.column_dimensions["B"].hidden
    assert (after["B2"].protection.locked, after["B3"].protection.locked) == (False, True)


def test_macros_are_dropped_and_it_is_said() -> None:
    """What comes back is an .xlsx."""
    types = {"[Content_Types].xml": (PLAIN_TYPE, MACRO_TYPE)}
    content = repacked(sent(), types, **{"xl/vbaProject.bin": b"macro"})
    assert read_workbook(content).container == "xlsm"
    after = marked(content, [finding()])
    assert read_workbook(after).container == "xlsx"
    assert not [name for name in zipfile.ZipFile(io.BytesIO(after)).namelist() if "vba" in name]
    assert texts.MACROS in [row[0] for row in opened(after)[LIST].iter_rows(values_only=True)]


def test_a_workbook_that_cannot_be_written_back_is_built_again() -> None:
    """.xls, .xlsb, .ods: sheets, values and places as read; what was a formula is a text."""
    work = RawSheet(WORK, ((), ("编号", None, "=1+1", 3, date(2018, 9, 3), True)), faults={(1, 6): "=SUM(A1)"})
    book = RawBook("xls", (work, RawSheet("a/b", (("x",),), visible=False)))
    workbook = opened(mark(Task(None, book, (finding(cell="D2"),), HEADING, FORM)))
    assert workbook.sheetnames == [LIST, WORK, "a_b"]
    cells = workbook[WORK][2]
    values = [cell.value.date() if cell.is_date else cell.value for cell in cells]
    assert values == ["编号", None, "=1+1", 3, date(2018, 9, 3), True, "=SUM(A1)"]
    assert [cell.data_type for cell in cells] == ["s", "n", "s", "n", "d", "b", "s"]
    assert colour(cells[3]) == COLOURS[FindingClass.A].fill
    assert workbook["a_b"].sheet_state == "hidden"
    assert texts.REBUILT in [row[0] for row in workbook[LIST].iter_rows(values_only=True)]


def test_the_sheet_of_a_csv_is_called_as_the_form_calls_its_table() -> None:
    """A .csv has no sheet names; as a workbook it is read by them."""
    sheet = next(sheet for sheet in read_workbook(sent()).sheets if sheet.name == WORK)
    book = RawBook("csv", (RawSheet("9月7日", sheet.rows),))
    workbook = opened(mark(Task(None, book, (finding(sheet="9月7日"),), HEADING, FORM)))
    assert workbook.sheetnames == [LIST, WORK]
    assert "R04" in workbook[WORK]["G2"].comment.text


def test_a_workbook_is_dated_by_its_receipt_and_not_by_the_clock() -> None:
    """Also one that does not say when it was made."""
    bare = repacked(sent(), {"docProps/core.xml": (b":created", b":forgotten")})
    properties = opened(marked(bare, [finding()])).properties
    assert {properties.created, properties.modified} == {RECEIVED.astimezone(UTC).replace(tzinfo=None)}


@pytest.mark.parametrize("make", [sent, lambda: repacked(sent(), {"docProps/core.xml": (b":created", b":forgotten")})])
def test_the_same_task_gives_the_same_bytes(make) -> None:
    """Nothing of clock, machine or chance is in them."""
    content = make()
    assert marked(content, [finding()]) == marked(content, [finding()])


def test_many_accepted_in_one_week_are_all_marked() -> None:
    """C04 is one finding a compound, each at its date."""
    content = sent(work=MANY, project=[{**row, **ACCEPTED} for row in MANY])
    cells = {found.cell for found in checked(content).checked.findings if found.code == "C04"}
    sheet = opened(marked(content))[PROJECT]
    assert len(cells) == len(MANY)
    assert {colour(sheet[cell]) for cell in cells} == {COLOURS[FindingClass.C].fill}
