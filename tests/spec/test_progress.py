"""Progress (domain.md §5): denominator, required counts, rates, pace line, projection."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from duban.core.formatting import percent
from duban.core.moment import Moment
from duban.core.targets import Yardstick, required_count
from fakes.ascii_tables import rows
from fakes.facts import assessed, at, changing, compound, fact, facts, formed, improved, returned, state
from fakes.plans import CLAUSE, OFFICES, PLAN, target

REQUIRED = rows("""
    N    | 2018 (30 %) | 2019 (70 %) | 2020 (100 %)
    -----+-------------+-------------+-------------
    10   | 3           | 7           | 10
    7    | 3           | 5           | 7
    1    | 1           | 1           | 1
    0    | 0           | 0           | 0
    2000 | 600         | 1400        | 2000
""")


@pytest.mark.parametrize(("n", "first", "second", "third"), REQUIRED)
def test_required_is_the_cumulative_share_rounded_up_exactly(n: str, first: str, second: str, third: str) -> None:
    """ceil(N × cumulative share): N=10 at 30 % is 3 (binary floats give 4); 30+40 and +30 are 70 % and 100 %."""
    found = [required_count(int(n), target.cumulative) for target in PLAN.targets]

    assert found == [int(first), int(second), int(third)]


PERCENT = rows("""
    done | required | shown
    -----+----------+------
    1999 | 2000     | 99.9
    2000 | 2000     | 100.0
    3    | 8        | 37.5
    9    | 8        | 112.5
    0    | 8        | 0.0
    1    | 3        | 33.3
    2    | 3        | 66.7
    1    | 2000     | 0.1
    2001 | 2000     | 100.1
    4001 | 4000     | 100.0
""")


@pytest.mark.parametrize(("done", "required", "shown"), PERCENT)
def test_a_rate_has_one_decimal_half_up_and_is_never_100_while_something_is_open(
    done: str, required: str, shown: str
) -> None:
    """1/2000 = 0.05 % is 0.1; over-fulfilment is shown as it is."""
    assert percent(Fraction(int(done), int(required))) == shown


def ten(**first: Any) -> dict[str, Any]:
    """Ten compounds, of the first of which something more is known."""
    return {"compounds": state(compound(1, **first), *(compound(n) for n in range(2, 11)))}


def test_committee_counts_when_filed_between_the_plan_s_start_and_today() -> None:
    """19 July to as_of's date, both included; an earlier one is a 原有业委会, a future one none yet."""
    told = []
    for filed in ("2018-07-18", "2018-07-19", "2018-09-07", "2018-09-08"):
        office = assessed(PLAN, "2018-09-07 17:00", facts(**ten(**formed(filed)))).of("EA")
        told.append((office.committees_formed, office.committees_preexisting))

    assert told == [(0, 1), (1, 0), (1, 0), (0, 0)]


def test_existing_and_unsuited_compounds_leave_numerator_and_denominator_of_committees() -> None:
    """N = 13 − 1 existing − 2 unsuited = 10 → 3 committees; improvements still have N = 13 → ceil(3.9) = 4."""
    compounds = {**ten(**formed("2018-01-01"))["compounds"], **state(*(compound(n) for n in (11, 12, 13)))}
    office = facts(compounds=compounds, unsuited=frozenset({"EA-002", "EA-003"}))

    found = assessed(PLAN, "2018-09-07 17:00", office).of("EA")

    assert (found.committees.required, found.improvements.required) == (3, 4)


def test_a_committee_in_an_unsuited_compound_counts_by_itself_but_not_in_the_rate() -> None:
    """The numerator of a rate counts what its denominator counts."""
    office = facts(**ten(**formed("2018-08-20")), unsuited=frozenset({"EA-001"}))

    found = assessed(PLAN, "2018-09-07 17:00", office).of("EA")

    assert (found.committees_formed, found.committees.done) == (1, 0)


IMPROVED = rows("""
    accepted on | aims          | counts
    ------------+---------------+-------
    2018-09-07  | 已完成 已完成 | 1
    2018-09-07  | 已完成 不涉及 | 1
    2018-09-07  | 不涉及 不涉及 | 0
    2018-09-07  | 已完成 进行中 | 0
    2018-09-08  | 已完成 已完成 | 0
    -           | 已完成 已完成 | 0
""")


