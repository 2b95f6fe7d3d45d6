"""The pre-filled blank over whole simulated seasons: sent back as it is, it has no finding (issue 3, item 5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.core.checked import Status, Verdict
from duban.core.findings import Finding, FindingClass
from duban.core.layout import lay_out
from duban.core.plan import Office
from duban.core.returns import ReturnKind
from duban.core.sheets import RawBook
from duban.core.weeks import ZONE, ReportingWeek
from duban.orchestration.ticks import BLANKS, ticks_between
from duban.pipeline.check import CheckResult, Settled
from duban.pipeline.ports import Before
from duban.wiring import App, open_app
from fakes.pages import listening

UNTIL = date(2018, 9, 13)
WEEKS = 4  # so many openings are looked at, the last ones

# The blank says truthfully that nothing has changed yet (C05); an office that has reported nothing has nothing in it
# (F09). What the office's data have of themselves is told with the reason that stands.
OF_THE_BLANK_AS_IT_IS = {"C05", "F09"}


@dataclass(frozen=True)
class Opening:
    """The blank of one office at the beginning of one week, and what the check says when it is sent back unchanged."""

    office: Office
    week: ReportingWeek
    moment: datetime
    book: RawBook
    alone: CheckResult
    compared: CheckResult


MORE = [pytest.param(one, marks=pytest.mark.long) for one in ((0, 11), (1, 13))]


@pytest.fixture(scope="module", params=[(1, 12), *MORE], ids=lambda p: f"mess {p[0]} seed {p[1]}")
def season(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]
) -> Iterator[App]:
    mess, seed = request.param
    home = tmp_path_factory.mktemp("blanks")
    with open_app(Settings(home=home, database_url=next(databases), inbox=str(home / "inbox"))) as app:
        write_season(app.plan, app.weeks, home / "inbox", seed=seed, until=UNTIL, mess=mess)
        yield app


@pytest.fixture(scope="module")
def openings(season: App) -> list[Opening]:
    """The season collected week by week, and every office's blank at the last openings."""
    start, end = datetime(2018, 7, 19, tzinfo=ZONE), datetime(UNTIL.year, UNTIL.month, UNTIL.day, 23, tzinfo=ZONE)
    moments = [moment for moment, dag_id in ticks_between(season.weeks, start, end) if dag_id == BLANKS]
    found: list[Opening] = []
    for moment in moments:
        season.judge(season.discover(moment), moment)
        if moment in moments[-WEEKS:]:
            found += [_opening(season, office, moment) for office in season.plan.offices]
    return found


def _opening(app: App, office: Office, moment: datetime) -> Opening:
    week = app.weeks.covering(moment.date(), moment.date())
    assert week is not None
    [(_, book)] = app.reader.read_all([("blank.xlsx", app.next_blanks.compose(office, week, moment))])
    assert isinstance(book, RawBook)
    alone = app.checker.check(book, folder=office.code, received_at=moment, last=None)
    settled = Settled(lambda code, key: app.ledger.standing_reasons([Before(code, key, moment)])[0])
    compared = app.checker.check(
        book,
        folder=office.code,
        received_at=moment,
        last=lambda code, key: app.ledger.states_before([Before(code, key, moment)])[0],
        settled=settled,
    )
    return Opening(office, week, moment, book, alone, compared)


def never_accepted(season: App, opening: Opening, finding: Finding) -> bool:
    """Whether a finding is about a row that was refused and never accepted: the blank shows it as to be mended."""
    rows = season.ledger.last_rows(opening.office.code, opening.moment)
    return any(last.row.reason and last.row.compound == finding.compound for last in rows)


def test_unchanged_it_has_no_finding(season: App, openings: list[Opening]) -> None:
    """By itself and beside the last accepted state; a class B finding only with the reason that stands."""
    told = [
        (opening.office.code, opening.week.key, finding)
        for opening in openings
        for result in (opening.alone, opening.compared)
        for finding in result.checked.findings
        if finding.code not in OF_THE_BLANK_AS_IT_IS
        and not finding.reason
        and not never_accepted(season, opening, finding)
    ]

    assert told == []


def test_unchanged_it_is_accepted_and_leaves_the_state_as_it_was(season: App, openings: list[Opening]) -> None:
    """Every compound of the office is in it with its values; nothing has to be typed twice."""
    filled = [opening for opening in openings if season.ledger.compounds(opening.moment).get(opening.office.code)]
    assert filled
    for opening in filled:
        state = season.ledger.compounds(opening.moment)[opening.office.code]
        read = [row for row in opening.compared.checked.rows if row.verdict is not Verdict.IGNORED]
        rows = {row.compound: row for row in read if row.table == "work"}
        assert set(rows) == set(state), opening
        mended = all(row.verdict is Verdict.ACCEPTED for row in read)
        assert opening.compared.checked.status is (Status.ACCEPTED if mended else Status.PARTIAL)
        for key, compound in state.items():
            if not compound.pending:
                said: Mapping[str, object] = rows[key].values
                assert (said["name"], said["households"]) == (compound.name, compound.households)


def test_its_cover_is_complete(season: App, openings: list[Opening]) -> None:
    """Office, week and kind are filled in; the name of the file proves nothing."""
    for opening in openings:
        checked = opening.compared.checked
        assert (checked.office, checked.week, checked.kind) == (
            opening.office.code,
            opening.week.key,
            ReturnKind.NORMAL,
        )
        assert lay_out(opening.book, season.form).cover["version"].cell.text == "1"


def test_the_same_instant_gives_the_same_bytes(season: App, openings: list[Opening]) -> None:
    """A run that is cleared and run again changes nothing, whatever came meanwhile."""
    opening = openings[0]
    again = [season.next_blanks.compose(opening.office, opening.week, opening.moment) for _ in range(2)]

    assert again[0] == again[1]


def test_a_blank_asks_for_its_own_office_alone(season: App, openings: list[Opening]) -> None:
    """A province's blanks would otherwise read every compound of the province once for each of its offices."""
    opening = openings[-1]
    with listening(season.engine) as asked:
        season.next_blanks.compose(opening.office, opening.week, opening.moment)

    about = [str(values) for _, values in asked if "plan" in values]
    assert about
    assert all(opening.office.code in one or "return_ids" in one for one in about)


def test_hand_out_puts_one_into_every_folder(season: App) -> None:
    """The week is that of the instant; before the first reporting week there is none."""
    moment = datetime(2018, 9, 10, 7, 30, tzinfo=ZONE)
    paths = season.next_blanks.hand_out(moment)

    assert paths == [f"{office.code}/2018-09-14-周报表.xlsx" for office in season.plan.offices]
    assert all((season.settings.outbox_path / path).stat().st_size > 0 for path in paths)
    assert season.next_blanks.hand_out(moment - timedelta(days=90)) == []


def test_the_season_has_compounds_and_classes(openings: list[Opening]) -> None:
    """A season without returns would prove nothing."""
    assert len(openings) == WEEKS * len({opening.office.code for opening in openings})
    assert sum(len(opening.compared.checked.rows) for opening in openings) > 100
    assert all(finding.cls is not FindingClass.D for opening in openings for finding in opening.alone.checked.findings)
