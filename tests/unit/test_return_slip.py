"""What the correction slip says of the rows that were taken, beside those that were not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer
from duban.adapters.word.readback import lines_of
from duban.core.changes import CellChange, ChangeKind, RowChange
from duban.core.findings import Finding
from duban.core.paper_numbers import numbered_texts
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.return_life import Comparison
from duban.pipeline.return_slip import MOST_CHANGES, ReturnSlip
from fakes import paper_scenes as scenes
from fakes.paper_ports import MemoryRegister, MemoryShelf
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

TEMPLATES = Path(__file__).parents[2] / "templates"
PARTLY = next(record for record in scenes.MID_SEASON_RETURNS if record.status == "partial")


def change(number: int) -> RowChange:
    cell = CellChange("households", "居民户数", 300, 310 + number)
    return RowChange("work", "工作台账", f"BG-{number:03}", "紫荆小区", ChangeKind.CHANGED, 2, (cell,))


def text(comparison: Comparison | None, record: ReturnRecord = PARTLY) -> str:
    """The slip of a return that was taken in part, read back."""
    shelf = MemoryShelf()
    composer = DocxComposer(TEMPLATES, numbered_texts(SMALL_PLAN))
    slip = ReturnSlip(SMALL_PLAN, SMALL_WEEKS, composer, MemoryRegister(), shelf, lambda _record: comparison)
    paper = slip.draft(record, scenes.CUTOFF)
    assert paper is not None
    return "\n".join(lines_of(shelf.files[paper.path]))


def test_the_slip_says_what_changed_cell_by_cell() -> None:
    """Against the office's last version; its figures are the office's own and pass as quoted."""
    said = text(Comparison((change(1), change(2)), first=False))
    assert "《工作台账》BG-001紫荆小区：居民户数由300改为311；" in said
    assert "《工作台账》BG-002紫荆小区：居民户数由300改为312。" in said


def test_the_slip_speaks_of_changes_as_papers_do() -> None:
    """No arrows; texts in quotation marks, days as papers write them (GB/T 9704 7.3.5.4)."""
    stage = CellChange("committee_stage", "业委会阶段", "筹备组成立", "选举产生")
    agreed = CellChange("deliberated_on", "两委议定日期", None, date(2018, 8, 2))
    row = RowChange("project", "项目台账", "BG-001", None, ChangeKind.CHANGED, 2, (stage, agreed))
    said = text(Comparison((row,), first=False))
    assert "《项目台账》BG-001：业委会阶段由“筹备组成立”改为“选举产生”，两委议定日期由空白改为2018年8月2日。" in said


def test_what_is_wanted_is_set_as_papers_are_set() -> None:
    """Days in full, no space between Han and figures; what the office wrote stays as it wrote it."""
    wanted = "截止日在 2018-08-24 及以后的报告周必须填报《项目台账》，请提前准备"
    finding = Finding("C09", "项目台账", None, None, "2018-08-24 未填", wanted, None)
    said = text(None, replace(PARTLY, findings=(finding,)))
    assert "截止日在2018年8月24日及以后的报告周必须填报《项目台账》，请提前准备" in said
    assert "2018-08-24 未填" in said


def test_the_slip_stays_short() -> None:
    """The receipt has the rest."""
    said = text(Comparison(tuple(map(change, range(1, MOST_CHANGES + 2))), first=False))
    assert said.count("居民户数由300改为") == MOST_CHANGES
    assert "其余见回执" in said


@pytest.mark.parametrize(
    "comparison", [None, Comparison((), first=False), Comparison((change(1),), first=True)], ids=str
)
def test_where_nothing_changed_nothing_is_said(comparison: Comparison | None) -> None:
    """Nor of a first version, in which all is new."""
    assert "相比" not in text(comparison)
