"""The evidence of a letter, on the committed plan and a real database: frozen, delivered, worked out anew."""

import io
import json
from collections.abc import Iterator
from datetime import datetime

import openpyxl
import pytest

from duban.core.errors import UsageError
from duban.core.papers import PaperRecord, evidence_path
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home
from fakes.pages import listening

MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """Nobody has sent anything, and the letters of the morning after S1 was due are drafted."""
    with at_home(next(databases)) as opened:
        opened.draft_due_letters(MORNING)
        yield opened


@pytest.fixture
def letter(app: App) -> PaperRecord:
    return next(paper for paper in app.register.papers() if (paper.kind, paper.office) == ("urge", "MH"))


def test_a_letters_evidence_says_what_was_due_on_what_ground_and_what_came(app: App, letter: PaperRecord) -> None:
    """The clause, the day, the calendar's notices, and nothing received."""
    found = app.evidence.look(letter)

    [item] = json.loads(app.shelf.get(evidence_path(letter.path)))["items"]
    assert found.holds
    assert found.document["calendar"] == [{"year": 2018, "published": "2017-11-30"}]
    assert (item["key"], item["due"][:10], item["working_days_overdue"]) == ("S1:MH", "2018-07-30", 1)
    assert item["ground"]["clause"].startswith("由各办事处牵头")
    assert item["received"] == []


def test_a_letter_asks_for_what_came_for_its_items_alone(databases: Iterator[str]) -> None:
    """Not for every return of three years, of every office."""
    with at_home(next(databases)) as opened, listening(opened.engine) as asked:
        assert opened.draft_due_letters(MORNING)

    records = [statement for statement, _ in asked if "replaced_by" in statement]
    assert records
    assert all("return_ids" in statement for statement in records)


def test_evidence_that_was_touched_or_lost_is_told(app: App, letter: PaperRecord) -> None:
    """One byte more, then none at all."""
    file = app.settings.papers_path / evidence_path(letter.path)
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" ")
    assert not app.evidence.look(letter).untouched

    file.unlink()
    with pytest.raises(UsageError, match=r"证据清单.*不见了"):
        app.evidence.look(letter)


def test_what_is_no_letter_has_no_evidence(app: App, letter: PaperRecord) -> None:
    """The weekly report accuses nobody."""
    [report] = app.draft_weekly_report(datetime(2018, 8, 3, 17, tzinfo=ZONE))
    record = app.trace.record(str(report))

    assert app.evidence.registered(record) is None
    with pytest.raises(UsageError, match="没有证据清单"):
        app.evidence.look(record)


def test_a_letter_that_was_sent_back_and_drafted_anew_has_its_evidence_too(app: App, letter: PaperRecord) -> None:
    """Beside its own draft, and it goes along."""
    app.signing.reject(letter.id, app.signing.issuer(letter.id).reviewer.name, "措辞", MORNING)
    again = app.redraft(app.trace.record(str(letter.id)))

    assert again.path != letter.path
    assert app.evidence.look(again).holds
    [(name, _)] = app._enclosures(again)
    assert name == "证据清单-催办通知单-MH-2018-07-31-0830-重拟1.xlsx"


def test_a_letter_takes_its_evidence_along(app: App, letter: PaperRecord) -> None:
    """A workbook that says for each item what was due and what came."""
    [(name, content)] = app._enclosures(letter)

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    told = [cell.value for cell in sheet[3]]
    assert name == "证据清单-催办通知单-MH-2018-07-31-0830.xlsx"
    assert (told[0], told[5]) == ("S1:MH", "未收到")
    assert app._enclosures(letter) == ((name, content),)


def test_the_command_shows_the_evidence_and_whether_it_still_comes_out_the_same(
    app: App, letter: PaperRecord, run: Run
) -> None:
    """For people and for programs; a touched one exits with 1."""
    command = ("trace", letter.id, "--evidence")

    shown = run(*command)
    told = json.loads(run(*command, "--json").stdout)
    assert shown.exit_code == 0
    assert "证据清单与登记时一致" in shown.stdout
    assert told["holds"]
    assert told["evidence"]["items"][0]["key"] == "S1:MH"

    file = app.settings.papers_path / evidence_path(letter.path)
    file.chmod(0o644)
    file.write_text(file.read_text("utf-8").replace('"working_days_overdue": 1', '"working_days_overdue": 2'), "utf-8")
    again = run(*command)
    assert again.exit_code == 1
    assert "被改过" in again.stdout
