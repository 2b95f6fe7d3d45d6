"""The board's read model on a real database: everything as of an instant, to each reader what is his."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duban.adapters.settings import Settings
from duban.core.access import Viewer, ViewerRole
from duban.core.preview import Paragraph
from duban.wiring import App, open_app
from fakes.facts import at

BUREAU = Viewer("wang", ViewerRole.BUREAU)
OFFICE = Viewer("minghu", ViewerRole.OFFICE, "MH")
MORNING = at("2018-07-31 08:30")


@pytest.fixture(scope="module")
def app(fresh_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Nobody has sent anything; the survey was due yesterday, and the letters about it are drafted."""
    home: Path = tmp_path_factory.mktemp("home")
    with open_app(Settings(home=home, database_url=fresh_database)) as opened:
        opened.ledger.register_listing(MORNING, [], [office.code for office in opened.plan.offices])
        opened.draft_due_letters(MORNING)
        yield opened


def test_without_an_instant_the_board_shows_the_last_collection(app: App) -> None:
    assert app.board.latest() == MORNING
    assert [week.key for week in app.board.cutoffs(MORNING)] == ["2018-W30"]


def test_the_overview_tells_what_is_overdue_and_who_is_silent(app: App) -> None:
    view = app.board.overview(MORNING)

    cells = {progress.office: states for progress, states in view.offices}
    assert cells["MH"]["S1"].value == "overdue"
    assert list(view.missing) == [office.code for office in app.plan.offices]
    assert view.history[-1].committees == view.district.committees.done


def test_the_day_before_shows_what_would_go_out(app: App) -> None:
    """As of the due day itself: the next morning's letters, though that morning has come by now."""
    view = app.board.overview(at("2018-07-30 18:00"))

    assert view.tomorrow == MORNING
    assert {letter.office for letter in view.letters if letter.rung == "urge"} == {o.code for o in app.plan.offices}


def test_a_paper_is_shown_with_its_figures(app: App) -> None:
    record = app.board.paperwork.papers(MORNING, BUREAU).papers[0]
    page = app.board.paperwork.paper(record.id, BUREAU)

    assert page is not None
    paragraphs = [block for block in page.blocks if isinstance(block, Paragraph)]
    keys = {span.figure for paragraph in paragraphs for span in paragraph.spans if span.figure}
    assert keys <= {figure.key for figure in app.register.figures(record.id)}
    assert app.board.paperwork.docx(record.id, BUREAU) == (record.path.rsplit("/", 1)[-1], app.shelf.get(record.path))


def test_a_paper_is_shown_in_its_form(app: App) -> None:
    """The mark red, the title large and in the middle, the text's first lines indented, headings heavier."""
    record = next(paper for paper in app.board.paperwork.papers(MORNING, BUREAU).papers if paper.kind == "urge")
    page = app.board.paperwork.paper(record.id, BUREAU)
    assert page is not None
    looks = {
        "".join(span.text for span in block.spans): (block.align, block.large, block.red, block.bold, block.indent)
        for block in page.blocks
        if isinstance(block, Paragraph)
    }

    assert looks[app.plan.issuer("group_office").mark] == ("center", True, True, True, False)
    assert looks["催办通知单"] == ("center", True, False, True, False)
    assert looks["一、催办事项"] == ("left", False, False, True, True)
    assert looks["二、办理要求"] == looks["一、催办事项"]


def test_a_letter_shows_what_it_rests_on(app: App) -> None:
    """A line an item: what was due, that nothing came; the same as the workbook that goes with it."""
    record = next(paper for paper in app.board.paperwork.papers(MORNING, BUREAU).papers if paper.kind == "urge")
    found = app.board.paperwork.evidence(record.id, BUREAU)
    book = app.board.paperwork.evidence_book(record.id, BUREAU)
    page = app.board.paperwork.paper(record.id, BUREAU)

    assert found is not None
    assert [(row[0], row[5]) for row in found.rows] == [(f"S1:{record.office}", "未收到")]
    assert book is not None
    assert (book[0][:5], book[1][:2]) == ("证据清单-", b"PK")
    assert page is not None
    assert page.proven
    assert app.board.paperwork.evidence(record.id, OFFICE) is None
    assert app.board.paperwork.evidence_book(record.id, OFFICE) is None


def test_an_office_sees_neither_drafts_nor_others(app: App) -> None:
    assert app.board.paperwork.papers(MORNING, OFFICE).papers == ()
    assert app.board.office("MH", MORNING, OFFICE) is not None
    assert app.board.office("JH", MORNING, OFFICE) is None
    for record in app.board.paperwork.papers(MORNING, BUREAU).papers:
        assert app.board.paperwork.paper(record.id, OFFICE) is None
        assert app.board.paperwork.docx(record.id, OFFICE) is None
        assert app.board.paperwork.figure(record.id, "district.known", OFFICE) is None


def test_the_past_does_not_know_later_papers(app: App) -> None:
    assert app.board.paperwork.papers(at("2018-07-30 18:00"), BUREAU).papers == ()


def test_a_later_due_date_takes_the_letters_away(app: App, tmp_path: Path) -> None:
    """`duban what-if`, the survey due a week later; the database stays as it was."""
    changed = Path(shutil.copytree(app.settings.plan.parent, tmp_path / "plans")) / "changed.yaml"
    text = app.settings.plan.read_text("utf-8")
    changed.write_text(text.replace("due: 2018-07-30", "due: 2018-08-06"), "utf-8")
    papers = app.register.papers()

    before = at("2018-07-31 08:29")
    found = app.what_if(changed, before)

    assert {row["key"]: row["after"] for row in found["letters"]} == {f"urge {o.code}": None for o in app.plan.offices}
    assert app.what_if(app.settings.plan, before)["obligations"] == []
    assert app.register.papers() == papers


def test_who_is_asked_to_sign_may_read_what_he_is_asked_about(app: App, tmp_path: Path) -> None:
    """As the supervision office does, unless the file says otherwise; nobody else whom the file does not name."""
    listed = tmp_path / "access.yaml"
    listed.write_text("users:\n  xuzuxin: {role: bureau}\n", "utf-8")
    asked = app.settings.model_copy(update={"airflow_users": "李超=lichao,徐祖新=xuzuxin", "access": listed})
    access = replace(app, settings=asked).access

    readers = {user: access.viewer(user, []) for user in ("lichao", "xuzuxin", "anybody")}
    assert {user: reader and reader.role for user, reader in readers.items()} == {
        "lichao": ViewerRole.SUPERVISION,
        "xuzuxin": ViewerRole.BUREAU,
        "anybody": None,
    }


def test_a_paper_that_never_gets_a_number_is_not_said_to_wait_for_one(app: App) -> None:
    """A reminder goes out without a number; an urging letter's comes with its signature."""
    from duban.web import app as web
    from duban.web.pages import Language, Page

    app.draft_due_letters(at("2018-08-03 14:00"))
    latest = at("2018-08-03 14:00")
    page = Page(BUREAU, app.board, latest, latest, Language.ZH, asked=False, path="/duban/papers")
    told = bytes(web.papers(page).body).decode()

    rows = [row for row in told.split("<tr>") if "papers/" in row]
    reminders = [row for row in rows if "工作提示" in row]
    assert 0 < len(reminders) < len(rows)
    assert all("不编号" in row for row in reminders)
    assert all("待编" in row for row in rows if row not in reminders)
