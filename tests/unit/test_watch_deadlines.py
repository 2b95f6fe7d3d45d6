"""Which letters are drafted of a morning, and what they say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer
from duban.adapters.word.readback import lines_of
from duban.core.assessment import Assessment, State
from duban.core.checked import Status
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.return_slip import ReturnSlip
from duban.pipeline.watch_deadlines import WatchDeadlines
from fakes import paper_scenes as scenes
from fakes.assessments import at
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")


class Watch:
    """The watch over the small plan's deadlines, the morning after the survey was due."""

    def __init__(
        self,
        plan: Plan = SMALL_PLAN,
        returns: Sequence[ReturnRecord] = scenes.SURVEY_RETURNS,
        assessed: Assessment | None = None,
    ) -> None:
        self.shelf, self.register = MemoryShelf(), MemoryRegister()
        assessed = assessed or scenes.survey_overdue()
        self._watch = WatchDeadlines(
            plan,
            SMALL_WEEKS,
            lambda as_of: replace(assessed, as_of=as_of),
            FakeLedger(returns),
            self.register,
            desk_of(COMPOSER, self.shelf, self.register),
        )

    def draft(self, as_of: datetime = scenes.MORNING) -> tuple[PaperRecord, ...]:
        return self._watch.draft(as_of)

    def text(self, office: str) -> str:
        (record,) = (record for record in self.draft() if record.office == office)
        return "\n".join(lines_of(self.shelf.files[record.path]))


def test_an_office_gets_one_letter_with_all_its_items() -> None:
    """domain.md §6."""
    letters = {record.office: record.items for record in Watch().draft()}
    assert letters == {"BG": ("S1:BG", "S3c:BG"), "XC": ("S1:XC",)}


def test_a_letter_is_addressed_to_the_office_and_copied_to_the_supervision_office() -> None:
    """As the plan says, and it has no number."""
    record = Watch().draft()[0]
    assert (record.kind, record.to, record.cc) == (PaperKind.URGE, ("北关办事处",), ("东区督查室",))
    assert record.number is None
    assert "东整催〔2018〕〔待编〕号" in Watch().text("BG")


def test_a_letter_says_what_was_not_received_and_never_what_was_not_done() -> None:
    """domain.md §6."""
    text = Watch().text("XC")
    assert "截至7月30日8时30分，我办未收到你办楼院台账（摸底）方面符合要求的材料。" in text
    assert "未开展" not in text
    assert "未完成" not in text
    assert "未报送" not in text


def test_a_letter_names_the_files_that_came_and_what_became_of_them() -> None:
    """With the proof; only for the office that sent one."""
    assert "7月27日16时20分收到“周报1.xlsx”，因有必须更正的问题已整份退回补正。" in Watch().text("BG")
    assert "最近收到的文件" not in Watch().text("XC")


def test_a_clause_is_quoted_with_its_source_and_a_decision_with_the_notice_that_ordered_it() -> None:
    """An office is told on what ground it owes."""
    text = Watch().text("BG")
    assert "（东管〔2018〕7号）规定：“由各办‘牵头’摸底(7月29日前)，建立台账”。" in text
    assert "依据：《关于报送楼院整治周报的通知》（东整〔2018〕1号）。" in text


def test_what_we_decided_waits_for_the_notice_that_orders_it() -> None:
    """Without the plan's basis S3c climbs no higher than 提醒."""
    letters = {record.office: record.items for record in Watch(replace(SMALL_PLAN, basis=None)).draft()}
    assert letters == {"BG": ("S1:BG",), "XC": ("S1:XC",)}


def test_the_last_working_day_is_shown_beside_a_due_holiday() -> None:
    """A legal due date never moves."""
    assert "2018年7月29日（星期日，非工作日；此前最后一个工作日为7月27日），已逾期1天（1个工作日）" in Watch().text(
        "XC"
    )


