"""The fold over all seasons: what returns.md promises of it, whatever the offices send and in whatever order."""

from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from duban.core.checked import CheckedRow, Verdict
from duban.core.compound import Compound
from duban.core.state import DatedReturn, fold, fold_season
from fakes.facts import at
from fakes.plans import AIMS
from fakes.season_ledger import dated, project_row, work_row

START = at("2018-07-27 09:00")
END = START + timedelta(weeks=20)
COMPOUNDS = ("EA-001", "EA-002", "EA-003")
WEEKS = ("2018-W30", "2018-W31", "2018-W32", "2018-W41", "2019-W01")
VERDICTS = st.sampled_from((Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.REJECTED))


@st.composite
def row_sets(draw: st.DrawFn) -> list[CheckedRow]:
    """One workbook's rows: each compound at most once a table, a project row only beside an accepted ledger row."""
    made = []
    for compound in draw(st.lists(st.sampled_from(COMPOUNDS), unique=True)):
        ledger = work_row(compound, draw(VERDICTS), name=draw(st.sampled_from("甲乙丙丁")))
        made.append(ledger)
        if ledger.verdict is Verdict.ACCEPTED and draw(st.booleans()):
            made.append(project_row(compound, draw(VERDICTS), scheme=draw(st.sampled_from(("未拟定", "已拟定")))))
    return made


@st.composite
def seasons(draw: st.DrawFn) -> list[DatedReturn]:
    """Some returns of one office, in the order of their paths; several may be of one week or one instant."""
    hours = draw(st.lists(st.integers(0, 24 * 7 * 20), max_size=8))
    return [
        dated(f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}", draw(st.sampled_from(WEEKS)), *draw(row_sets()),
              path=f"{number:03d}")
        for number, hour in enumerate(hours)
    ]  # fmt: skip


instants = st.integers(0, 24 * 7 * 20).map(lambda hour: START + timedelta(hours=hour))


@given(seasons(), st.randoms(use_true_random=False), instants)
def test_fold_does_not_depend_on_the_order_in_which_files_are_taken_up(
    season: list[DatedReturn], random: Random, as_of: datetime
) -> None:
    """Time of receipt and path decide, never the order of a listing."""
    shuffled = list(season)
    random.shuffle(shuffled)

    assert fold_season(shuffled, as_of, AIMS) == fold_season(season, as_of, AIMS)


@given(seasons(), instants)
def test_what_came_later_is_not_known_before(season: list[DatedReturn], as_of: datetime) -> None:
    """As of T = the season that ends at T."""
    by_then = [one for one in season if one.received_at <= as_of]

    assert fold_season(season, as_of, AIMS) == fold_season(by_then, END, AIMS)


@given(st.lists(row_sets(), max_size=3), row_sets())
def test_folding_a_return_twice_is_folding_it_once(earlier: list[list[CheckedRow]], rows: list[CheckedRow]) -> None:
    """Running a task again changes nothing."""
    state: dict[str, Compound] = {}
    for one in earlier:
        state = fold(state, one, AIMS)

    assert fold(fold(state, rows, AIMS), rows, AIMS) == fold(state, rows, AIMS)


@given(st.lists(row_sets(), max_size=4))
def test_a_compound_once_known_stays_known_and_once_full_stays_full(weeks: list[list[CheckedRow]]) -> None:
    """A missing or rejected row takes nothing away."""
    state: dict[str, Compound] = {}
    for rows in weeks:
        after = fold(state, rows, AIMS)
        assert state.keys() <= after.keys()
        assert all(state[key].pending or not after[key].pending for key in state)
        state = after


@given(row_sets(), st.randoms(use_true_random=False))
def test_order_of_rows_in_a_workbook_does_not_matter(rows: list[CheckedRow], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert fold({}, shuffled, AIMS) == fold({}, rows, AIMS)


@given(seasons())
def test_folding_week_by_week_as_returns_arrive_gives_the_same_state(season: list[DatedReturn]) -> None:
    """The ledger's way: a return folds its week anew on the week before, then every later week that is known."""
    counting: dict[str, DatedReturn] = {}
    states: dict[str, dict[str, Compound]] = {}
    in_order = sorted(season, key=lambda one: (one.received_at, one.path))
    for received_at, arrived in groupby(in_order, key=lambda one: one.received_at):
        for one in arrived:
            week = one.checked.week or ""
            counting[week] = one
            for later in sorted(key for key in counting if key >= week):
                before = states[max(key for key in counting if key < later)] if min(counting) < later else {}
                states[later] = fold(before, counting[later].checked.rows, AIMS)
        assert states[max(states)] == fold_season(season, received_at, AIMS)["EA"]
