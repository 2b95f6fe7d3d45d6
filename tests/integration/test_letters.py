"""Whole seasons, everything signed at once: which office got which letter on which day (domain.md §6).

The tables in tests/golden/letters were checked by hand against domain.md; DUBAN_ACCEPT_GOLDEN=1 writes them anew.
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
from fakes.season_inbox import SEASON, lay_out_inbox
from fakes.season_run import letters_told, run_season

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
START = datetime(2018, 7, 19, tzinfo=ZONE)
ORDERED = datetime(2018, 7, 20, 10, tzinfo=ZONE)
SEED = 7
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SHORT = date(2018, 8, 17)  # as far as the tables were checked by hand; a longer run's letters begin with them
pytestmark = pytest.mark.xdist_group("letters")
given = pytest.mark.skipif(not SEASON, reason="not provided: DUBAN_SEASON names no season of returns")


def opened(home: Path, database: str) -> Settings:
    return Settings(home=home, database_url=database, inbox=str(home / "inbox"))


@pytest.fixture(scope="module")
def unordered(tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]) -> Iterator[App]:
    """The given season to 2018-10-26, without a 报送通知."""
    home = tmp_path_factory.mktemp("given")
    lay_out_inbox(Path(SEASON), home / "inbox")
    with open_app(opened(home, next(databases))) as app:
        run_season(app, START, end_of(date(2018, 10, 26)))
        yield app


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]) -> Iterator[App]:
    """A season of our own to 2018-12-31, its weekly returns ordered by a signed 报送通知."""
    home = tmp_path_factory.mktemp("own")
    with open_app(opened(home, next(databases))) as app:
        write_season(app.plan, app.weeks, home / "inbox", seed=SEED, until=date(2018, 12, 31), mess=0.2)
        app.reporting_notice.draft(ORDERED)
        app.signing_all.run(ORDERED)
        run_season(app, START, end_of(date(2018, 12, 31)))
        yield app


def end_of(day: date) -> datetime:
    """The end of a season; of its first weeks only, but in the long run."""
    return datetime.combine(day if LONG else min(day, SHORT), time(23, 59), ZONE)


def hold(name: str, app: App) -> None:
    told = [line for line in letters_told(app) if line[:10] <= SHORT.isoformat()]
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("DUBAN_ACCEPT_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(told) + "\n", "utf-8")
    expected = file.read_text("utf-8").splitlines()
    assert told == expected


@given
def test_the_letters_of_the_given_season(unordered: App) -> None:
    """Without a basis: what the order itself asks climbs, weekly returns and corrections are reminded of at most."""
    hold("given-without-basis", unordered)


def test_the_letters_of_a_season_of_our_own(ordered: App) -> None:
    """With a basis: weekly returns, corrections and the 项目台账 climb too."""
    hold("own-with-basis", ordered)


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


@pytest.mark.parametrize("season", [pytest.param("unordered", marks=given), "ordered"])
def test_no_letter_speaks_of_what_was_met_and_none_repeats_a_rung(season: str, request: pytest.FixtureRequest) -> None:
    """Judged anew at the instant of each letter; every item had every rung at most once."""
    app: App = request.getfixturevalue(season)
    had: set[tuple[str, str]] = set()
    for paper in app.register.papers():
        if paper.rung is None or paper.state is PaperState.WITHDRAWN:
            continue
        assert tuple(app.watch_deadlines.standing(paper, paper.as_of)) == paper.items
        taken = {(item, paper.rung) for item in paper.items}
        assert not taken & had
        had |= taken


@pytest.mark.parametrize("season", [pytest.param("unordered", marks=given), "ordered"])
def test_after_a_season_the_books_are_in_order(season: str, request: pytest.FixtureRequest) -> None:
    """Numbers without gap, chain, archive, issued bytes and rows."""
    app: App = request.getfixturevalue(season)

    assert app.verifying.run().defects == ()
