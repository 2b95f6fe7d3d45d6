"""Obligations that fall on a day (domain.md §4): which state each is in, at which instant, for what evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from duban.core.checked import Status
from duban.core.errors import RuleError
from duban.core.obligations import EVIDENCE
from duban.core.plan import Evidence, Owner
from duban.core.returns import ReturnKind
from fakes.ascii_tables import rows
from fakes.facts import (
    assessed,
    at,
    compound,
    fact,
    facts,
    held,
    returned,
    state,
    status_of,
)
from fakes.plans import PLAN, rule

SURVEY = rows("""
    received         | as of            | state    | days late | working days late
    -----------------+------------------+----------+-----------+------------------
    -                | 2018-07-24 09:00 | pending  | 0         | 0
    -                | 2018-07-25 09:00 | due_soon | 0         | 0
    -                | 2018-07-30 23:59 | due_soon | 0         | 0
    -                | 2018-07-31 08:30 | overdue  | 1         | 1
    -                | 2018-08-04 09:00 | overdue  | 5         | 4
    -                | 2018-08-06 09:00 | overdue  | 7         | 5
    2018-07-27 11:48 | 2018-07-27 17:00 | met      | 0         | 0
    2018-07-30 23:59 | 2018-08-03 17:00 | met      | 0         | 0
    2018-07-31 00:00 | 2018-08-03 17:00 | met_late | 0         | 0
    2018-07-31 15:00 | 2018-07-31 08:30 | overdue  | 1         | 1
""")


@pytest.mark.parametrize(("received", "as_of", "expected", "late", "working"), SURVEY)
def test_survey_is_due_on_30_july_and_judged_by_when_it_was_received(
    received: str, as_of: str, expected: str, late: str, working: str
) -> None:
    """7月30日前 includes the whole of 30 July; due soon = at most 3 working days left (25 July: Thu, Fri, Mon)."""
    office = facts(*([fact(received, "2018-W31")] if received else []))

    status = status_of(assessed(PLAN, as_of, office), "S1:EA")

    assert (status.state, status.days_overdue, status.working_days_overdue) == (expected, int(late), int(working))


def test_survey_is_met_by_the_first_accepted_ledger_with_a_row() -> None:
    """A file returned and a plain zero report prove nothing; a zero report that the bureau confirmed does."""
    nothing = [
        returned("2018-07-25 10:00", "2018-W30"),
        fact("2018-07-26 10:00", "2018-W30", kind=ReturnKind.ZERO, ledger_rows=0),
    ]
    first, second = fact("2018-07-27 10:00", "2018-W30"), fact("2018-07-30 10:00", "2018-W31")
    confirmed = replace(nothing[1], confirmed_empty=True)

    assert status_of(assessed(PLAN, "2018-07-30 17:00", facts(*nothing)), "S1:EA").met_at is None
    assert status_of(assessed(PLAN, "2018-07-30 17:00", facts(*nothing, first, second)), "S1:EA").met_at == at(
        "2018-07-27 10:00"
    )
    assert status_of(assessed(PLAN, "2018-07-30 17:00", facts(confirmed)), "S1:EA").met_at == at("2018-07-26 10:00")


def test_what_came_for_the_survey_is_told_met_or_not() -> None:
    """A notice says what was and was not received: up to the evidence, or all of it while there is none."""
    office = facts(returned("2018-07-25 10:00", "2018-W30", return_id=7), fact("2018-07-27 10:00", return_id=8))

    assert status_of(assessed(PLAN, "2018-07-26 17:00", office), "S1:EA").received == (7,)
    assert status_of(assessed(PLAN, "2018-08-10 17:00", office), "S1:EA").received == (7, 8)


PUBLICITY = rows("""
    held       | received         | state    | 按期开展、逾期报送
    -----------+------------------+----------+-------------------
    2018-08-09 | 2018-08-10 16:45 | met      | -
    2018-08-10 | 2018-08-11 15:24 | met_late | yes
    2018-08-13 | 2018-08-17 16:51 | met_late | -
    2018-08-11 | 2018-08-10 09:00 | met_late | -
    2018-07-19 | 2018-07-27 09:00 | met      | -
    2018-07-18 | 2018-07-27 09:00 | overdue  | -
""")


@pytest.mark.parametrize(("on", "received", "expected", "in_time"), PUBLICITY)
def test_publicity_is_in_time_if_held_and_received_by_the_due_date(
    on: str, received: str, expected: str, in_time: str
) -> None:
    """A meeting before the plan's start (19 July) is none; held in time but received later is said to be so."""
    office = facts(fact(received, activities=(held("宣传发动", on),)))

    status = status_of(assessed(PLAN, "2018-08-31 17:00", office), "S2:EA")

    assert (status.state, status.in_time_late_received) == (expected, bool(in_time))


def test_publicity_is_met_by_its_own_kind_of_activity_in_an_accepted_return() -> None:
    """Another kind of meeting does not do, nor one in a workbook that was returned."""
    other = fact("2018-08-03 10:00", activities=(held("两委会议", "2018-08-02"),))
    sent_back = returned("2018-08-06 10:00", activities=(held("宣传发动", "2018-08-03"),))

    assert status_of(assessed(PLAN, "2018-08-13 08:30", facts(other, sent_back)), "S2:EA").state == "overdue"