@pytest.mark.parametrize(("accepted", "aims", "counts"), IMPROVED)
def test_compound_is_improved_when_accepted_with_every_aim_done_or_not_concerned(
    accepted: str, aims: str, counts: str
) -> None:
    """At least one of them done; the office never types “done”."""
    values = {**(improved(accepted) if accepted else {}), "aims": tuple(aims.split())}
    office = facts(compounds=state(compound(1, **values)))

    assert assessed(PLAN, "2018-09-07 17:00", office).of("EA").compounds_improved == int(counts)


def test_a_rate_counts_the_baseline_alone() -> None:
    """Two formed and improved, one of them known only since the freeze: 1 of ceil(10 × 30 %) = 3."""
    ten_compounds = {f"EA-{n:03d}": compound(n) for n in range(1, 11)}
    done = {**formed("2018-08-20"), **improved("2018-09-01")}
    grown = {**ten_compounds, **state(compound(1, **done), compound(11, **done))}
    office = facts(compounds=ten_compounds, frozen="2018-08-03 17:00")

    found = assessed(PLAN, "2018-09-07 17:00", replace(office, compounds=grown)).of("EA")

    assert (found.known, found.baseline, found.provisional) == (11, 10, False)
    assert (found.committees_formed, found.committees.done, found.committees.rate) == (2, 1, Fraction(1, 3))
    assert (found.compounds_improved, found.improvements.done, found.improvements.rate) == (2, 1, Fraction(1, 3))


def test_a_compound_missing_from_the_state_stays_in_the_denominator() -> None:
    """Frozen is frozen."""
    office = facts(**ten(), frozen="2018-08-03 17:00")

    found = assessed(PLAN, "2018-09-07 17:00", replace(office, compounds=state(compound(1)))).of("EA")

    assert (found.known, found.baseline) == (1, 10)


def test_before_the_freeze_the_known_compounds_are_shown_provisionally() -> None:
    """数据待补 is announced, not known."""
    office = facts(compounds=state(compound(1), compound(2, pending=True)))

    found = assessed(PLAN, "2018-07-27 17:00", office).of("EA")

    assert (found.known, found.pending, found.baseline, found.provisional) == (1, 1, 1, True)


def test_overall_rate_is_the_lower_of_the_two() -> None:
    """2 of 3 committees, 1 of 3 improvements: 33.3 %."""
    values = [{**formed("2018-08-20"), **improved("2018-09-01")}, formed("2018-08-21"), *({} for _ in range(8))]
    compounds = state(*(compound(n, **value) for n, value in enumerate(values, 1)))

    found = assessed(PLAN, "2018-09-07 17:00", facts(compounds=compounds)).of("EA")

    assert (found.committees.rate, found.improvements.rate) == (Fraction(2, 3), Fraction(1, 3))
    assert found.overall_rate == Fraction(1, 3)


def test_an_office_without_compounds_has_no_rate() -> None:
    """N=0 → 0 and unranked."""
    found = assessed(PLAN, "2018-09-07 17:00", facts(frozen="2018-08-03 17:00")).of("EA")

    assert (found.committees.required, found.overall_rate, found.rank, found.light) == (0, None, None, "none")


def test_the_rate_is_against_the_cumulative_target_of_the_year_in_force() -> None:
    """On 31 December 30 % of 10, the day after 70 %."""
    told = [assessed(PLAN, asked, facts(**ten())).of("EA").committees.required for asked in
            ("2018-12-31 17:00", "2019-01-01 17:00", "2020-06-01 17:00", "2021-06-01 17:00")]  # fmt: skip

    assert told == [3, 7, 10, 10]


def test_district_is_taken_of_the_district_s_compounds_not_summed() -> None:
    """7 + 7 + 7 = 21 → ceil(6.3) = 7, though the offices owe 3 + 3 + 3 = 9."""
    offices = [facts(office=code, compounds=state(*(compound(n, code) for n in range(1, 8)))) for code in OFFICES]

    found = assessed(PLAN, "2018-09-07 17:00", *offices)

    assert [office.committees.required for office in found.offices] == [3, 3, 3]
    assert (found.district.baseline, found.district.committees.required) == (21, 7)


