"""Obligations seen in the compounds' state (domain.md §4): schemes, the phase made of them, the year's targets."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from duban.core.compound import Compound
from duban.core.plan import Plan
from fakes.ascii_tables import rows
from fakes.facts import (
    assessed,
    at,
    changing,
    compound,
    day,
    fact,
    facts,
    formed,
    improved,
    state,
    status_of,
)
from fakes.plans import DECIDED, PLAN, only

IN_SCOPE = rows("""
    schemes of two compounds | planned years | state    | escalates
    -------------------------+---------------+----------+----------
    已拟定 两委已议定        | - -           | met      | -
    已拟定 未拟定            | - -           | overdue  | -
    已拟定 未拟定            | 2018 2018     | overdue  | yes
    已拟定 未拟定            | 2018 2019     | met      | yes
    已拟定 未拟定            | 2018 暂不纳入 | met      | yes
    已拟定 未拟定            | 2018 -        | overdue  | yes
""")


@pytest.mark.parametrize(("schemes", "years", "expected", "escalates"), IN_SCOPE)
def test_schemes_are_asked_of_the_compounds_planned_for_the_year(
    schemes: str, years: str, expected: str, escalates: str
) -> None:
    """In scope in 2018 = 计划年度 ≤ 2018 or blank; until the office fills that column, shown and not escalated."""
    pairs = zip(schemes.split(), years.split(), strict=True)
    compounds = state(
        *(
            compound(number, scheme=scheme, planned_year=None if year == "-" else year)
            for number, (scheme, year) in enumerate(pairs, 1)
        )
    )
    office = facts(fact("2018-12-28 10:00"), compounds=compounds, frozen="2018-08-03 17:00")

    status = status_of(assessed(PLAN, "2019-01-02 08:30", office), "S3a:EA")

    assert (status.state, status.escalates) == (expected, bool(escalates))


def test_of_an_office_of_which_nothing_is_known_no_scheme_is_met() -> None:
    """Every compound of none must not be called every compound; of a frozen N = 0 it may."""
    unknown, settled = facts(), facts(fact("2018-08-01 10:00"), frozen="2018-08-03 17:00")

    assert status_of(assessed(PLAN, "2018-09-14 17:00", unknown), "S3a:EA").state == "pending"
    assert status_of(assessed(PLAN, "2018-09-14 17:00", settled), "S3a:EA").state == "met"


def test_deliberation_needs_its_date() -> None:
    """At 两委已议定 with its date."""
    decided = compound(1, scheme="两委已议定", deliberated_on=day("2018-09-10"))
    undated = replace(decided, deliberated_on=None)

    for one, expected in ((decided, "met"), (undated, "pending")):
        office = facts(fact("2018-09-14 10:00"), compounds=state(one), frozen="2018-08-03 17:00")
        assert status_of(assessed(PLAN, "2018-09-14 17:00", office), "S3b:EA").state == expected


STEPS = (
    ("2018-08-03 10:00", state(compound(1, planned_year="2018"))),
    ("2018-09-13 10:00", state(compound(1, planned_year="2018", scheme="已拟定"))),
)
SENT = (fact("2018-08-03 10:00"), fact("2018-09-13 10:00"), fact("2018-09-20 10:00"))


def test_schemes_are_met_when_the_return_that_completed_them_came_in() -> None:
    """Not when it was noticed: the instant stays the same however much later one asks."""
    office = facts(*SENT, compounds=STEPS[-1][1], frozen="2018-08-03 17:00")

    for asked in ("2018-09-13 12:00", "2018-09-14 17:00", "2018-10-26 17:00"):
        status = status_of(assessed(PLAN, asked, office, history=changing(*STEPS)), "S3a:EA")
        assert (status.state, status.met_at) == ("met", at("2018-09-13 10:00"))


def test_what_held_on_the_due_date_is_met_for_good() -> None:
    """A step back in January does not undo what was known by 30 December."""
    history = changing(*STEPS, ("2019-01-10 10:00", STEPS[0][1]))
    office = facts(*SENT, fact("2019-01-10 10:00"), compounds=STEPS[0][1], frozen="2018-08-03 17:00")

    assert status_of(assessed(PLAN, "2019-01-11 17:00", office, history=history), "S3a:EA").state == "met"


def test_what_holds_only_later_is_met_late_and_opens_again_when_it_no_longer_holds() -> None:
    """And since when is told, as long as the ladder waits for it (3 working days)."""
    late = (STEPS[0], ("2019-01-08 10:00", STEPS[1][1]), ("2019-01-15 10:00", STEPS[0][1]))
    sent = (fact("2018-08-03 10:00"), fact("2019-01-08 10:00"), fact("2019-01-15 10:00"))
    told = []
    for asked in ("2019-01-07 17:00", "2019-01-11 17:00", "2019-01-16 08:30", "2019-01-21 08:30"):
        now = changing(*late)(at(asked))["EA"]
        office = facts(*sent, compounds=now, frozen="2018-08-03 17:00")
        status = status_of(assessed(PLAN, asked, office, history=changing(*late)), "S3a:EA")
        told.append((status.state, status.met_at, status.reopened_at))

    assert told == [
        ("overdue", None, None),
        ("met_late", at("2019-01-08 10:00"), None),
        ("overdue", None, at("2019-01-15 10:00")),
        ("overdue", None, None),
    ]


def test_since_when_something_held_is_looked_for_when_somebody_asks() -> None:
    """An assessment reads no more past states in November than in March; the instant is told all the same."""
    asked: set[datetime] = set()
    history = changing(*STEPS)

    def watched(instant: datetime) -> Mapping[str, Mapping[str, Compound]]:
        asked.add(instant)
        return history(instant)

    office = facts(*SENT, compounds=STEPS[-1][1], frozen="2018-08-03 17:00")
    looks = []
    for moment in ("2019-03-01 17:00", "2019-11-29 17:00"):
        asked.clear()
        found = assessed(PLAN, moment, office, history=watched)
        looks.append(len(asked))

    assert looks[0] == looks[1]
    assert status_of(found, "S3a:EA").met_at == at("2018-09-13 10:00")
    assert len(asked) > looks[1]


ALL_OF = rows("""
    drafted          | deliberated      | ledger           | state of the phase | met at
    -----------------+------------------+------------------+--------------------+-----------------
    2018-09-13 10:00 | -                | 2018-08-20 10:00 | due_soon           | -
    2018-09-13 10:00 | 2018-12-20 10:00 | 2018-08-20 10:00 | met                | 2018-12-20 10:00
    2018-09-13 10:00 | 2018-09-13 10:00 | 2018-10-08 10:00 | met                | 2018-10-08 10:00
    2018-09-13 10:00 | 2019-01-02 10:00 | 2018-08-20 10:00 | met_late           | 2019-01-02 10:00
    2018-09-13 10:00 | 2018-12-20 10:00 | 2019-01-03 10:00 | met_late           | 2019-01-03 10:00