def test_project_ledger_must_cover_every_compound_of_the_baseline() -> None:
    """The first accepted 项目台账 that does: here the second one, received after 24 August."""
    compounds = state(compound(1), compound(2))
    sent_back = returned("2018-08-24 09:00", "2018-W34", project_compounds=frozenset(compounds))
    partly = fact("2018-08-24 10:00", "2018-W34", project_compounds=frozenset({"EA-001"}))
    wholly = fact("2018-08-27 10:00", "2018-W35", project_compounds=frozenset(compounds))
    office = facts(sent_back, partly, wholly, compounds=compounds, frozen="2018-08-03 17:00")

    assert status_of(assessed(PLAN, "2018-08-25 10:00", office), "S3c:EA").state == "overdue"
    assert status_of(assessed(PLAN, "2018-08-27 17:00", office), "S3c:EA").met_at == wholly.received_at
    assert status_of(assessed(PLAN, "2018-08-27 17:00", office), "S3c:EA").state == "met_late"


def test_project_ledger_of_an_office_of_which_nothing_is_known_covers_nothing() -> None:
    """Of no compound at all it must not be called met; of a frozen N = 0 there is nothing to cover."""
    unknown = facts(fact("2018-08-20 10:00"))
    nothing_to_do = facts(fact("2018-08-01 10:00"), frozen="2018-08-03 17:00")

    assert status_of(assessed(PLAN, "2018-08-25 10:00", unknown), "S3c:EA").state == "overdue"
    assert status_of(assessed(PLAN, "2018-08-25 10:00", nothing_to_do), "S3c:EA").state == "met"


QUARTER = rows("""
    联席会议   | 检查考核   | received         | as of            | state
    -----------+------------+------------------+------------------+---------
    2018-08-01 | 2018-09-28 | 2018-09-30 10:00 | 2018-10-08 08:30 | met
    2018-08-01 | 2018-09-28 | 2018-10-08 10:00 | 2018-10-12 17:00 | met_late
    2018-08-01 | 2018-10-08 | 2018-10-12 10:00 | 2018-10-12 17:00 | overdue
    2018-07-18 | 2018-09-28 | 2018-09-28 10:00 | 2018-10-08 08:30 | overdue
    2018-08-01 | -          | 2018-08-03 10:00 | 2018-09-28 08:30 | due_soon
""")


@pytest.mark.parametrize(("meeting", "inspection", "received", "as_of", "expected"), QUARTER)
def test_a_quarter_asks_for_one_activity_of_each_kind_held_in_it(
    meeting: str, inspection: str, received: str, as_of: str, expected: str
) -> None:
    """≥ 1 联席会议 and ≥ 1 检查考核 a quarter, since the plan's start (19 July); shown, not escalated."""
    activities = (held("联席会议", meeting), *([held("检查考核", inspection)] if inspection else []))

    status = status_of(assessed(PLAN, as_of, facts(fact(received, activities=activities))), "O-2018Q3:EA")

    assert (status.state, status.escalates) == (expected, False)
    assert status.due == at("2018-09-30 23:59:59")


def test_every_kind_of_evidence_has_its_rule() -> None:
    """A plan of other obligations needs only YAML."""
    assert set(EVIDENCE) == set(Evidence)


def test_nothing_is_owed_before_the_plan_starts() -> None:
    assert assessed(PLAN, "2018-07-18 17:00", facts()).obligations == ()


def test_an_office_that_joined_later_owes_nothing_that_had_been_due_before() -> None:
    """From its own day on it owes what all do: the week of that day, and what falls due later."""
    joined = tuple(replace(one, joined=at("2018-08-08 00:00").date()) for one in PLAN.offices)
    found = assessed(replace(PLAN, offices=joined), "2018-08-20 09:00", facts()).obligations
    mine = {item.key.partition(":")[0]: item.due for item in found if item.office == "EA"}

    assert not {"S1", "W-2018-W30", "W-2018-W31"} & mine.keys()
    assert {"S2", "S3c", "W-2018-W32", "W-2018-W33"} <= mine.keys()
    assert min(mine.values()) >= at("2018-08-08 00:00")


def test_an_obligation_that_the_engine_cannot_see_is_an_error_of_ours() -> None:
    """Never silently met, never silently owed."""
    nobody_s = replace(PLAN, obligations=(rule("X", Evidence.SURVEY, "2018-07-30", owner=Owner.DISTRICT),))
    undated = replace(PLAN, obligations=(rule("X", Evidence.SURVEY),))

    for plan in (nobody_s, undated):
        with pytest.raises(RuleError, match="X"):
            assessed(plan, "2018-07-20 17:00", facts())


def test_evidence_once_accepted_stays() -> None:
    """Whatever replaces that week later, and whatever is returned: met at the same instant for ever."""
    first = fact("2018-07-27 10:00", "2018-W30", activities=(held("宣传发动", "2018-07-26"),))
    replaced = fact("2018-08-20 10:00", "2018-W30", ledger_rows=0, status=Status.PARTIAL)
    office = facts(first, replaced)
    asked = [at("2018-07-27 17:00") + timedelta(weeks=n) for n in range(20)]

    for instant in asked:
        assessment = assessed(PLAN, f"{instant:%Y-%m-%d %H:%M}", office)
        assert status_of(assessment, "S1:EA").met_at == status_of(assessment, "S2:EA").met_at == first.received_at
