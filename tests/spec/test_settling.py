"""What later decisions do not undo (domain.md §3, §4): met by the decisions of its day is met for good."""

from dataclasses import replace
from functools import partial

import pytest

from duban.core.amendments import Amendment, Change
from duban.core.assessment import Assessment
from duban.core.facts import Baseline
from duban.core.settling import Decided
from duban.core.site_checks import Matter, Result, SiteCheck
from duban.core.waivers import COMMITTEE, Waiver
from fakes.ascii_tables import rows
from fakes.facts import assessed, at, compound, day, fact, facts, formed, state, status_of
from fakes.plans import PLAN, only

FROZEN = "2018-08-03 17:00"
TEN = [compound(number) for number in range(1, 11)]
ELEVENTH = compound(11)


def amendment(decided: str) -> Decided:
    """EA-011 switched in."""
    return Decided(amendments=[Amendment("EA", "EA-011", Change.ADD, "漏报", "王主任", at(decided))])


def waived(until: str) -> Decided:
    return Decided(waivers=[Waiver(COMMITTEE, "EA-011", day(until), "条件不具备", "王主任", at("2018-08-20 09:00"))])


def refuting(recorded: str) -> Decided:
    return Decided(
        checks=[
            SiteCheck("EA-001", Matter.COMMITTEE, Result.FALSE, day("2018-12-01"), "王主任", "查无备案", at(recorded))
        ]
    )


def year(as_of: str, decided: Decided, members: int) -> Assessment:
    """Three committees of 2018, known in September, in a baseline of so many compounds."""
    done = [compound(number, **formed("2018-09-03")) for number in (1, 2, 3)]
    compounds = state(*done, *TEN[3:], ELEVENTH)
    frozen = Baseline(frozenset(sorted(compounds)[:members]), at(FROZEN))
    settled = decided.settled("EA", frozen, at(as_of), at(as_of).date())
    office = replace(
        facts(fact("2018-08-03 10:00"), fact("2018-09-07 10:00"), compounds=compounds, frozen=FROZEN),
        settled=settled,
        settled_at=partial(decided.settled, "EA", frozen),
    )
    return assessed(replace(PLAN, offices=PLAN.offices[:1]), as_of, office)


@pytest.mark.parametrize("as_of", ["2018-12-31 23:59", "2019-01-04 17:00", "2019-03-11 08:30"])
@pytest.mark.parametrize(
    ("decided", "members"),
    [
        (amendment("2019-03-01 09:00"), 10),
        (waived("2018-12-31"), 11),
        (waived("2019-02-28"), 11),
        (refuting("2019-03-05 09:00"), 10),
    ],
    ids=["switched in later", "waiver to the year's end", "waiver that ran out later", "refuted later"],
)
def test_a_year_that_was_reached_stays_reached(as_of: str, decided: Decided, members: int) -> None:
    """3 of 10 committees, 30 %; by the later decision it would be 3 of 11, or 2 of 10."""
    assert status_of(year(as_of, decided, members), "Y2018-C:EA").state == "met"


def test_what_was_decided_before_the_judgement_counts() -> None:
    """The same amendment and the same finding on site, in December."""
    for decided in (amendment("2018-12-20 09:00"), refuting("2018-12-20 09:00")):
        assert status_of(year("2019-01-07 08:30", decided, 10), "Y2018-C:EA").state == "overdue"


COVERED = rows("""
    switched in      | returns               | state
    -----------------+-----------------------+---------
    2018-10-10 09:00 | 2018-08-20 2          | met
    2018-08-10 09:00 | 2018-08-20 2          | overdue
    2018-08-10 09:00 | 2018-08-20 3          | met
    2018-10-10 09:00 | 2018-10-11 2          | overdue
    2018-10-10 09:00 | 2018-10-11 3          | met_late
""")


@pytest.mark.parametrize(("switched", "returned", "expected"), COVERED)
def test_a_project_ledger_is_held_against_the_baseline_of_its_day(switched: str, returned: str, expected: str) -> None:
    """S3c is due on 2018-08-24; a baseline of two, EA-011 switched in; the return covers two or all three."""
    on, covered = returned.split()
    names = ["EA-001", "EA-002", "EA-011"]
    came = fact(f"{on} 10:00", project_compounds=frozenset(names[: int(covered)]))
    decided, frozen = amendment(switched), Baseline(frozenset(names[:2]), at(FROZEN))
    as_of = "2018-10-12 17:00"
    office = replace(
        facts(came, compounds=state(*TEN[:2], ELEVENTH)),
        settled=decided.settled("EA", frozen, at(as_of), day("2018-10-12")),
        settled_at=partial(decided.settled, "EA", frozen),
    )

    assert status_of(assessed(only("S3c"), as_of, office), "S3c:EA").state == expected


SUITED = rows("""
    decided and until                                  | day        | unsuited
    ---------------------------------------------------+------------+---------
    2018-08-20 2018-12-31                              | 2018-12-31 | EA-011
    2018-08-20 2018-12-31                              | 2019-01-01 | -
    2018-08-20 2018-12-31; 2018-09-01 2018-09-01       | 2018-09-02 | -
""")


@pytest.mark.parametrize(("decisions", "on", "expected"), SUITED)
def test_a_waiver_holds_until_its_last_day_and_the_latest_decision_is_the_one(
    decisions: str, on: str, expected: str
) -> None:
    """Of 暂不具备成立条件; one is ended by deciding again with a date that has passed."""
    waivers = [
        Waiver(COMMITTEE, "EA-011", day(until), "事由", "王主任", at(f"{decided} 09:00"))
        for decided, until in (one.split() for one in decisions.split(";"))
    ]
    found = Decided(waivers=waivers).settled("EA", None, at(f"{on} 12:00"), day(on)).unsuited

    assert found == frozenset({expected} - {""})


def test_decisions_about_other_offices_are_not_this_one_s() -> None:
    decided = Decided(amendments=[Amendment("EB", "EB-001", Change.ADD, "漏报", "王主任", at("2018-09-01 09:00"))])
    frozen = Baseline(frozenset({"EA-001"}), at(FROZEN))

    assert decided.settled("EA", frozen, at("2018-10-01 09:00"), day("2018-10-01")).baseline == frozen
