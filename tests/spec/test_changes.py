"""What changed between two versions of an office's ledgers: row by row, cell by cell."""

from datetime import date
from decimal import Decimal

import pytest

from duban.core.changes import CellChange, ChangeKind, RowChange, changes
from duban.core.checked import CheckedRow, Verdict
from duban.core.life_texts import FIRST, SAME, row_text, shown, summary
from duban.core.returns import declare_form
from fakes.judged import activity_row, ledger_row, project_row

FORM = declare_form((("aim_01", "社区平安"), ("aim_02", "邻里和谐")), ())
BEFORE = [ledger_row("MH-001"), ledger_row("MH-002"), project_row("MH-001")]


def told(after: list[CheckedRow], before: list[CheckedRow] | None = None) -> list[tuple[str, str, str]]:
    """Table, 小区编号 and what became of it."""
    found = changes(FORM, BEFORE if before is None else before, after)
    return [(change.table, change.compound, change.kind.value) for change in found]


def test_what_is_the_same_is_no_change_wherever_it_stands() -> None:
    """Lines move, numbers are written otherwise, 序号 is nobody's value."""
    after = [
        ledger_row("MH-002", line=7, number="2"),
        ledger_row("MH-001", line=9, funds=None),
        project_row("MH-001", line=5),
    ]
    assert told(after) == []
    twelve = [project_row("MH-001", funds=Decimal("12.50"))], [project_row("MH-001", funds=Decimal("12.5"))]
    assert told(*twelve) == []


def test_a_changed_cell_is_told_with_its_header_and_both_values() -> None:
    """In the order of the form; a cell that was or is blank counts."""
    after = [project_row("MH-001", line=4, aim_01="进行中", filed_on=date(2018, 9, 3), name="幸福里")]
    assert changes(FORM, [project_row("MH-001")], after) == (
        RowChange(
            table="project",
            sheet="项目台账",
            compound="MH-001",
            name="幸福里",
            kind=ChangeKind.CHANGED,
            row=4,
            cells=(
                CellChange("name", "小区名称", None, "幸福里"),
                CellChange("aim_01", "社区平安", "已完成", "进行中"),
                CellChange("filed_on", "备案日期", None, date(2018, 9, 3)),
            ),
        ),
    )


def test_rows_are_new_or_gone_by_their_compound() -> None:
    """A gone row has no line in the new version; a new one tells its values."""
    after = [ledger_row("MH-001"), ledger_row("MH-003", line=3), project_row("MH-001")]
    assert told(after) == [("work", "MH-003", "added"), ("work", "MH-002", "gone")]
    added, gone = changes(FORM, BEFORE, after)
    assert [(cell.old, cell.new) for cell in added.cells] == [(None, "MH-003小区"), (None, 300)]
    assert ([(cell.old, cell.new) for cell in gone.cells], gone.row) == ([("MH-002小区", None), (300, None)], None)


@pytest.mark.parametrize("compound", ["MH-002", None], ids=["usable", "unusable"])
def test_a_rejected_row_changes_nothing_and_is_not_gone(compound: str | None) -> None:
    """What stood before stands on; the office did send the row, even twice under one 小区编号 (R06)."""
    values = {"compound_id": "MH-002", "households": 9}
    rejected = CheckedRow("work", 3, Verdict.REJECTED, compound, values, "R06")
    assert told([ledger_row("MH-001"), rejected, project_row("MH-001")]) == []


def test_a_table_without_rows_says_nothing() -> None:
    """A 零报告 says that nothing changed, and a missing 项目台账 (C09) not that every project is gone."""
    assert told([]) == []
    assert told([ledger_row("MH-001"), ledger_row("MH-002")]) == []
    blank = CheckedRow("work", 4, Verdict.IGNORED, None, {}, "blank")
    assert told([blank]) == []


def test_lines_without_a_compound_are_left_out() -> None:
    """工作动态 is told anew each week."""
    assert told([activity_row(date(2018, 8, 1))], [activity_row(date(2018, 7, 27))]) == []


def test_a_change_reads_as_one_line() -> None:
    """Header, what was, what is; blanks are named, and a text of the office brings no second line."""
    [change] = changes(FORM, [project_row("MH-001")], [project_row("MH-001", aim_01="进行中", problem="漏水\n两处")])
    assert row_text(change) == "《项目台账》MH-001：社区平安 已完成 → 进行中，存在问题 空白 → 漏水 两处"
    assert shown(Decimal("12.50")) == "12.5"


def test_the_summary_counts_rows_and_cells() -> None:
    """Cells are counted in rows that changed."""
    after = [ledger_row("MH-001", households=320, buildings=4), ledger_row("MH-003"), project_row("MH-001")]
    assert summary(changes(FORM, BEFORE, after)) == "与上次采用的数据相比：新增 1 行，变动 1 行（2 格），未报 1 行。"
    assert summary(()) == SAME != FIRST