""")


@pytest.mark.parametrize(("drafted", "deliberated", "ledger", "expected", "met_at"), ALL_OF)
def test_implementation_phase_is_met_with_the_last_of_its_parts(
    drafted: str, deliberated: str, ledger: str, expected: str, met_at: str
) -> None:
    """By its own due date: a 项目台账 late for 24 August is in time for 30 December."""
    now = compound(1, scheme="已拟定")
    steps = [(drafted, state(now))]
    if deliberated:
        now = compound(1, scheme="两委已议定", deliberated_on=day(deliberated[:10]))
        steps.append((deliberated, state(now)))
    sent = {drafted, *([deliberated] if deliberated else []), ledger}
    returns = [
        fact(received, project_compounds=frozenset({"EA-001"}) if received == ledger else frozenset())
        for received in sorted(sent)
    ]
    office = facts(*returns, compounds=state(now), frozen="2018-08-03 17:00")

    as_of = "2019-01-04 17:00" if expected == "met_late" else "2018-12-28 17:00"
    status = status_of(assessed(PLAN, as_of, office, history=changing(*steps)), "S3:EA")

    assert (status.state, status.met_at) == (expected, at(met_at) if met_at else None)


# N = 10: 30 % of it are 3 committees. Filed on these days, first known at that cut-off.
TARGET = rows("""
    filed                            | known from       | as of            | state
    ---------------------------------+------------------+------------------+---------
    2018-09-03 2018-09-04            | 2018-09-07 10:00 | 2018-12-24 17:00 | pending
    2018-09-03 2018-09-04            | 2018-09-07 10:00 | 2018-12-26 17:00 | due_soon
    2018-09-03 2018-09-04            | 2018-09-07 10:00 | 2019-01-02 08:30 | due_soon
    2018-09-03 2018-09-04            | 2018-09-07 10:00 | 2019-01-04 17:00 | overdue
    2018-09-03 2018-09-04 2018-12-31 | 2018-09-07 10:00 | 2018-12-30 17:00 | due_soon
    2018-09-03 2018-09-04 2018-12-31 | 2019-01-04 16:00 | 2019-01-04 17:00 | met
    2018-09-03 2018-09-04 2018-12-31 | 2019-01-07 10:00 | 2019-01-07 17:00 | met_late
    2018-09-03 2018-09-04 2019-01-02 | 2019-01-03 10:00 | 2019-01-03 17:00 | due_soon
    2018-09-03 2018-09-04 2019-01-02 | 2019-01-03 10:00 | 2019-01-04 17:00 | met_late
    2018-09-03 2018-09-04 2019-01-02 | 2019-01-03 10:00 | 2019-01-07 08:30 | met_late
    2018-09-03 2018-09-04 2018-09-05 | 2018-09-07 10:00 | 2018-09-07 17:00 | met
