"""When the weekly report is drafted, and what it may and may not say."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer
from duban.adapters.word.readback import lines_of
from duban.core.assessment import Assessment, State
from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.errors import ConflictError
from duban.core.facts import ReturnFact
from duban.core.packing import PAPERS
from duban.core.paper_numbers import numbered_texts
from duban.core.papers import PaperContent
from duban.core.waivers import Waiver
from duban.core.zips import normalised
from duban.pipeline.weekly_report import WeeklyReport
from fakes import paper_scenes as scenes
from fakes.assessments import at, status, weekly
from fakes.made_returns import known as compound
from fakes.paper_ports import FakeLedger, MemoryRegister, MemoryShelf, desk_of
from fakes.small_plan import SMALL_PLAN, SMALL_WEEKS

TEMPLATES = Path(__file__).parents[2] / "templates"


class Office:
    """A weekly report with its shelf and register."""

    def __init__(self, assess: Callable[[datetime], Assessment], ledger: FakeLedger | None = None) -> None:
        self.shelf, self.register = MemoryShelf(), MemoryRegister()
        self.ledger = ledger or FakeLedger(scenes.MID_SEASON_RETURNS)
        desk = desk_of(DocxComposer(TEMPLATES, numbered_texts(SMALL_PLAN)), self.shelf, self.register)
        self.report = WeeklyReport(SMALL_PLAN, SMALL_WEEKS, assess, self.ledger, desk)

    def text(self, as_of: datetime) -> str:
        record = self.report.draft(as_of)
        assert record is not None
        return "\n".join(lines_of(self.shelf.files[record.path]))

    def content(self, as_of: datetime) -> PaperContent:
        closed = SMALL_WEEKS.closed_by(as_of)
        return self.report.content(self.report._issue(closed))


def with_obligations(*obligations: object) -> Callable[[datetime], Assessment]:
    """The mid-season, owing exactly these."""
    assess = scenes.mid_season()
    return lambda as_of: replace(assess(as_of), obligations=obligations)  # type: ignore[arg-type]  # statuses


def test_no_report_is_drafted_on_a_day_without_cutoff() -> None:
    """One a week, as of the cut-off."""
    office = Office(scenes.mid_season())
    assert office.report.draft(at(date(2018, 9, 13), 17)) is None
    assert office.report.draft(at(date(2018, 9, 14), 16, 59)) is None
    assert office.shelf.files == {}


def test_a_run_after_the_cutoff_still_reports_as_of_the_cutoff() -> None:
    """The instant of the figures is nominal."""
    office = Office(scenes.mid_season())
    record = office.report.draft(at(date(2018, 9, 14), 17, 3))
    assert record is not None
    assert record.as_of == scenes.CUTOFF
    assert record.week == "2018-W37"


def test_drafting_twice_gives_one_paper_and_the_same_bytes() -> None:
    """Running a task again changes nothing."""
    office = Office(scenes.mid_season())
    first = office.report.draft(scenes.CUTOFF)
    before = dict(office.shelf.files)
    assert office.report.draft(scenes.CUTOFF) == first
    assert office.shelf.files == before
    assert len(office.register.records) == 1


def test_an_office_in_correction_is_never_called_missing() -> None:
    """domain.md §4: papers say 已报送、退回补正中, never 未报送."""
    text = Office(scenes.mid_season()).text(scenes.CUTOFF)
    assert "已报送、退回补正中1个：北关办事处；未收到1个：西昌办事处" in text
    assert "未报送" not in text
    assert "未开展" not in text
    assert "未完成" not in text


def test_when_all_have_returned_the_report_says_so() -> None:
    """No empty list after a colon."""
    returned = [weekly(code, State.MET, "2018-W37") for code in ("NM", "BG", "XC")]
    text = Office(with_obligations(*returned)).text(scenes.CUTOFF)
    assert "已收到并采用3个，没有未收到的办事处。" in text
    assert "尽快报送" not in text


def test_a_weekly_return_of_an_earlier_week_is_named_as_not_received() -> None:
    """lapsed counts as missed for ever."""
    text = Office(scenes.mid_season()).text(scenes.CUTOFF)
    assert "以前各期截至目前仍未收到的周报：西昌办事处楼院整治周报（8月31日截止）。" in text


def test_returns_before_the_last_cutoff_belong_to_the_last_issue() -> None:
    """Return 3 of the scene came an hour before it."""
    rows = Office(scenes.mid_season()).content(scenes.CUTOFF).fields["rejected"]
    assert isinstance(rows, list)
    assert [row["office"] for row in rows] == ["南门办事处", "北关办事处"]


def test_what_is_owed_by_decision_is_labelled() -> None:
    """Ours where the source is silent."""
    rows = Office(scenes.mid_season()).content(scenes.CUTOFF).fields["overdue"]
    assert isinstance(rows, list)
    assert {row["deliverable"]: row["ground"] for row in rows} == {"动员会": "方案", "项目台账": "本办"}


def test_offices_that_owe_the_same_share_a_row() -> None:
    """And all of them are 各办事处."""
    owed = [status("S2", code, State.OVERDUE, date(2018, 8, 7), days_overdue=38) for code in ("NM", "BG", "XC")]
    rows = Office(with_obligations(*owed)).content(scenes.CUTOFF).fields["overdue"]
    assert isinstance(rows, list)
    assert [row["owners"] for row in rows] == ["各办事处"]


@pytest.mark.parametrize(
    ("due", "said"),
    [(date(2018, 9, 14), "今日到期"), (date(2018, 9, 16), "余0个工作日"), (date(2018, 9, 18), "余2个工作日")],
)
def test_what_is_due_soon_says_how_soon(due: date, said: str) -> None:
    """A due Sunday is not today on the Friday before it."""
    assert said in Office(with_obligations(status("S2", "NM", State.DUE_SOON, due))).text(scenes.CUTOFF)


def test_prose_and_table_print_one_figure() -> None:
    """The district's numbers are registered once and stand in both."""
    content = Office(scenes.mid_season()).content(scenes.CUTOFF)
    figures = {figure.key: figure.text for figure in content.figures}
    standing = content.fields["standing"]
    assert isinstance(standing, list)
    assert standing[-1]["committees_done"] == figures["district.committees.done"] == "3"
    assert len(figures) == len(content.figures)


