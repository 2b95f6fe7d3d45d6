"""Issued papers made again from their frozen inputs: bytes and figures compared, nothing issued touched (issue 6)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import text

from duban.core.errors import InternalError
from duban.core.papers import PaperContent, PaperKind, PaperRecord, PaperState
from duban.core.weeks import ZONE
from duban.core.zips import normalised
from duban.pipeline.back_test import BackTested, FigureChange, Outcome
from duban.pipeline.back_test_documents import back_test_alert
from duban.wiring import App
from fakes.commands import Run, at_home
from fakes.forming import look, send

MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)
CUTOFF = datetime(2018, 8, 31, 17, tzinfo=ZONE)
MONTH = datetime(2018, 9, 3, 9, tzinfo=ZONE)
NIGHT = datetime(2018, 9, 5, 21, 30, tzinfo=ZONE)
FIGURE = "MH.committees.done"


@dataclass(frozen=True)
class Signed:
    """A home whose duban has ended, and its database."""

    home: Path
    database: str


@pytest.fixture(scope="module")
def signed(databases: Iterator[str], tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """MH reported in the last week of August; letters, a report and a circular were signed and delivered."""
    made = Signed(tmp_path_factory.mktemp("signed"), next(databases))
    with at_home(made.database) as opened:
        look(opened)
        send(opened, "07-27 10:00", "2018-W30", 0)
        opened.draft_due_letters(MORNING)
        opened.signing_all.run(MORNING)
        send(opened, "08-31 10:00", "2018-W35", 1)
        opened.draft_weekly_report(CUTOFF)
        opened.draft_monthly_papers(MONTH)
        opened.signing_all.run(MONTH)
        opened.deliver(MONTH)
        copytree(opened.settings.home, made.home, dirs_exist_ok=True)
    return made


@pytest.fixture
def app(signed: Signed, copied: Callable[[str], str]) -> Iterator[App]:
    """A copy of it for each test."""
    with at_home(copied(signed.database), like=signed.home) as opened:
        yield opened


def only(app: App, kind: PaperKind) -> PaperRecord:
    [paper] = [one for one in app.register.papers() if one.kind is kind]
    return paper


def made_again(app: App, *papers: PaperRecord, as_of: datetime = NIGHT, correcting: bool = True) -> list[BackTested]:
    return list(app.back_testing.run(papers or app.back_testing.every(), as_of, correcting=correcting))


def reprint(app: App, paper: PaperRecord, printed: str) -> None:
    """As if another rule had given the figure when the paper was drafted."""
    with app.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        changed = text("update duban.figure set printed = :printed where paper_id = :paper and key = :key")
        connection.execute(changed, {"printed": printed, "paper": paper.id, "key": FIGURE})


def register_digests(app: App, paper: PaperRecord, draft: str, signed: str) -> None:
    """As if draft and signed paper had been registered with these."""
    with app.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for table, digest in (("paper", draft), ("signature", signed)):
            changed = text(f"update duban.{table} set sha256 = :digest where paper_id = :paper")  # noqa: S608  # named above
            connection.execute(changed, {"digest": digest, "paper": paper.id})


def issued(app: App) -> dict[str, object]:
    """All that must not change: papers, numbers, deliveries, the chain, the bytes of every file."""
    files = [file for file in sorted(app.settings.home.rglob("*")) if file.is_file()]
    return {
        "papers": app.register.papers(),
        "numbers": app.books.numbers(),
        "deliveries": app.deliveries.all(),
        "chain": app.books.chain()[1],
        "files": {str(file): sha256(file.read_bytes()).hexdigest() for file in files},
    }


def test_every_issued_paper_is_made_again_to_the_byte_and_nothing_changes(app: App) -> None:
    """Letter, report, circular; drafts and signed papers with their numbers; every figure."""
    before = issued(app)

    found = made_again(app)

    assert {one.paper.kind for one in found} >= {PaperKind.URGE, PaperKind.WEEKLY_REPORT, PaperKind.CIRCULAR}
    assert {outcome for one in found for outcome in one.outcomes.values()} == {Outcome.SAME}
    assert back_test_alert(found, NIGHT) is None
    assert issued(app) == before


def test_a_changed_figure_of_a_circular_opens_one_correction_draft(app: App) -> None:
    """From what was printed to what is worked out; it is a draft, and the circular itself stays as it is."""
    circular = only(app, PaperKind.CIRCULAR)
    reprint(app, circular, "7")

    [found] = made_again(app, circular)

    assert found.changed == (FigureChange(FIGURE, "7", "1"),)
    notice = only(app, PaperKind.CORRECTION)
    assert (found.correction, notice.state, notice.items) == (notice, PaperState.DRAFTED, (f"paper:{circular.id}",))
    told = {figure.key: figure.text for figure in app.register.figures(notice.id)}
    assert {told[f"corrected.{FIGURE}.was"], told[f"corrected.{FIGURE}.now"]} == {"7", "1"}
    assert only(app, PaperKind.CIRCULAR) == circular


def test_what_a_correction_has_told_is_not_told_again(app: App) -> None:
    """The next night finds the figure changed still, and drafts nothing; the same night again gives the same draft."""
    circular = only(app, PaperKind.CIRCULAR)
    reprint(app, circular, "7")
    [first] = made_again(app, circular)

    [same] = made_again(app, circular)
    [later] = made_again(app, circular, as_of=NIGHT + timedelta(days=1))

    assert same.correction == first.correction
    assert (later.correction, later.figures) == (None, Outcome.DIFFERS)
    assert app.draft_corrections(NIGHT + timedelta(days=2)) == []


def test_a_correction_by_a_later_return_is_not_turned_back(app: App) -> None:
    """The circular's own inputs still give what it printed; what a return of its week brought later stands."""
    circular = only(app, PaperKind.CIRCULAR)
    send(app, "09-04 10:00", "2018-W35", 2)
    [notice] = app.draft_corrections(datetime(2018, 9, 5, 8, 30, tzinfo=ZONE))

    [found] = made_again(app, circular)
    reprint(app, circular, "7")
    [changed] = made_again(app, circular)

    assert (found.holds, found.correction) == (True, None)
    assert (changed.figures, changed.correction) == (Outcome.DIFFERS, None)
    assert only(app, PaperKind.CORRECTION).id == notice


