"""Obligations over all seasons of returns: whatever comes, whenever one looks."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from duban.core.assessment import Assessment, ObligationStatus, State
from duban.core.checked import Status
from duban.core.facts import ReturnFact
from duban.core.ladder import explain, letters
from duban.core.plan import Evidence
from duban.core.returns import ReturnKind
from fakes.facts import assessed, at, compound, fact, facts, held, state
from fakes.plans import BASIS, PLAN, only

START = at("2018-07-19 08:00")
HOURS = 24 * 7 * 30
instants = st.integers(0, HOURS).map(lambda hour: f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}")
MET = (State.MET, State.MET_LATE)
STATE_BASED = {
    rule.key
    for rule in PLAN.obligations
    if rule.evidence
    in {
        Evidence.SCHEMES_DRAFTED,
        Evidence.SCHEMES_DELIBERATED,
        Evidence.ALL_OF,
        Evidence.COMMITTEES,
        Evidence.IMPROVEMENTS,
    }
}


@st.composite
def returns(draw: st.DrawFn) -> list[ReturnFact]:
    """Up to eight returns of one office in the order of receipt, each of any fate and for any week."""
    made = []
    for received in sorted(draw(st.lists(instants, max_size=8))):
        status = draw(st.sampled_from((Status.ACCEPTED, Status.PARTIAL, Status.RETURNED)))
        week = draw(st.sampled_from(("2018-W30", "2018-W31", "2018-W33", "2018-W41", None)))
        if week is None:
            status = Status.RETURNED
        made.append(
            fact(
                received,
                week,
                status=status,
                kind=ReturnKind.NORMAL,
                ledger_rows=draw(st.integers(0, 3)),
                project_compounds=frozenset(draw(st.sets(st.sampled_from(("EA-001", "EA-002"))))),
                activities=tuple(
                    held("宣传发动", day) for day in draw(st.sets(st.sampled_from(("2018-07-18", received[:10]))))
                ),
                slip_at=None if status is Status.ACCEPTED else at(received),
            )
        )
    return made


def look(season: list[ReturnFact], as_of: str) -> Assessment:
    compounds = state(compound(1, scheme="已拟定"), compound(2))
    return assessed(PLAN, as_of, facts(*season, compounds=compounds, frozen="2018-08-03 17:00"))


@given(returns(), instants)
def test_every_obligation_is_in_one_state_and_its_details_agree_with_it(season: list[ReturnFact], as_of: str) -> None:
    """Met with the time of its evidence; overdue with its days, after its due date; nothing is both."""
    for item in look(season, as_of).obligations:
        assert (item.met_at is not None) == (item.state in MET)
        assert item.met_at is None or item.met_at <= at(as_of)
        assert item.state is not State.OVERDUE or at(as_of) > item.due
        assert item.state is State.OVERDUE or (item.days_overdue, item.working_days_overdue) == (0, 0)
        assert 0 <= item.working_days_overdue <= item.days_overdue
        assert item.state is not State.PENDING or at(as_of) <= item.due


@given(returns(), instants)
def test_every_obligation_has_a_name_of_its_own(season: list[ReturnFact], as_of: str) -> None:
    keys = [item.key for item in look(season, as_of).obligations]

    assert len(keys) == len(set(keys))


@given(returns(), instants, instants)
def test_evidence_once_accepted_stays(season: list[ReturnFact], one: str, other: str) -> None:
    """What a return has met is met for ever, at the same instant; of the state, see what was known when it was due."""
    earlier, later = sorted((one, other))
    after = {item.key: item for item in look(season, later).obligations}

    for item in look(season, earlier).obligations:
        if item.state in MET and item.rule not in STATE_BASED:
            assert _evidence(after[item.key]) == _evidence(item)


def _evidence(item: ObligationStatus) -> tuple[object, ...]:
    return item.state, item.met_at


@given(returns(), instants)
def test_only_open_items_get_letters_and_each_letter_its_reason(season: list[ReturnFact], as_of: str) -> None:
    """Met, lapsed and in-correction items never; an item is in no more than one letter a day."""
    plan = only("S1", "S2", "S3c", "W", "K", basis=BASIS)
    assessment = assessed(plan, as_of, facts(*season))
    found = letters(plan, assessment, [], at(as_of))
    lettered = [item.key for letter in found for item in letter.items]

    assert len(lettered) == len(set(lettered))
    assert set(lettered) <= {i.key for i in assessment.obligations if i.state in {State.DUE_SOON, State.OVERDUE}}
    assert set(lettered) == {one.item.key for one in explain(plan, assessment, [], at(as_of)) if one.why == "due"}
