"""What the correction slip says of the rows that were taken, beside those that were not."""

from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer
from duban.adapters.word.readback import lines_of
from duban.core.changes import CellChange, ChangeKind, RowChange
from duban.core.paper_numbers import numbered_texts
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


def text(comparison: Comparison | None) -> str:
    """The slip of a return that was taken in part, read back."""
    shelf = MemoryShelf()
    composer = DocxComposer(TEMPLATES, numbered_texts(SMALL_PLAN))
    slip = ReturnSlip(SMALL_PLAN, SMALL_WEEKS, composer, MemoryRegister(), shelf, lambda _record: comparison)
    record = slip.draft(PARTLY, scenes.CUTOFF)
    assert record is not None
    return "\n".join(lines_of(shelf.files[record.path]))


def test_the_slip_says_what_changed_cell_by_cell() -> None:
    """Against the office's last version; its figures are the office's own and pass as quoted."""
    said = text(Comparison((change(1), change(2)), first=False))
    assert "《工作台账》BG-001 紫荆小区：居民户数 300 → 311；《工作台账》BG-002 紫荆小区：居民户数 300 → 312。" in said


def test_the_slip_stays_short() -> None:
    """The receipt has the rest."""
    said = text(Comparison(tuple(map(change, range(1, MOST_CHANGES + 2))), first=False))
    assert said.count("居民户数 300 →") == MOST_CHANGES
    assert "其余见回执" in said


@pytest.mark.parametrize(
    "comparison", [None, Comparison((), first=False), Comparison((change(1),), first=True)], ids=str
)
def test_where_nothing_changed_nothing_is_said(comparison: Comparison | None) -> None:
    """Nor of a first version, in which all is new."""
    assert "相比" not in text(comparison)
