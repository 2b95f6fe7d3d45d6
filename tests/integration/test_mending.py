"""What follows a signed paper: its correction when figures change, the 通报 after a decision, the printed register."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from duban.adapters.word.readback import lines_of
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home
from fakes.forming import look, send
from fakes.judged import at

MONTH = datetime(2018, 9, 3, 9, tzinfo=ZONE)
NEXT_DAY = datetime(2018, 9, 4, 8, 30, tzinfo=ZONE)
LATER = datetime(2018, 9, 5, 8, 30, tzinfo=ZONE)


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """MH has ten compounds and reports in the last week of August."""
    with at_home(next(databases)) as opened:
        look(opened)
        send(opened, "07-27 10:00", "2018-W30", 0)
        send(opened, "08-31 10:00", "2018-W35", 1)
        yield opened


def of_kind(app: App, kind: PaperKind) -> list[PaperRecord]:
    return [paper for paper in app.register.papers() if paper.kind is kind]


def text_of(app: App, paper: PaperRecord) -> str:
    return "\n".join(lines_of((app.settings.papers_path / paper.path).read_bytes()))


def test_a_later_return_for_a_week_that_was_made_known_brings_a_correction(app: App) -> None:
    """With old and new figures and the return that changed them; told once, and only while it is true."""
    app.draft_monthly_papers(MONTH)
    app.signing_all.run(MONTH)
    assert app.draft_corrections(NEXT_DAY) == []

    send(app, "09-04 10:00", "2018-W35", 2)
    drafted = app.draft_corrections(LATER)

    [notice] = of_kind(app, PaperKind.CORRECTION)
    assert drafted == [notice.id]
    [circular] = of_kind(app, PaperKind.CIRCULAR)
    told = text_of(app, notice)
    assert circular.number is not None
    assert circular.number in told
    assert "2018-W35-2.xlsx" in told
    assert {figure.text for figure in app.register.figures(notice.id)} >= {"1", "2"}
    assert app.draft_corrections(LATER.replace(day=6)) == []


def test_a_correction_whose_process_ended_at_once_is_drafted_again_by_the_retry(app: App) -> None:
    """It was registered, and its file never laid: the same instant gives the same draft."""
    app.draft_monthly_papers(MONTH)
    app.signing_all.run(MONTH)
    send(app, "09-04 10:00", "2018-W35", 2)
    drafted = app.draft_corrections(LATER)
    [notice] = of_kind(app, PaperKind.CORRECTION)
    file = app.settings.papers_path / notice.path
    before = file.read_bytes()
    file.unlink()

    assert app.draft_corrections(LATER) == drafted
    assert file.read_bytes() == before
    assert app.draft_corrections(datetime(2018, 9, 6, 8, 30, tzinfo=ZONE)) == []


def test_who_signs_everything_again_makes_good_what_a_run_before_left_undone(app: App) -> None:
    """Its process ended right after a signature: the signed file was never laid beside its draft."""
    app.draft_monthly_papers(MONTH)
    app.signing_all.run(MONTH)
    [circular] = of_kind(app, PaperKind.CIRCULAR)
    assert circular.signature is not None
    file = app.settings.papers_path / circular.signature.path
    before = file.read_bytes()
    file.unlink()

    assert app.signing_all.run(MONTH) == []
    assert file.read_bytes() == before


def test_progress_of_a_later_week_corrects_nothing(app: App) -> None:
    """What an office reports next week is progress."""
    app.draft_monthly_papers(MONTH)
    app.signing_all.run(MONTH)

    send(app, "09-04 10:00", "2018-W36", 3)

    assert app.draft_corrections(LATER) == []


def test_a_draft_that_nobody_signed_is_not_corrected(app: App) -> None:
    """It is drafted again instead."""
    app.draft_monthly_papers(MONTH)
    send(app, "09-04 10:00", "2018-W35", 2)

    assert app.draft_corrections(LATER) == []


def test_the_register_prints_every_number_void_ones_too(app: App, run: Run, tmp_path: Path) -> None:
    """One sheet a series, in order, and a sentence that nothing is missing."""
    app.draft_due_letters(datetime(2018, 8, 13, 8, 30, tzinfo=ZONE))
    app.signing_all.run(datetime(2018, 8, 13, 9, tzinfo=ZONE))
    first, *_ = of_kind(app, PaperKind.URGE)
    assert run("void", first.id, "--as", "徐祖新", "--reason", "重复", "--as-of", "2018-08-13T09:30").exit_code == 0

    assert run("register", "--year", "2018", "-o", tmp_path / "r.xlsx").exit_code == 0

    book = openpyxl.load_workbook(BytesIO((tmp_path / "r.xlsx").read_bytes()))
    sheet = book["催办-group_office"]
    numbers = [sheet.cell(row, 2).value for row in range(3, 3 + len(of_kind(app, PaperKind.URGE)))]
    assert numbers == [f"郑经小区办催〔2018〕{n}号" for n in range(1, len(numbers) + 1)]
    assert sheet.cell(3, 7).value == "已作废"
    assert "无漏号" in sheet.cell(3 + len(numbers), 1).value

    assert run("register", "--year", "2018", "-o", tmp_path / "r.docx").exit_code == 0
    lines = lines_of((tmp_path / "r.docx").read_bytes())
    assert [line for line in lines if "办催〔2018〕" in line] == numbers
    assert "已作废" in lines


def test_a_circular_that_criticises_needs_a_decision_on_a_signed_proposal(app: App, run: Run) -> None:
    """An office that never sent anything climbs the whole ladder; only the recorded decision brings the 通报."""
    for day in ("07-31", "08-02", "08-06", "08-13", "08-15"):
        moment = at(f"{day} 08:30")
        app.draft_due_letters(moment)
        app.signing_all.run(moment)
        app.deliver(moment.replace(hour=9))
    proposal = of_kind(app, PaperKind.CRITICISM_PROPOSAL)[0]
    assert proposal.state in {PaperState.SIGNED, PaperState.DELIVERED}
    urge = of_kind(app, PaperKind.URGE)[0]
    decided = (
        "--on",
        "2018-08-16",
        "--reference",
        "区督查考评办公室会议纪要〔2018〕8号",
        "--as-of",
        "2018-08-17T09:00",
    )

    refused = run("draft", "criticism", urge.id, *decided)
    drafted = run("draft", "criticism", proposal.id, *decided)

    assert "不是已签发的提请通报批评的建议" in refused.stderr
    assert "已起草" in drafted.stdout
    [criticism] = of_kind(app, PaperKind.CRITICISM)
    assert "会议纪要〔2018〕8号" in text_of(app, criticism)