# Sat 11 August to Mon 31 December 2018, by the notice for 2018: 15 working days are left of August, 21 in September
# (the 24th is off, the 29th and 30th are worked), 18 in October, 22 in November, 21 in December: t = 97.
PACE = rows("""
    as of            | notice for 2019 | e  | t
    -----------------+-----------------+----+---
    2018-08-13 09:00 | unknown         | 1  | 97
    2018-08-31 17:00 | unknown         | 15 | 97
    2018-09-30 17:00 | unknown         | 36 | 97
    2018-10-07 17:00 | unknown         | 36 | 97
    2018-12-05 17:00 | unknown         | 79 | 97
    2018-12-06 17:00 | known           | 80 | 97
    2018-12-30 17:00 | known           | 97 | 97
""")


@pytest.mark.parametrize(("as_of", "notice", "elapsed", "whole"), PACE)
def test_pace_line_goes_by_the_working_days_known_that_day(as_of: str, notice: str, elapsed: str, whole: str) -> None:
    """In the first year R₋₁ = 0: the line is e / t. (2019's notice moves 12-31 off and 12-29 in: t stays 97.)"""
    indicator = assessed(PLAN, as_of, facts(**ten())).of("EA").committees

    assert indicator.pace == Fraction(int(elapsed), int(whole))
    assert (notice == "known") == (2019 in PLAN.calendar.known_on(at(as_of).date()).notices)


def test_pace_line_begins_with_the_implementation_phase() -> None:
    """Before 11 August there is none; on that Saturday no working day has come yet."""
    told = [assessed(PLAN, asked, facts(**ten())).of("EA").committees.pace for asked in
            ("2018-08-10 17:00", "2018-08-11 17:00")]  # fmt: skip

    assert told == [None, 0]


def test_pace_line_of_a_later_year_starts_from_the_last_year_s_required() -> None:
    """N = 10: (3 + (7 − 3) × e / t) / 7; on 1 January e = 0; on the last day, and after the last year, it is 1."""
    told = [assessed(PLAN, asked, facts(**ten())).of("EA").committees.pace for asked in
            ("2019-01-01 17:00", "2019-12-31 17:00", "2021-03-01 17:00")]  # fmt: skip

    assert told == [Fraction(3, 7), 1, 1]


def test_pace_still_needed_counts_calendar_weeks_and_a_last_part_as_one() -> None:
    """From 7 September to 31 December are 115 days: 3 committees ÷ (115 / 7) weeks."""
    needed = [assessed(PLAN, asked, facts(**ten())).of("EA").committees.weekly_needed for asked in
              ("2018-09-07 17:00", "2018-12-28 17:00", "2018-12-31 17:00")]  # fmt: skip

    assert needed == [Fraction(3 * 7, 115), 3, None]


def test_nothing_more_is_needed_once_the_target_is_reached() -> None:
    """Over-fulfilment asks for nothing, on the last day either."""
    yardstick = Yardstick.of(PLAN, PLAN.targets[0], Moment.at(at("2018-12-31 17:00"), PLAN.calendar))

    assert (yardstick.weekly_needed(-1), yardstick.weekly_needed(0)) == (0, 0)


def test_projection_is_the_straight_line_over_the_last_four_weeks() -> None:
    """2 on 7 September, 6 on 5 cut-offs' span later (12 October): 4 in 35 days; 80 days on: 6 + 4 × 80 / 35 = 15.1."""
    before = state(*(compound(n, **(formed("2018-08-20") if n <= 2 else {})) for n in range(1, 61)))
    now = {**before, **state(*(compound(n, **formed("2018-09-20")) for n in range(3, 7)))}
    history = changing(("2018-08-03 10:00", before), ("2018-09-21 10:00", now))
    office = facts(fact("2018-08-03 10:00"), compounds=now, frozen="2018-08-03 17:00")

    found = assessed(PLAN, "2018-10-12 17:00", office, history=history).of("EA").committees

    # The fourth cut-off before 10-12: 09-30, 09-21, 09-14, 09-07.
    assert found.projected == (6 * 35 + 4 * 80) // 35 == 15


