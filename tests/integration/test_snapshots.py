"""What the board shows of an instant is kept by the runs; whatever is kept equals what would be worked out now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.adapters.store import PostgresSnapshots
from duban.core.access import Viewer, ViewerRole
from duban.core.amendments import Amendment, Change
from duban.core.appeals import Appeal, Step
from duban.core.empty import EmptyConfirmation
from duban.core.receipts import Receipt
from duban.core.site_checks import Matter, Result, SiteCheck
from duban.core.waivers import Waiver
from duban.pipeline.board_snapshot import OfficePart, Snapshot
from duban.pipeline.keep_snapshot import KeepSnapshot
from duban.wiring import App, open_app
from fakes.facts import at

BUREAU = Viewer("wang", ViewerRole.BUREAU)
UNTIL = date(2018, 8, 31)
CUTOFFS = [at(f"2018-{day} 17:00") for day in ("07-27", "08-03", "08-10", "08-17")]
LAST = CUTOFFS[-1]


@pytest.fixture(scope="module")
def season(databases: Iterator[str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A season lies in the inbox, of which nothing has been collected."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, database_url=next(databases))
    with open_app(settings) as app:
        write_season(app.plan, app.weeks, home / "inbox", seed=3, until=UNTIL, mess=0.3)
    return settings


@pytest.fixture(scope="module")
def app(season: Settings) -> Iterator[App]:
    """Four cut-offs were collected and kept, as the runs do it."""
    with open_app(season) as opened:
        for cutoff in CUTOFFS:
            collected(opened, cutoff)
            opened.draft_weekly_report(cutoff)
            opened.keeping_snapshots.run(cutoff)
        yield opened


def collected(app: App, moment: datetime) -> None:
    app.judge(app.discover(moment), moment)
    app.hand_back(moment)


def kept(app: App, as_of: datetime) -> Snapshot | None:
    """What is kept of an instant, put together again."""
    found = app.snapshots.lines(as_of, [office.code for office in app.plan.offices])
    parts = {office.code: app.snapshots.office(as_of, office.code) for office in app.plan.offices}
    known: dict[str, OfficePart] = {code: part for code, part in parts.items() if part is not None}
    if found is None or len(known) < len(parts):
        return None
    assert [part.head for part in known.values()] == list(found[1])
    return Snapshot(as_of, found[0], known)


def assert_sound(app: App, moments: list[datetime]) -> None:
    for moment in moments:
        assert kept(app, moment) == app.survey.at(moment), moment


def test_what_is_kept_is_what_would_be_worked_out(app: App) -> None:
    """Fractions, states, days and all, of every cut-off; and the pages made of it are the same."""
    board = replace(app).board
    whole = [board.overview(LAST), board.office("MH", LAST, BUREAU), board.overview(CUTOFFS[0])]

    assert sorted(app.snapshots.kept()) == CUTOFFS
    assert_sound(app, CUTOFFS)
    for cutoff in CUTOFFS:
        parts = app.survey.at(cutoff).offices.values()
        assert tuple(part.head.progress for part in parts) == app.assess(cutoff).offices
    nothing_kept = replace(app)
    nothing_kept.__dict__["snapshots"] = PostgresSnapshots(app.engine, app.plan.key, "0" * 64)
    assert nothing_kept.board.latest() == board.latest() == LAST
    again = nothing_kept.board
    assert [again.overview(LAST), again.office("MH", LAST, BUREAU), again.overview(CUTOFFS[0])] == whole


def test_another_plan_or_another_version_does_not_see_them(app: App) -> None:
    other = PostgresSnapshots(app.engine, app.plan.key, "0" * 64)

    assert (other.kept(), other.last(), other.office(LAST, "MH")) == (frozenset(), None, None)


def test_a_second_run_of_the_same_step_keeps_nothing_anew(app: App) -> None:
    assert app.keeping_snapshots.run(LAST) == []


FACTS = {
    "appeal": lambda app, moment: app.decisions.appeal(
        Appeal("S1:MH", Step.EXTENDED, date(2018, 9, 28), "理由", "李超", moment)
    ),
    "waiver": lambda app, moment: app.decisions.waive(
        Waiver("committee", "MH-001", date(2018, 12, 31), "理由", "李超", moment)
    ),
    "amendment": lambda app, moment: app.decisions.amend(
        Amendment("MH", "MH-001", Change.REMOVE, "已拆除", "李超", moment)
    ),
    "site check": lambda app, moment: app.decisions.check_on_site(
        SiteCheck("MH-001", Matter.COMMITTEE, Result.FALSE, moment.date(), "李超", "未见", moment)
    ),
    "receipt": lambda app, moment: app.receipt_book.record(
        Receipt(app.register.papers()[0].id, "明湖办事处", moment, "收到")
    ),
    "empty confirmation": lambda app, moment: app.decisions.confirm_empty(
        EmptyConfirmation(app.ledger.return_records(moment)[0].return_id, "", "李超", moment)
    ),
    "listing": lambda app, moment: app.ledger.register_listing(moment, [], ["MH"]),
}


@pytest.mark.parametrize("name", FACTS)
def test_what_becomes_known_of_the_past_throws_away_what_did_not_know_it(app: App, name: str) -> None:
    """That of its own instant too; what lies before stands. The next runs make good one cut-off each."""
    for _ in CUTOFFS:
        app.keeping_snapshots.run(LAST)
    minute = list(FACTS).index(name)
    between = CUTOFFS[2].replace(minute=minute, hour=9)

    FACTS[name](app, between)

    assert sorted(app.snapshots.kept()) == CUTOFFS[:2]
    assert app.keeping_snapshots.run(LAST) == [LAST, CUTOFFS[2]]
    assert_sound(app, CUTOFFS)


def test_a_fact_that_comes_while_a_snapshot_is_worked_out_is_not_overlooked(app: App) -> None:
    """It is not kept; the run after it does it."""

    def disturbed(instants: Sequence[datetime]) -> list[Snapshot]:
        found = list(app.survey.each(instants))
        app.decisions.appeal(Appeal("S1:JH", Step.EXTENDED, date(2018, 9, 21), "理由", "李超", LAST))
        return found

    evening = LAST.replace(hour=18)

    assert KeepSnapshot(app.weeks, disturbed, app.snapshots).run(evening) == []
    assert app.snapshots.last() == CUTOFFS[-2]
    assert app.keeping_snapshots.run(evening) == [evening, LAST]
    assert_sound(app, [evening, LAST])


def test_of_two_that_work_at_one_instant_the_later_keeps_it(app: App) -> None:
    """The first has lost its claim: it may have read before what the second has seen."""
    noon = LAST.replace(hour=12)
    snapshot = app.survey.at(noon)
    first, second = (app.snapshots.begin(noon, lasting=False) for _ in range(2))

    assert not app.snapshots.finish(first, snapshot)
    assert app.snapshots.finish(second, snapshot)


def test_of_other_instants_the_newest_stays(app: App) -> None:
    """Cut-offs last. A crash between claim and end leaves nothing that anybody sees."""
    morning, noon = (LAST.replace(day=20, hour=hour) for hour in (8, 12))
    app.keeping_snapshots.run(morning)
    app.keeping_snapshots.run(noon)
    app.snapshots.begin(noon.replace(hour=13), lasting=False)

    assert sorted(app.snapshots.kept()) == [*CUTOFFS, noon]
    assert app.board.latest() == noon


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_whatever_happens_in_whatever_order_what_is_kept_is_sound(
    databases: Iterator[str], tmp_path: Path, seed: int
) -> None:
    """A season with its runs, and now and then a decision that names an earlier day."""
    chance = Random(seed)  # noqa: S311 - the same at every run
    with open_app(Settings(home=tmp_path, database_url=next(databases))) as app:
        write_season(app.plan, app.weeks, tmp_path / "inbox", seed=seed, until=UNTIL, mess=0.3)
        past = [at("2018-07-20 12:00")]
        for moment in (
            at(f"2018-{day} {hour}")
            for day in ("07-27", "07-31", "08-03", "08-06", "08-10")
            for hour in ("08:30", "17:00")
        ):
            collected(app, moment)
            if moment.hour == 8:
                app.draft_due_letters(moment)
            else:
                app.draft_weekly_report(moment)
            app.keeping_snapshots.run(moment)
            past.append(moment)
            fact = chance.choice([name for name in FACTS if name != "receipt"])
            if chance.random() < 0.5:
                FACTS[fact](app, chance.choice(past))
            if chance.random() < 0.3:
                app.signing_all.run(moment)
        found = sorted(app.snapshots.kept())
        assert found
        assert_sound(app, found)
