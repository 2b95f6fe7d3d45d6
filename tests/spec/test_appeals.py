"""延期 and 异议 (domain.md §6): what they do to an item, its light and its way up the ladder."""

from collections.abc import Sequence

import pytest

from duban.core.appeals import Appeal, Step, reliefs, require_in_turn
from duban.core.assessment import Light
from duban.core.errors import UsageError
from duban.core.facts import Activity
from duban.core.ladder import Why, explain, letters, standing
from fakes.ascii_tables import rows
from fakes.facts import assessed, at, compound, day, fact, facts, status_of
from fakes.facts import state as state_of
from fakes.plans import PLAN as WHOLE
from fakes.plans import only

PLAN = only("S1")


def said(text: str, item: str = "S1:EA") -> Appeal:
    """`2018-07-28 09:00 extended 2018-08-06`: a step on an item, with the last day where it has one."""
    on, hour, step, *until = text.split()
    return Appeal(item, Step(step), day(until[0]) if until else None, "事由", "李超", at(f"{on} {hour}"))


EXTENDED = (said("2018-07-28 09:00 extended 2018-08-06"),)

STANDING = rows("""
    as of            | said by then                                                       | state    | days | why
    -----------------+--------------------------------------------------------------------+----------+------+---------
    2018-07-31 08:30 | -                                                                  | overdue  | 1    | due
    2018-07-31 08:30 | 2018-07-28 09:00 extension_asked 2018-08-06                        | overdue  | 1    | due
    2018-07-31 08:30 | 2018-07-28 09:00 extended 2018-08-06                               | pending  | 0    | extended
    2018-08-02 08:30 | 2018-07-28 09:00 extended 2018-08-06                               | due_soon | 0    | due
    2018-08-06 23:00 | 2018-07-28 09:00 extended 2018-08-06                               | due_soon | 0    | due
    2018-08-07 08:30 | 2018-07-28 09:00 extended 2018-08-06                               | overdue  | 1    | due
    2018-07-31 08:30 | 2018-07-31 08:00 disputed                                          | overdue  | 1    | disputed
    2018-07-31 08:30 | 2018-07-30 08:00 disputed; 2018-07-30 09:00 dismissed              | overdue  | 1    | due
""")


@pytest.mark.parametrize(("as_of", "steps", "state", "days", "why"), STANDING)
def test_an_item_stands_by_its_extension_and_its_dispute(
    as_of: str, steps: str, state: str, days: str, why: str
) -> None:
    """S1 is due on Mon 2018-07-30 and nothing came; a mere request changes nothing."""
    appeals = [said(step) for step in steps.split(";") if step]
    found = assessed(PLAN, as_of, facts(), appeals=appeals)
    item = status_of(found, "S1:EA")

    assert (item.state.value, str(item.days_overdue)) == (state, days)
    assert item.due.date() == day("2018-07-30")
    assert [one.why.value for one in explain(PLAN, found, [], at(as_of)) if one.item.key == "S1:EA"] == [why]


def test_a_dispute_that_is_upheld_settles_the_item() -> None:
    """异议成立: the item counts as met, in time, and no letter speaks of it."""
    appeals = (said("2018-07-30 08:00 disputed"), said("2018-07-31 09:00 upheld"))
    found = assessed(PLAN, "2018-08-02 08:30", facts(), appeals=appeals)

    assert status_of(found, "S1:EA").state.value == "met"
    assert letters(PLAN, found, [], at("2018-08-02 08:30")) == ()
    assert found.of("EA").light is not Light.RED


def test_what_came_by_the_extended_day_is_in_time() -> None:
    """Received on the last day of the 延期: met, not met late; a day later it is late."""
    by_then = assessed(PLAN, "2018-08-10 08:30", facts(fact("2018-08-06 20:00")), appeals=EXTENDED)
    later = assessed(PLAN, "2018-08-10 08:30", facts(fact("2018-08-07 08:00")), appeals=EXTENDED)

    assert status_of(by_then, "S1:EA").state.value == "met"
    assert status_of(later, "S1:EA").state.value == "met_late"


def test_nothing_that_was_decided_later_is_known() -> None:
    """As of the morning of 07-31 a 延期 granted that noon did not exist."""
    noon = (said("2018-07-31 12:00 extended 2018-08-06"),)

    assert status_of(assessed(PLAN, "2018-07-31 08:30", facts(), appeals=noon), "S1:EA").state.value == "overdue"


def test_the_whole_is_extended_with_its_parts() -> None:
    """S3 is made of its parts: while an open part is extended or disputed, it is neither overdue nor urged."""
    plan = only("S3a", "S3")
    part = Appeal("S3a:EA", Step.EXTENDED, day("2019-01-15"), "事由", "李超", at("2018-12-20 09:00"))
    found = assessed(plan, "2019-01-04 08:30", facts(), appeals=[part])

    assert status_of(found, "S3:EA").extended_until == day("2019-01-15")
    assert {one.why for one in explain(plan, found, [], at("2019-01-04 08:30"))} <= {Why.EXTENDED, Why.NOT_ESCALATED}