def test_two_corrections_of_one_paper_on_one_day_have_files_of_their_own(app: App) -> None:
    """The morning's is about a return, the night's about a rule."""
    circular = only(app, PaperKind.CIRCULAR)
    send(app, "09-04 10:00", "2018-W35", 2)
    app.draft_corrections(datetime(2018, 9, 5, 8, 30, tzinfo=ZONE))
    [morning] = [one for one in app.register.papers() if one.kind is PaperKind.CORRECTION]
    with app.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("update duban.paper set state = 'withdrawn' where paper_id = :id"), {"id": morning.id})
    reprint(app, circular, "7")

    [found] = made_again(app, circular)

    assert found.correction is not None
    assert found.correction.path != morning.path


def test_another_kind_is_reported_and_not_corrected(app: App) -> None:
    """The next weekly report mends the last one itself; a letter is revoked by a person."""
    report = only(app, PaperKind.WEEKLY_REPORT)
    reprint(app, report, "7")

    [found] = made_again(app, report)

    assert (found.figures, found.correction) == (Outcome.DIFFERS, None)
    alert = back_test_alert([found], NIGHT)
    assert alert is not None
    assert report.title in alert.text
    assert "duban back-test" in alert.text


def test_without_correcting_nothing_is_drafted(app: App) -> None:
    circular = only(app, PaperKind.CIRCULAR)
    reprint(app, circular, "7")
    before = issued(app)

    [found] = made_again(app, circular, correcting=False)

    assert (found.holds, found.correction) == (False, None)
    assert issued(app) == before