def test_each_figure_names_the_accepted_returns_of_its_office() -> None:
    """A returned file gives no figure."""
    facts = tuple(fact(return_id, verdict) for return_id, verdict in ((1, Status.ACCEPTED), (2, Status.RETURNED)))
    office = Office(scenes.mid_season(), FakeLedger(facts={"NM": facts, "XC": (fact(7, Status.PARTIAL),)}))
    sources = {figure.key: figure.returns for figure in office.content(scenes.CUTOFF).figures}
    assert sources["NM.committees.done"] == (1,)
    assert sources["district.committees.done"] == (1, 7)


def fact(return_id: int, verdict: Status) -> ReturnFact:
    return ReturnFact(return_id, "NM", "2018-W36", at(date(2018, 9, 7), 9), verdict, None, 3, frozenset(), ())


def test_before_the_freeze_everything_is_marked_provisional_and_nothing_has_a_light() -> None:
    """暂定; —，未到实施阶段."""
    text = Office(lambda _: scenes.before_the_freeze(), FakeLedger()).text(scenes.FIRST_CUTOFF)
    assert "（截至2018年7月27日17时，暂定）" in text
    assert "各办事处尚未确定基数，按已登记小区暂定" in text
    assert "目前未到实施阶段" in text
    assert "绿灯的办事处" not in text


def test_the_first_issue_compares_with_nothing() -> None:
    """There is no last week."""
    assert "比上期" not in Office(lambda _: scenes.before_the_freeze(), FakeLedger()).text(scenes.FIRST_CUTOFF)


def test_the_method_of_the_ranking_is_printed_under_it() -> None:
    """domain.md §5, and that the district's task is no sum."""
    text = Office(scenes.mid_season()).text(scenes.CUTOFF)
    assert "排名办法：" in text
    assert "全区任务数按全区小区数计算，不等于各办之和" in text


def test_a_calendar_that_nobody_has_published_is_owned_up_to() -> None:
    """domain.md §3: every document that relied on it says so."""
    assess = scenes.mid_season()
    text = Office(lambda as_of: replace(assess(as_of), calendar_provisional=True)).text(scenes.CUTOFF)
    assert "工作日暂按周一至周五计算" in text


def test_a_draft_has_no_number_and_names_its_recipients() -> None:
    """第〔待编〕期 until it is signed."""
    record = Office(scenes.mid_season()).report.draft(scenes.CUTOFF)
    assert record is not None
    assert record.number is None
    assert record.to == ("领导小组组长", "各成员单位", "东区物流园管委")


def standing_as(office: Office, bytes_of: Callable[[bytes], bytes]) -> Mapping[str, bytes]:
    """The report drafted, as if it had been registered and laid down with other bytes."""
    record = office.report.draft(scenes.CUTOFF)
    assert record is not None
    standing = bytes_of(office.shelf.files[record.path])
    office.shelf.files[record.path] = standing
    office.register.records = [replace(record, sha256=sha256(standing).hexdigest())]
    return dict(office.shelf.files)


def test_a_draft_that_stands_with_another_content_is_never_overwritten() -> None:
    """The shelf keeps what it has."""
    office = Office(scenes.mid_season())
    before = standing_as(office, lambda draft: normalised(draft, {"word/styles.xml": b"<w:styles/>"}, PAPERS))

    with pytest.raises(ConflictError, match="other bytes"):
        office.report.draft(scenes.CUTOFF)
    assert office.shelf.files == before