def test_projection_never_goes_beyond_the_compounds_that_there_are() -> None:
    """All ten formed within the last four weeks, and 80 days to go: ten."""
    before = state(*(compound(n) for n in range(1, 11)))
    now = state(*(compound(n, **formed("2018-09-20")) for n in range(1, 11)))
    history = changing(("2018-08-03 10:00", before), ("2018-09-21 10:00", now))
    office = facts(fact("2018-08-03 10:00"), compounds=now, frozen="2018-08-03 17:00")

    assert assessed(PLAN, "2018-10-12 17:00", office, history=history).of("EA").committees.projected == 10


def test_projection_needs_four_weeks_of_history() -> None:
    """Cut-offs 07-27, 08-03, 08-10, 08-17: on 08-24 there are four before, on 08-17 three."""
    told = [assessed(PLAN, asked, facts(**ten())).of("EA").committees.projected for asked in
            ("2018-08-17 17:00", "2018-08-24 17:00")]  # fmt: skip

    assert told == [None, 0]


RETURNED = rows("""
    received         | as of            | returned | late
    -----------------+------------------+----------+-----
    2018-08-03 16:59 | 2018-08-03 17:00 | yes      | -
    2018-08-03 17:01 | 2018-08-03 17:00 | -        | -
    2018-08-03 17:01 | 2018-08-05 09:00 | yes      | yes
    2018-08-03 16:59 | 2018-08-06 08:30 | -        | -
""")


@pytest.mark.parametrize(("received", "as_of", "expected", "late"), RETURNED)
def test_returned_speaks_of_the_reporting_week_of_the_day(received: str, as_of: str, expected: str, late: str) -> None:
    """From Monday on it is the next week's return that is awaited."""
    found = assessed(PLAN, as_of, facts(fact(received, "2018-W31"))).of("EA")

    assert (found.returned, found.returned_late) == (bool(expected), bool(late))


def test_after_the_plan_s_last_week_no_return_is_awaited() -> None:
    """The week of 31 December 2020 is the last; in January nobody has “returned” because of it."""
    found = assessed(PLAN, "2021-01-08 17:00", facts(fact("2020-12-31 10:00", "2020-W53"))).of("EA")

    assert not found.returned
    assert (found.weekly, found.return_missing) == (None, False)


AWAITED = rows("""
    came     | received         | as of            | weekly        | missing
    ---------+------------------+------------------+---------------+--------
    -        | -                | 2018-07-30 09:00 | pending       | yes
    -        | -                | 2018-08-03 17:01 | overdue       | yes
    accepted | 2018-08-03 16:59 | 2018-08-03 17:01 | met           | -
    accepted | 2018-08-03 17:01 | 2018-08-03 17:02 | met_late      | -
    returned | 2018-08-03 09:56 | 2018-08-03 17:01 | in_correction | -
    returned | 2018-08-03 17:01 | 2018-08-03 17:02 | overdue       | yes
""")


@pytest.mark.parametrize(("came", "received_at", "as_of", "weekly", "missing"), AWAITED)
def test_a_return_that_waits_for_its_correction_is_not_missing(
    came: str, received_at: str, as_of: str, weekly: str, missing: str
) -> None:
    """It came; 退回补正中 is never called 未收到."""
    made = {"accepted": fact, "returned": returned}
    office = facts(made[came](received_at, "2018-W31")) if came else facts()

    found = assessed(PLAN, as_of, office).of("EA")

    assert (found.weekly, found.return_missing) == (weekly, bool(missing))


def test_the_first_target_may_be_the_only_one() -> None:
    """Another plan: one year, half of all."""
    other = replace(PLAN, targets=(replace(target(2018, "1/2", "1/2"), ground=CLAUSE),), obligations=())

    assert assessed(other, "2018-09-07 17:00", facts(**ten())).of("EA").committees.required == 5