def test_what_was_signed_when_papers_were_packed_otherwise_still_holds(app: App) -> None:
    """Registered with the hash of another packing; with a byte changed as well, it differs."""
    circular = only(app, PaperKind.CIRCULAR)
    assert circular.signature is not None
    once = {path: normalised(app.shelf.get(path)) for path in (circular.path, circular.signature.path)}
    register_digests(app, circular, *(sha256(package).hexdigest() for package in once.values()))

    [found] = made_again(app, only(app, PaperKind.CIRCULAR))
    register_digests(app, circular, *(sha256(package + b" ").hexdigest() for package in once.values()))
    [changed] = made_again(app, only(app, PaperKind.CIRCULAR))

    assert list(found.outcomes.values()) == [Outcome.SAME] * 3
    assert list(changed.outcomes.values()) == [Outcome.DIFFERS, Outcome.DIFFERS, Outcome.SAME]


class OtherComposer:
    """A template that has changed since."""

    def __init__(self, app: App) -> None:
        self._composer = app.composer

    def compose(self, content: PaperContent) -> bytes:
        return self._composer.compose(content) + b" "


class BrokenComposer:
    """A template that no longer takes what was kept."""

    def compose(self, content: PaperContent) -> bytes:
        raise InternalError(f"{content.kind}.docx: 'x' is undefined")


def test_other_bytes_with_the_same_figures_say_which(app: App) -> None:
    """Draft and signed paper each."""
    testing = replace(app.back_testing, composer=OtherComposer(app))

    [found] = testing.run([only(app, PaperKind.CIRCULAR)], NIGHT, correcting=True)

    assert list(found.outcomes.values()) == [Outcome.DIFFERS, Outcome.DIFFERS, Outcome.SAME]
    assert found.correction is None


def test_a_paper_that_cannot_be_made_again_does_not_end_the_test_of_the_others(app: App) -> None:
    """It says why."""
    testing = replace(app.back_testing, composer=BrokenComposer())

    found = list(testing.run(testing.every(), NIGHT, correcting=True))

    assert len(found) == len(testing.every())
    assert {one.draft for one in found} == {Outcome.FAILED}
    assert "is undefined" in found[0].error
    assert not found[0].holds


def test_a_night_takes_a_week_and_all_weeks_have_their_turn(app: App) -> None:
    """As many nights as there are closed weeks; what was signed before the first belongs to it."""
    testing = app.back_testing
    closed = app.weeks.closed_by(NIGHT)

    nights = [NIGHT + timedelta(hours=n) for n in range(0, 24 * len(closed), 24)]
    still = [night for night in nights if len(app.weeks.closed_by(night)) == len(closed)]
    turns = {week.key for night in still if (week := testing.tonight(night))}

    assert len(turns) == len(still)
    every = [paper.id for week in closed for paper in testing.of_week(week, NIGHT)]
    assert sorted(every) == sorted(
        one.id for one in testing.every() if one.as_of < closed[-1].cutoff + timedelta(days=2)
    )
    assert testing.tonight(datetime(2018, 7, 1, tzinfo=ZONE)) is None


def test_by_command_a_paper_a_week_or_all(app: App, run: Run) -> None:
    """0 when all holds, 1 when one does not, 2 when it cannot be asked so."""
    circular = only(app, PaperKind.CIRCULAR)
    assert run("back-test", circular.id).exit_code == 0
    listed = json.loads(run("back-test", "--week", "2018-07-31", "--json").stdout)
    assert {one["paper"]["id"] for one in listed} == {one.id for one in app.register.papers() if one.as_of == MORNING}
    assert "份已签发的公文" in run("back-test", "--all").stdout

    reprint(app, circular, "7")
    told = run("back-test", circular.id, "--as-of", NIGHT.isoformat())

    assert told.exit_code == 1
    assert f"{FIGURE}：公文中为 7，现在重算为 1" in told.stdout
    assert "更正通报" in told.stdout
    assert run("back-test", only(app, PaperKind.CORRECTION).id).exit_code == 2
    assert run("back-test", circular.id, "--all").exit_code == 2
    assert run("back-test", "--week", "2018-01-01").exit_code == 2