""")


@pytest.mark.parametrize(("filed", "known", "as_of", "expected"), TARGET)
@pytest.mark.parametrize("owner", ["Y2018-C:EA", "Y2018-C"])
def test_year_s_target_counts_dates_of_the_year_known_by_the_first_cutoff_after_it(
    filed: str, known: str, as_of: str, expected: str, owner: str
) -> None:
    """Judged on Friday 2019-01-04, 17:00; until then an open one is due soon, not overdue."""
    none_yet = state(*(compound(number) for number in range(1, 11)))
    dates = filed.split()
    done = {**none_yet, **state(*(compound(n, **formed(date)) for n, date in enumerate(dates, 1)))}
    history = changing(("2018-08-03 10:00", none_yet), (known, done))
    office = facts(fact("2018-08-03 10:00"), fact(known), compounds=history(at(as_of))["EA"], frozen="2018-08-03 17:00")
    plan = replace(PLAN, offices=PLAN.offices[:1])

    assert status_of(assessed(plan, as_of, office, history=history), owner).state == expected


def test_improvements_are_judged_like_committees() -> None:
    """Three of ten accepted, known by the first cut-off after the year."""
    done = state(*(compound(n, **(improved("2018-11-01") if n <= 3 else {})) for n in range(1, 11)))
    office = facts(fact("2018-11-02 10:00"), compounds=done, frozen="2018-08-03 17:00")

    status = status_of(assessed(PLAN, "2018-11-02 17:00", office), "Y2018-I:EA")

    assert (status.state, status.met_at) == ("met", at("2018-11-02 10:00"))


def test_target_of_an_office_without_compounds_is_met_only_once_that_is_settled() -> None:
    """Nothing known is not nothing to do: only a frozen N = 0 requires 0."""
    unknown, settled = facts(), facts(fact("2018-08-01 10:00"), frozen="2018-08-03 17:00")

    assert status_of(assessed(PLAN, "2018-08-10 17:00", unknown), "Y2018-C:EA").state == "pending"
    assert status_of(assessed(PLAN, "2018-08-10 17:00", settled), "Y2018-C:EA").state == "met"


def test_target_of_a_later_year_begins_on_1_january() -> None:
    """Nobody is told of 2019 in 2018."""
    keys = {item.rule for item in assessed(PLAN, "2018-12-31 17:00", facts()).obligations}
    later = {item.rule for item in assessed(PLAN, "2019-01-01 09:00", facts()).obligations}

    assert later - keys == {"Y2019-C", "Y2019-I"}


def test_office_s_share_of_a_district_s_target_is_owed_only_on_its_ground() -> None:
    """Without `office_share` the district alone owes it."""
    shared = only("Y2018-C")
    alone = replace(shared, obligations=tuple(replace(rule, office_share=None) for rule in shared.obligations))

    def owners(plan: Plan) -> list[str | None]:
        return [item.office for item in assessed(plan, "2018-09-07 17:00", facts()).obligations]

    assert shared.obligations[0].office_share == DECIDED
    assert (owners(shared), owners(alone)) == (["EA", None], [None])
