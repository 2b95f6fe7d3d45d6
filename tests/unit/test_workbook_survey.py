"""What the XML of a sheet gives away before it is parsed (faults.md B-15 … B-20, B-29, B-70, B-81, B-82)."""

import pytest

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.survey import Survey, survey
from duban.core.errors import UnreadableReturnError
from duban.core.gate.structure import MOST_ROWS
from fakes.workbooks import cell, row

TABLE = "".join(row(number, cell(f"A{number}", "甲"), cell(f"B{number}", "乙")) for number in range(1, 4))


def seen(rows: str, before: str = "") -> Survey:
    return survey("工作台账", f"<worksheet>{before}<sheetData>{rows}</sheetData></worksheet>".encode())


def refusal(rows: str) -> UnreadableReturnError:
    with pytest.raises(UnreadableReturnError) as refused:
        seen(rows)
    return refused.value


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "ZZ200000", "GS1", "A50001"])
def test_a_lone_value_far_from_the_table_is_left_out(reference: str) -> None:
    """B-15, B-16, B-17: nothing else of the sheet changes."""
    number = "".join(filter(str.isdigit, reference))
    stray = f'<row r="{number}">{cell(reference, "。")}</row>'
    assert seen(TABLE + stray).part == seen(TABLE + f'<row r="{number}"></row>').part


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576"])
def test_a_format_far_from_the_table_is_nothing(reference: str) -> None:
    """A styled blank is no content; neither are a million styled rows or what <dimension> claims (B-18, B-19, B-20)."""
    rows = TABLE + f'<row r="1048576" s="1" customFormat="1"><c r="{reference}" s="3"/></row>'
    assert seen(rows, before='<dimension ref="A1:XFD1048576"/>').strays == frozenset()


def test_the_last_places_within_reach_are_read() -> None:
    """GR50000 is column 200 and line 50 000."""
    assert seen(row(50_000, cell("GR50000", "甲"))).strays == frozenset()


def test_far_cells_side_by_side_might_be_data_and_are_refused() -> None:
    """F08, with the place, so that the clerk finds it."""
    refused = refusal(TABLE + row(60_000, cell("A60000", "甲"), cell("B60000", "乙")))
    assert (refused.code, "B60000" in refused.found) == ("F08", True)


def test_too_many_strays_are_no_accident() -> None:
    """F08 beyond a hundred."""
    strays = [row(number, cell(f"A{number}", "。")) for number in range(90_000, 90_000 + limits.MOST_STRAYS + 1)]
    seen(TABLE + "".join(strays[1:]))
    assert refusal(TABLE + "".join(strays)).code == "F08"


def test_rows_are_counted_by_their_content() -> None:
    """F08 above 50 000 rows with content, and the bound is told; blank styled ones do not count."""
    filled = [row(number, cell(f"A{number}", "甲")) for number in range(1, limits.MOST_LINES + 2)]
    blank = [f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(60_000, 70_000)]
    seen("".join(filled[:-1] + blank))
    assert (refusal("".join(filled)).code, "超过 50000 行" in refusal("".join(filled)).found) == ("F08", True)


def test_the_readers_bound_leaves_room_for_a_whole_table_and_what_stands_around_it() -> None:
    """It is there for the reader's safety; the rows of a table are counted when it is known what they are."""
    assert limits.MOST_LINES >= 2 * MOST_ROWS


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<c r="B2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<x:c r="B2" t="e"><x:f>A1</x:f><x:v>#N/A</x:v></x:c>', "#N/A"),
        ('<c r="B2"><f>SUM(A1:A9)&amp;"甲"</f></c>', '=SUM(A1:A9)&"甲"'),
        ('<c r="B2" s="4"><f>SUM(A1:A9)</f><v></v></c>', "=SUM(A1:A9)"),
        ('<c r="B2"><f>A1</f><v/></c>', "=A1"),
    ],
)
def test_errors_and_uncalculated_formulas_are_told_from_blanks(written: str, shown: str) -> None:
    """B-81, B-82: the parser shows them as blank."""
    assert seen(row(2, written)).faults == {(1, 1): shown}


@pytest.mark.parametrize(
    "written",
    [
        '<c r="B2"><f>1+1</f><v>2</v></c>',
        '<c r="B2" t="str"><f>A1&amp;""</f><v></v></c>',
        cell("B2", 't="e"'),
        '<c r="B2" s="1"/>',
    ],
)
def test_calculated_formulas_and_texts_are_no_faults(written: str) -> None:
    """B-80: a cached value counts, an empty text too."""
    assert seen(row(2, written)).faults == {}


def test_hidden_rows_and_columns_are_seen() -> None:
    """B-70."""
    rows = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row spans="1:2" hidden="true" r="5"/><row r="6"/>'
    found = seen(rows, before='<cols><col min="2" max="3" hidden="1"/><col hidden="1" max="16384" min="200"/></cols>')
    assert found.hidden_rows == {1, 4}
    assert found.hidden_columns == {1, 2, 199}


def test_a_negative_string_index_is_damage() -> None:
    """B-29: the parser would show the first text of the workbook instead."""
    assert refusal(row(1, '<c r="A1" t="s"><v>-1</v></c>')).found == texts.DAMAGED
    assert seen(row(1, '<c r="A1"><v>-1</v></c>')).faults == {}
