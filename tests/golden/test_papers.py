"""The papers as they read: compared line by line with tests/golden/papers/*.txt.

`DUBAN_ACCEPT_GOLDEN=1` writes what came out instead; read the difference before committing it.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from duban.adapters.word import DocxComposer
from duban.core.assessment import State
from duban.core.ladder import Letter
from duban.core.moment import Moment
from duban.core.papers import PaperContent
from duban.pipeline.duties import Duties
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.return_slip import ReturnSlip
from duban.pipeline.watch_deadlines import Desktop, WatchDeadlines
from duban.pipeline.weekly_report import WeeklyReport
from fakes import formal_papers, rolled_up
from fakes import paper_scenes as scenes
from fakes.assessments import status
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

HERE = Path(__file__).parent / "papers"
COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")


def canonical(package: bytes) -> str:
    """A paper as text: each paragraph with its style, each row with its cells, merged ones once."""
    return "\n".join(_canonical(package)) + "\n"


def _canonical(package: bytes) -> Iterator[str]:
    for block in Document(BytesIO(package)).iter_inner_content():
        if isinstance(block, Paragraph):
            assert block.style is not None
            yield f"{block.style.style_id}: {block.text}".rstrip()
        elif isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(row.cells))
                yield "| " + " | ".join(cell.text.replace("\n", "/") for cell in cells) + " |"


def assert_golden(name: str, package: bytes) -> None:
    golden = HERE / f"{name}.txt"
    if os.environ.get("DUBAN_ACCEPT_GOLDEN") == "1":
        HERE.mkdir(exist_ok=True)
        golden.write_text(canonical(package), encoding="utf-8")
    assert canonical(package) == golden.read_text(encoding="utf-8")


def only(shelf: MemoryShelf) -> bytes:
    (package,) = shelf.files.values()
    return package


def watch(ledger: FakeLedger, shelf: MemoryShelf) -> WatchDeadlines:
    assess = {scenes.MORNING: scenes.survey_overdue()}.__getitem__
    letters = WatchDeadlines(SMALL_PLAN, SMALL_WEEKS, assess, ledger, MemoryRegister(), desk_of(COMPOSER, shelf))
    return letters.telling(lambda office, _: scenes.WAITING if office == "BG" else ())


def test_the_weekly_report_in_the_middle_of_the_season() -> None:
    """Rates, ranks, lights, a late and a faulty return, obligations by clause and by decision."""
    shelf, ledger = MemoryShelf(), FakeLedger(scenes.MID_SEASON_RETURNS)
    report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, scenes.mid_season(), ledger, desk_of(COMPOSER, shelf))
    report.draft(scenes.CUTOFF)
    assert_golden("weekly_report", only(shelf))


def test_the_first_weekly_report_before_the_freeze() -> None:
    """暂定, no comparison with a last issue, no lights, tables that say 无."""
    shelf, assess = MemoryShelf(), {scenes.FIRST_CUTOFF: scenes.before_the_freeze()}.__getitem__
    report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, assess, FakeLedger(), desk_of(COMPOSER, shelf))
    report.draft(scenes.FIRST_CUTOFF)
    assert_golden("weekly_report_first", only(shelf))


def test_the_urging_letters_of_a_morning() -> None:
    """One with a file that came and was returned, one without any."""
    shelf = MemoryShelf()
    for record in watch(FakeLedger(scenes.SURVEY_RETURNS), shelf).draft(scenes.MORNING):
        assert_golden(f"urge_{record.office}", shelf.files[record.path])


@pytest.mark.parametrize("key", ["reminder", "supervise", "criticism_proposal"])
def test_the_other_papers_of_the_ladder(key: str) -> None:
    """Each rung has its own wording for the same item."""
    rung = next(rung for rung in SMALL_PLAN.ladder if rung.key == key)
    due = date(2018, 8, 1) if key == "reminder" else date(2018, 7, 29)
    late = {} if key == "reminder" else {"days_overdue": 1, "working_days_overdue": 1}
    state = State.DUE_SOON if key == "reminder" else State.OVERDUE
    content = letter(
        Letter("BG", rung, (status("S1", "BG", state, due, received=(1,), **late),)), scenes.SURVEY_RETURNS
    )
    assert_golden(key, COMPOSER.compose(content))


def test_a_letter_tells_of_an_extension_behind_the_day_that_was_due() -> None:
    """The weekday is that of the legal due day; the later day stands by itself (domain.md §6: 延期)."""
    rung = next(rung for rung in SMALL_PLAN.ladder if rung.key == "urge")
    late = {"days_overdue": 1, "working_days_overdue": 1, "extended_until": date(2018, 8, 1)}
    item = status("S1", "BG", State.OVERDUE, date(2018, 7, 29), received=(1,), **late)
    assert_golden("urge_extended", COMPOSER.compose(letter(Letter("BG", rung, (item,)), scenes.SURVEY_RETURNS)))


def letter(letter: Letter, returns: Sequence[ReturnRecord]) -> PaperContent:
    """The content of one letter, whatever the ladder would say of it."""
    duties = Duties(SMALL_PLAN, SMALL_WEEKS, Moment.at(scenes.MORNING, SMALL_PLAN.calendar))
    desktop = Desktop(duties, {record.return_id: record for record in returns}, ())
    return watch(FakeLedger(), MemoryShelf()).content(letter, desktop, scenes.MORNING)


@pytest.mark.parametrize(("name", "index"), [("partly", 2), ("whole", 3)])
def test_the_correction_slip(name: str, index: int) -> None:
    """Of a return that was accepted in part, and of one that was returned as a whole."""
    shelf = MemoryShelf()
    slip = ReturnSlip(SMALL_PLAN, SMALL_WEEKS, COMPOSER, MemoryRegister(), shelf)
    slip.draft(scenes.MID_SEASON_RETURNS[index], scenes.CUTOFF)
    assert_golden(f"return_slip_{name}", only(shelf))


@pytest.fixture(scope="module")
def formal() -> dict[str, bytes]:
    """Every paper outside the ladder, composed."""
    shelf = MemoryShelf()
    drafted = formal_papers.drafts(COMPOSER, shelf)
    return {name: shelf.files[record.path] for name, record in drafted.items() if record is not None}


@pytest.mark.parametrize("name", formal_papers.NAMES)
def test_the_formal_papers(formal: dict[str, bytes], name: str) -> None:
    """公文 with head, 主送, text, 署名, 附注 and 版记; each has its own official wording."""
    assert_golden(name, formal[name])


def test_the_citys_circular() -> None:
    """Two districts: sums and not averages, ranks, who has sent nothing, what is overdue in which district."""
    composer = DocxComposer(Path(__file__).parents[2] / "templates" / "city")
    assert_golden("city_circular", composer.compose(rolled_up.REPORT.at(scenes.CUTOFF).content()))
