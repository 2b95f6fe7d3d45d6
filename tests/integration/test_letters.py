"""Seasons with everything signed at once: which office got which letter on which day (domain.md §6).

The tables in tests/golden/letters say in their heads how they were checked; DUBAN_ACCEPT_GOLDEN=1 writes them anew. The
first weeks are run by `make test`, the whole seasons by `make test-long`.
"""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.core.papers import PaperState
from duban.core.weeks import ZONE
from duban.wiring import App, open_app
from fakes.letters_by_rule import GIVEN, OWN, Table
from fakes.season_inbox import SEASON, lay_out_inbox
from fakes.season_run import letters_told, run_season

START = datetime(2018, 7, 19, tzinfo=ZONE)
ORDERED = datetime(2018, 7, 20, 10, tzinfo=ZONE)
SHORT, SHORTER = date(2018, 8, 13), date(2018, 8, 7)
pytestmark = pytest.mark.xdist_group("letters")
given = pytest.mark.skipif(not SEASON, reason="not provided: DUBAN_SEASON names no season of returns")


def spans(table: Table, first: date) -> list[Any]:
    """The last days to which a season is run."""
    return [pytest.param(first, id="first weeks"), pytest.param(table.until, id="whole", marks=pytest.mark.long)]


def opened(home: Path, database: str) -> Settings:
    return Settings(home=home, database_url=database, inbox=str(home / "inbox"))


@pytest.fixture(scope="module", params=spans(GIVEN, SHORT))
def unordered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]
) -> Iterator[App]:
    """The given season, without a 报送通知."""
    home = tmp_path_factory.mktemp("given")
    lay_out_inbox(Path(SEASON), home / "inbox")
    with open_app(opened(home, next(databases))) as app:
        run_season(app, START, end_of(request.param))
        yield app


@pytest.fixture(scope="module", params=spans(OWN, SHORTER))
def ordered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]
) -> Iterator[App]:
    """A season of our own, its weekly returns ordered by a signed 报送通知."""
    home = tmp_path_factory.mktemp("own")
    with open_app(opened(home, next(databases))) as app:
        write_season(app.plan, app.weeks, home / "inbox", seed=OWN.seed, until=OWN.until, mess=OWN.mess)
        app.reporting_notice.draft(ORDERED)
        app.signing_all.run(ORDERED)
        run_season(app, START, end_of(request.param))
        yield app


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), ZONE)


def hold(table: Table, app: App, until: date) -> None:
    told = list(letters_told(app))
    if os.environ.get("DUBAN_ACCEPT_GOLDEN") and until == table.until:
        table.accept(told)
    assert told == table.lines(until)


@given
def test_the_letters_of_the_given_season(unordered: App, request: pytest.FixtureRequest) -> None:
    """Without a basis: what the order itself asks climbs, weekly returns and corrections are reminded of at most."""
    hold(GIVEN, unordered, request.node.callspec.params["unordered"])


def test_the_letters_of_a_season_of_our_own(ordered: App, request: pytest.FixtureRequest) -> None:
    """With a basis: weekly returns, corrections and the 项目台账 climb too."""
    hold(OWN, ordered, request.node.callspec.params["ordered"])


@given
@pytest.mark.parametrize(("item", "due", "morning"), [("S1", "2018-07-30", "07-31"), ("S2", "2018-08-10", "08-13")])
def test_who_is_urged_the_morning_after_and_who_is_not(unordered: App, item: str, due: str, morning: str) -> None:
    """Exactly the offices whose evidence had not come by the end of the due day and was not there that morning."""
    truth: dict[str, Any] = json.loads((Path(SEASON) / "truth.json").read_text("utf-8"))
    first = datetime.fromisoformat(f"2018-{morning}T08:30:00+08:00")
    met = {code: datetime.fromisoformat(at) for code, at in truth[f"{item.lower()}_met_at"].items()}
    missing = {office.code for office in unordered.plan.offices if met.get(office.code, first + timedelta(1)) > first}
    urged = {
        (paper.as_of, paper.office)
        for paper in unordered.register.papers()
        if paper.rung == "urge" and any(key.startswith(f"{item}:") for key in paper.items)
    }

    assert urged == {(first, office) for office in missing}, due


@given
def test_no_letter_of_the_given_season_speaks_of_what_was_met(unordered: App) -> None:
    """Nor does one repeat a rung."""
    require_rightly_written(unordered)


def test_no_letter_of_our_own_season_speaks_of_what_was_met(ordered: App) -> None:
    """Nor does one repeat a rung."""
    require_rightly_written(ordered)


def require_rightly_written(app: App) -> None:
    """Judged anew at the instant of each letter; every item had every rung at most once."""
    had: set[tuple[str, str]] = set()
    for paper in app.register.papers():
        if paper.rung is None or paper.state is PaperState.WITHDRAWN:
            continue
        assert tuple(app.watch_deadlines.standing(paper, paper.as_of)) == paper.items
        taken = {(item, paper.rung) for item in paper.items}
        assert not taken & had
        had |= taken


@given
def test_after_the_given_season_the_books_are_in_order(unordered: App) -> None:
    """Numbers without gap, chain, archive, issued bytes and rows."""
    assert unordered.verifying.run().defects == ()


def test_after_our_own_season_the_books_are_in_order(ordered: App) -> None:
    """As above, with the letters that only a 报送通知 lets climb."""
    assert ordered.verifying.run().defects == ()