def test_the_letter_wants_an_answer_before_the_next_rung_may_follow() -> None:
    """催办 at 1 working day, 督办 at 3: the office has the day between."""
    assert "请你办于7月31日前将上述材料报送我办。届时仍未收到的，将按规定程序转东区督查室督办。" in Watch().text("XC")


def test_the_same_morning_again_gives_the_same_letters() -> None:
    """A task that is run twice drafts nothing twice."""
    watch = Watch()
    first, before = watch.draft(), dict(watch.shelf.files)
    assert watch.draft() == first
    assert watch.shelf.files == before
    assert len(watch.register.records) == 2


def test_an_item_gets_each_rung_once() -> None:
    """The register is the history."""
    watch = Watch()
    watch.draft()
    assert watch.draft(scenes.MORNING + timedelta(days=1)) == ()


def test_a_withdrawn_draft_counts_as_never_drafted() -> None:
    """撤稿 before signature."""
    watch = Watch()
    watch.draft()
    watch.register.records = [replace(record, state=PaperState.WITHDRAWN) for record in watch.register.records]
    assert len(watch.draft(scenes.MORNING + timedelta(days=1))) == 2


def test_nothing_overdue_drafts_nothing() -> None:
    """And leaves the shelf empty."""
    quiet = replace(scenes.survey_overdue(), obligations=())
    watch = Watch(assessed=quiet)
    assert watch.draft() == ()
    assert watch.shelf.files == {}


def test_only_the_latest_files_are_named() -> None:
    """A season of weekly files would bury the letter."""
    returns = [
        scenes.record(n, "BG", at(date(2018, 7, 20 + n), 9), Status.RETURNED, scenes.MISSING_COLUMN)
        for n in range(1, 6)
    ]
    assessed = scenes.survey_overdue()
    items = tuple(replace(item, received=(1, 2, 3, 4, 5)) for item in assessed.obligations if item.key == "S1:BG")
    text = Watch(returns=returns, assessed=replace(assessed, obligations=items)).text("BG")
    assert [n for n in range(1, 6) if f"周报{n}.xlsx" in text] == [3, 4, 5]


def test_hostile_file_names_stand_literally_in_the_letter() -> None:
    """Names are never trusted and never templated."""
    name = "{{ conn.ftp.password }}&<b>None.xlsx"
    returns = [replace(scenes.SURVEY_RETURNS[0], path=f"BG/{name}")]
    assert f"收到“{name}”" in Watch(returns=returns).text("BG")


def test_a_state_that_is_not_open_gets_no_letter() -> None:
    """退回补正中 is not overdue."""
    assessed = scenes.survey_overdue()
    held = tuple(replace(item, state=State.IN_CORRECTION) for item in assessed.obligations)
    assert Watch(assessed=replace(assessed, obligations=held)).draft() == ()


@pytest.mark.parametrize(("index", "slips"), [(2, 1), (3, 1)])
def test_a_return_that_was_sent_back_gets_a_slip(index: int, slips: int) -> None:
    """In part or as a whole."""
    assert len(slip_of(scenes.MID_SEASON_RETURNS[index]).files) == slips


def test_a_return_that_was_accepted_gets_no_slip() -> None:
    """Nothing to mend."""
    accepted = scenes.record(9, "NM", scenes.EARLIER_CUTOFF, Status.ACCEPTED)
    assert slip_of(accepted).files == {}


def test_a_slip_tells_the_day_by_which_the_correction_is_wanted() -> None:
    """3 working days after it: Friday 14 September, so Wednesday 19."""
    (package,) = slip_of(scenes.MID_SEASON_RETURNS[3]).files.values()
    assert "请于9月19日前将更正后的工作簿" in "\n".join(lines_of(package))


def slip_of(record: ReturnRecord) -> MemoryShelf:
    shelf = MemoryShelf()
    ReturnSlip(SMALL_PLAN, SMALL_WEEKS, COMPOSER, MemoryRegister(), shelf).draft(record, scenes.CUTOFF)
    return shelf
