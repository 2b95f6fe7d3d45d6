"""The lights (domain.md §5): red > blue > yellow > green, of an indicator, an office, and its reporting."""

from dataclasses import replace
from typing import Any

import pytest

from duban.core.assessment import Light, State
from duban.core.facts import OfficeFacts
from duban.core.lights import indicator_light, light_of_items, overall_light, worst
from fakes.ascii_tables import rows
from fakes.facts import assessed, compound, fact, facts, formed, held, improved, state, status_of
from fakes.plans import PLAN, only

WORST = rows("""
    of            | worst
    --------------+-------
    green yellow  | yellow
    blue yellow   | blue
    red blue      | red
    green none    | green
    none none     | none
    -             | none
""")


@pytest.mark.parametrize(("of", "expected"), WORST)
def test_worst_of_lights(of: str, expected: str) -> None:
    """Red > blue > yellow > green; no light beside a light is not worse than it."""
    assert worst(Light(one) for one in of.split()) == expected


def office_with(committees: int, improvements: int, **more: Any) -> OfficeFacts:
    """Ten compounds, so many committees formed and so many improved, everything else in order."""

    def values(n: int) -> dict[str, Any]:
        return {
            **(formed("2018-08-13") if n <= committees else {}),
            **(improved("2018-08-13") if n <= improvements else {}),
        }

    compounds = state(*(compound(n, **values(n)) for n in range(1, 11)))
    sent = fact(
        "2018-07-30 10:00",
        activities=(held("宣传发动", "2018-07-28"),),
        project_compounds=frozenset(compounds),
    )
    return facts(sent, compounds=compounds, frozen="2018-08-03 17:00", **more)


# Of N = 10 three are required. On 31 August 15 of 97 working days have come: the pace line asks for 0.47 of 3.
LIGHTS = rows("""
    committees | improvements | as of            | light of committees | light of the office
    -----------+--------------+------------------+---------------------+--------------------
    0          | 0            | 2018-08-10 17:00 | none                | none
    0          | 0            | 2018-08-11 17:00 | green               | green
    0          | 0            | 2018-08-31 17:00 | yellow              | yellow
    1          | 0            | 2018-08-31 17:00 | green               | yellow
    1          | 1            | 2018-08-31 17:00 | green               | green
    2          | 3            | 2018-12-26 17:00 | blue                | blue
    3          | 3            | 2018-12-26 17:00 | green               | blue
    2          | 3            | 2019-01-03 17:00 | blue                | red
    2          | 3            | 2019-01-04 17:00 | red                 | red
""")


@pytest.mark.parametrize(("committees", "improvements", "as_of", "indicator", "office"), LIGHTS)
def test_light_of_an_indicator_and_of_the_office(
    committees: str, improvements: str, as_of: str, indicator: str, office: str
) -> None:
    """The office's is the worse of the two, and of its S items: S3a and S3b are due on 30 December and not met."""
    found = assessed(PLAN, as_of, office_with(int(committees), int(improvements))).of("EA")

    assert (found.committees.light, found.light) == (indicator, office)


def test_an_overdue_item_of_the_survey_turns_the_office_red_but_not_its_indicators() -> None:
    """S and Y items speak in the office's light; the indicators are about the counts."""
    late = replace(office_with(3, 3), returns=())

    found = assessed(PLAN, "2018-08-13 17:00", late).of("EA")

    assert (found.committees.light, found.light) == ("green", "red")


def test_weekly_returns_have_a_light_of_their_own() -> None:
    """An office that does its work and does not report is green at work and red at reporting."""
    plan = only("S1", "W")
    found = assessed(plan, "2018-08-13 17:00", office_with(3, 3)).of("EA")

    assert (found.light, found.reporting_light) == ("green", "red")


def test_items_not_owed_give_no_light_and_items_met_a_green_one() -> None:
    """W, K, A: none before the first of them."""
    met = status_of(assessed(only("S1"), "2018-07-30 17:00", facts(fact("2018-07-27 10:00"))), "S1:EA")

    assert (light_of_items([]), light_of_items([met])) == ("none", "green")
    assert light_of_items([met, replace(met, state=State.DUE_SOON)]) == "blue"


def test_an_office_with_nothing_to_do_has_no_light_but_one_that_sent_nothing_is_red() -> None:
    """N = 0 has none, once it is settled that N = 0; before that the overdue survey shows."""
    settled = facts(fact("2018-07-27 10:00", confirmed_empty=True), frozen="2018-08-03 17:00")
    silent = facts()

    assert assessed(PLAN, "2018-08-13 17:00", settled).of("EA").light == "none"
    assert assessed(PLAN, "2018-08-13 17:00", silent).of("EA").light == "red"


def test_no_light_before_the_implementation_phase_and_of_nothing() -> None:
    """—，未到实施阶段."""
    overdue = status_of(assessed(PLAN, "2018-08-01 17:00", facts()), "S1:EA")

    assert overall_light([Light.NONE], [overdue], begun=False, task=True) == "none"
    assert indicator_light(None, None, [overdue]) == "none"


def test_the_district_has_the_light_of_its_own_items_and_counts() -> None:
    """An office's late survey is the office's."""
    found = assessed(PLAN, "2018-08-31 17:00", replace(office_with(3, 3), returns=()))

    assert (found.of("EA").light, found.district.light) == ("red", "green")