def test_a_draft_that_was_packed_otherwise_once_stands_as_it_is() -> None:
    """Drawn again at its instant by a later version of the program: the same paper, and the same bytes on the shelf."""
    office = Office(scenes.mid_season())
    before = standing_as(office, normalised)

    assert office.report.draft(scenes.CUTOFF) == office.register.records[0]
    assert office.shelf.files == before


def test_figures_of_the_last_issue_that_a_later_return_changed_stand_in_a_box() -> None:
    """更正: what was printed, what it is now; a rank that moves is told too, a rate that follows is not."""
    restated = scenes.in_season({"NM": (2, 1), "BG": (0, 0), "XC": (2, 1)}, scenes.EARLIER_CUTOFF, [])
    office = Office(scenes.mid_season())
    asked: list[tuple[datetime, datetime]] = []

    def restate(cutoff: datetime, known_at: datetime) -> Assessment:
        asked.append((cutoff, known_at))
        return restated

    office.report.correcting(restate)
    content = office.content(scenes.CUTOFF)
    assert asked == [(scenes.EARLIER_CUTOFF, scenes.CUTOFF)]
    rows = content.fields["corrected"]
    assert isinstance(rows, list)
    assert ("南门办事处", "committees.done", "1", "2") in [(r["office"], r["part"], r["was"], r["now"]) for r in rows]
    assert ("全区", "improvements.done", "1", "2") in [(r["office"], r["part"], r["was"], r["now"]) for r in rows]
    assert not [row for row in rows if row["part"].endswith("rate")]
    assert "数据截至9月7日17时" in office.text(scenes.CUTOFF)


def test_figures_that_were_called_provisional_are_not_corrected() -> None:
    """暂定 said that they would change."""
    office = Office(scenes.mid_season())
    closed = SMALL_WEEKS.closed_by(scenes.CUTOFF)
    restated = scenes.in_season({"NM": (2, 1), "BG": (0, 0), "XC": (2, 1)}, scenes.EARLIER_CUTOFF, [])
    last = scenes.mid_season()(scenes.EARLIER_CUTOFF)
    open_ones = tuple(replace(one, provisional=True) for one in last.offices)
    issue = replace(
        office.report._issue(closed),
        last=replace(last, offices=open_ones, district=replace(last.district, provisional=True)),
        restated=restated,
    )
    assert office.report.content(issue).fields["corrected"] == []


def test_without_a_change_there_is_no_box() -> None:
    """An empty box would look like a fault."""
    office = Office(scenes.mid_season())
    office.report.correcting(lambda _cutoff, _known_at: scenes.mid_season()(scenes.EARLIER_CUTOFF))
    assert "以更正后的为准" not in office.text(scenes.CUTOFF)


def test_nobody_is_projected_to_finish_more_than_there_are() -> None:
    """The straight line ends at the baseline."""
    fast = replace(scenes.mid_season()(scenes.CUTOFF).of("NM").committees, projected=40)
    assess = scenes.mid_season()

    def hurried(as_of: datetime) -> Assessment:
        now = assess(as_of)
        return replace(now, offices=(replace(now.offices[0], committees=fast), *now.offices[1:]))

    rows = Office(hurried).content(scenes.CUTOFF).fields["speed"]
    assert isinstance(rows, list)
    assert rows[0]["committees_projected"] == "10"


def waived(rule: str, compound: str, reason: str = "现场核实 12 户属实") -> Waiver:
    return Waiver(rule, compound, date(2018, 12, 31), reason, "王主任", at(date(2018, 9, 1), 9))


class Stated(FakeLedger):
    """Knows the name of one compound besides."""

    def compounds(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:  # noqa: ARG002 - as the port has it
        return {"NM": {"NM-003": compound("NM-003", name="紫荆小区")}}


def test_the_waivers_in_force_at_the_cutoff_are_annexed() -> None:
    """Whose, what, until when, why and by whom; what comes from outside is printed as it stands."""
    asked: list[datetime] = []

    def in_force(moment: datetime) -> list[Waiver]:
        asked.append(moment)
        return [waived("committee", "XC-001", "全部为公房"), waived("B02", "NM-003")]

    office = Office(scenes.mid_season(), Stated(scenes.MID_SEASON_RETURNS))
    office.report.listing(in_force)
    text = office.text(scenes.CUTOFF)

    assert asked == [scenes.CUTOFF]
    annex = text[text.index("目前有效的豁免事项") :]
    assert annex.index("NM-003 紫荆小区") < annex.index("XC-001")
    for said in ("B02 每栋户数异常", "暂不具备成立业主委员会的条件", "2018年12月31日", "现场核实 12 户属实（王主任）"):
        assert said in annex


def test_without_waivers_there_is_no_annex() -> None:
    """No empty table, no word of it."""
    assert "豁免" not in Office(scenes.mid_season()).text(scenes.CUTOFF)
