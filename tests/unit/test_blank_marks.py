"""What a pre-filled blank shows of its rows: what was refused in red, what is overdue in yellow, until it is mended."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.worksheet import Worksheet

from duban.adapters.workbook import BlankWorkbooks
from duban.adapters.workbook.parse import read_workbook
from duban.adapters.workbook.styles import ALARM, LATE
from duban.core.layout import lay_out
from duban.core.prefill import Overdue, Prefilled
from fakes.made_returns import FORM
from fakes.plans import PLAN

OFFICE = PLAN.offices[0]
CUTOFF = date(2019, 1, 11)
ROWS = [{"compound_id": f"EA-00{n}", "name": f"小区{n}", "scheme": "未拟定"} for n in (1, 2, 3)]
FILLED = Prefilled(
    FORM,
    {"project": ROWS, "reasons": [{"code": "B06", "compound_id": "EA-001", "reason": "全部为公房无业主"}]},
    {("project", "EA-002"): {"filed_on"}},
    (Overdue("project", "scheme", ("已拟定", "两委已议定"), frozenset({"EA-001", "EA-003"})),),
)


def project(filled: Prefilled = FILLED) -> Worksheet:
    content = BlankWorkbooks().write(OFFICE, CUTOFF, filled)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["项目台账"]
    assert isinstance(sheet, Worksheet)
    return sheet


def coloured(sheet: Worksheet, colour: str) -> dict[str, Rule]:
    """The rules that give a single cell this colour, by cell."""
    return {
        str(cells.sqref): rule
        for cells in sheet.conditional_formatting
        for rule in cells.rules
        if rule.dxf.fill.bgColor.rgb == f"FF{colour.removeprefix('#')}" and ":" not in str(cells.sqref)
    }


def header(sheet: Worksheet, address: str) -> object:
    return sheet[f"{''.join(filter(str.isalpha, address))}2"].value


def test_an_overdue_cell_is_yellow_until_it_holds_what_is_due() -> None:
    """Of the compounds concerned and no other."""
    sheet = project()
    found = coloured(sheet, LATE)

    assert {header(sheet, cell) for cell in found} == {"提升方案"}
    assert sorted(cell[1:] for cell in found) == ["3", "5"]
    [formula] = found[min(found)].formula
    assert formula == f'AND({min(found)}<>"已拟定",{min(found)}<>"两委已议定")'


def test_a_refused_cell_is_red_until_it_is_filled() -> None:
    """Also where the form alone would not ask for it."""
    sheet = project()
    [(cell, rule)] = coloured(sheet, ALARM).items()

    assert (header(sheet, cell), cell[1:]) == ("备案日期", "4")
    assert rule.formula == [f"LEN({cell})=0"]


def test_a_column_that_is_not_offered_has_nothing_to_show() -> None:
    """The mark is left out with its column."""
    narrow = [replace(t, columns=tuple(c for c in t.columns if c.key != "filed_on")) for t in FORM.tables]

    assert coloured(project(replace(FILLED, form=replace(FORM, tables=tuple(narrow)))), ALARM) == {}


def test_marks_are_nothing_to_the_reader() -> None:
    """The rows and the reasons come back as they are, the same bytes each time."""
    content = BlankWorkbooks().write(OFFICE, CUTOFF, FILLED)
    read = lay_out(read_workbook(content), FORM)

    assert [row.cells["compound_id"].value for row in read.tables["project"].rows] == ["EA-001", "EA-002", "EA-003"]
    assert read.reasons is not None
    assert [row.cells["reason"].value for row in read.reasons.rows] == ["全部为公房无业主"]
    assert BlankWorkbooks().write(OFFICE, CUTOFF, FILLED) == content


def test_a_long_text_can_be_read_without_making_the_row_higher() -> None:
    """What was accepted may be longer than its column is wide; a short one leaves the row as it is."""
    rows = [{**ROWS[0], "problem": "停车位不足，居民意见不一。" * 8}, {**ROWS[1], "problem": "无"}]
    sheet = project(replace(FILLED, tables={"project": rows}))
    long, short = (sheet.row_dimensions[line].height for line in (3, 4))

    assert short == 24
    assert 60 <= long <= 409