REFUSED = rows("""
    taken so far                         | step                                        | told
    -------------------------------------+---------------------------------------------+-----------------
    -                                    | 2018-07-28 09:00 extended 2018-07-30        | 不晚于原期限
    -                                    | 2018-07-28 09:00 extension_refused          | 没有待决定的延期申请
    -                                    | 2018-07-28 09:00 upheld                     | 没有待决定的异议
    2018-07-28 08:00 disputed            | 2018-07-28 09:00 disputed                   | 已有一项异议
""")


@pytest.mark.parametrize(("taken", "step", "told"), REFUSED)
def test_a_step_that_answers_nothing_is_refused(taken: str, step: str, told: str) -> None:
    """With a sentence that says what to do instead."""
    steps: Sequence[Appeal] = [said(taken)] if taken else []
    with pytest.raises(UsageError, match=told):
        require_in_turn(steps, said(step), day("2018-07-30"))


def test_a_later_grant_replaces_an_earlier_one() -> None:
    """The last day is that of the last grant; a request between them changes nothing."""
    steps = [
        *EXTENDED,
        said("2018-08-05 09:00 extension_asked 2018-09-01"),
        said("2018-08-06 09:00 extended 2018-08-20"),
    ]

    assert reliefs(steps)["S1:EA"].extended_until == day("2018-08-20")


SENT_AGAIN = rows("""
    returns received                   | upheld           | state | met
    -----------------------------------+------------------+-------+-----------------
    2018-08-03 10:00                   | 2018-08-01 09:00 | met   | 2018-08-01 09:00
    2018-07-31 10:00                   | 2018-08-02 09:00 | met   | 2018-07-31 10:00
    2018-07-30 10:00; 2018-08-03 10:00 | 2018-08-01 09:00 | met   | 2018-07-30 10:00
""")


@pytest.mark.parametrize(("received", "upheld", "state", "met"), SENT_AGAIN)
def test_an_upheld_dispute_stays_upheld_whatever_comes(received: str, upheld: str, state: str, met: str) -> None:
    """Met in time, at the latest at the decision: the office sending once more does not make it late."""
    came = [fact(moment.strip(), ledger_rows=3) for moment in received.split(";")]
    appeals = (said("2018-07-30 08:00 disputed"), said(f"{upheld} upheld"))
    item = status_of(assessed(PLAN, "2018-08-10 08:30", facts(*came), appeals=appeals), "S1:EA")

    assert (item.state.value, item.met_at) == (state, at(met))


def test_a_meeting_held_within_its_extension_is_in_time() -> None:
    """S2 was due on 08-10, is extended to 08-20, held on 08-16 and reported on 08-17."""
    held = fact("2018-08-17 10:00", activities=(Activity("宣传发动", day("2018-08-16")),))
    granted = Appeal("S2:EA", Step.EXTENDED, day("2018-08-20"), "事由", "李超", at("2018-08-09 09:00"))
    plan = only("S2")

    assert status_of(assessed(plan, "2018-08-24 17:00", facts(held)), "S2:EA").state.value == "met_late"
    extended = assessed(plan, "2018-08-24 17:00", facts(held), appeals=(granted,))
    assert status_of(extended, "S2:EA").state.value == "met"


def test_a_reminder_does_not_speak_of_what_was_put_off_since() -> None:
    """Drafted on 07-25; the 延期 to 08-20 is granted before it is signed."""
    reminder = next(rung for rung in PLAN.ladder if rung.working_days <= 0)
    granted = (said("2018-07-25 09:00 extended 2018-08-20"),)
    found = assessed(PLAN, "2018-07-25 09:10", facts(), appeals=granted)

    assert standing(found.obligations, ["S1:EA"], reminder) == ()
    assert standing(assessed(PLAN, "2018-07-25 09:10", facts()).obligations, ["S1:EA"], reminder) == ("S1:EA",)


PARTS = rows("""
    part                                                             | state of the phase
    -----------------------------------------------------------------+-------------------
    2018-08-23 09:00 extended 2019-01-15                             | met
    2018-08-23 09:00 disputed; 2019-01-11 09:00 upheld               | met
    -                                                                | met_late
""")


@pytest.mark.parametrize(("steps", "state"), PARTS)
def test_a_part_that_is_in_time_by_what_was_granted_makes_no_phase_late(steps: str, state: str) -> None:
    """The 项目台账 was due on 24 August and came on 10 January; the phase is made of it and was due on 30 December."""
    done = compound(1, scheme="两委已议定", deliberated_on=day("2018-12-01"))
    early = fact("2018-12-03 10:00")
    ledger = fact("2019-01-10 10:00", project_compounds=frozenset({"EA-001"}))
    office = facts(early, ledger, compounds=state_of(done), frozen="2018-08-03 17:00")
    appeals = [said(step.strip(), "S3c:EA") for step in steps.split(";")] if steps else []

    found = assessed(WHOLE, "2019-01-14 17:00", office, appeals=appeals)

    assert status_of(found, "S3:EA").state.value == state
