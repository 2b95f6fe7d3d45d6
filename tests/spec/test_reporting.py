"""Weekly returns and their corrections (domain.md §4, W-yyyy-Www and K-n).

The weeks of these tests: cut-offs Fri 2018-07-27 (W30), Fri 08-03 (W31), Fri 08-10 (W32), each at 17:00.
"""

import pytest

from duban.core.checked import Status
from duban.core.returns import ReturnKind
from fakes.ascii_tables import rows
from fakes.facts import assessed, at, fact, facts, returned, status_of
from fakes.plans import PLAN, only

RETURN = rows("""
    received         | as of            | state    | days late | working days late
    -----------------+------------------+----------+-----------+------------------
    -                | 2018-07-30 08:30 | pending  | 0         | 0
    -                | 2018-07-31 08:30 | due_soon | 0         | 0
    -                | 2018-08-03 17:00 | due_soon | 0         | 0
    -                | 2018-08-03 17:01 | overdue  | 0         | 0
    -                | 2018-08-05 09:00 | overdue  | 2         | 0
    -                | 2018-08-06 08:30 | overdue  | 3         | 1
    2018-08-03 17:00 | 2018-08-03 17:00 | met      | 0         | 0
    2018-08-03 17:01 | 2018-08-06 08:30 | met_late | 0         | 0
""")


@pytest.mark.parametrize(("received", "as_of", "expected", "late", "working"), RETURN)
def test_weekly_return_is_due_at_the_cutoff_of_its_week(
    received: str, as_of: str, expected: str, late: str, working: str
) -> None:
    """To the instant; a working day late = from the first working day after."""
    office = facts(*([fact(received, "2018-W31")] if received else []))

    status = status_of(assessed(PLAN, as_of, office), "W-2018-W31:EA")

    assert (status.state, status.days_overdue, status.working_days_overdue) == (expected, int(late), int(working))
    assert status.due == at("2018-08-03 17:00")


def test_zero_report_and_partial_acceptance_meet_the_week() -> None:
    """An accepted return, or zero report, for that week; partly accepted is accepted."""
    zero = fact("2018-07-27 10:00", "2018-W30", kind=ReturnKind.ZERO, ledger_rows=0)
    partial = fact("2018-08-03 10:00", "2018-W31", status=Status.PARTIAL, slip_at=at("2018-08-03 10:00"))
    assessment = assessed(PLAN, "2018-08-03 17:00", facts(zero, partial))

    assert [status_of(assessment, f"W-2018-W{n}:EA").state for n in (30, 31)] == ["met", "met"]


# Returned on Friday 3 August before the cut-off, its slip out at once: K is due on Wednesday 8 August.
CORRECTION = rows("""
    as of            | state of the week | days late | working days late | state of K
    -----------------+-------------------+-----------+-------------------+-----------
    2018-08-03 10:00 | in_correction     | 0         | 0                 | due_soon
    2018-08-03 17:01 | in_correction     | 0         | 0                 | due_soon
    2018-08-08 23:59 | in_correction     | 0         | 0                 | due_soon
    2018-08-09 08:30 | overdue           | 6         | 4                 | overdue
    2018-08-13 08:30 | overdue           | 10        | 6                 | overdue
""")


@pytest.mark.parametrize("week", ["2018-W31", None])
@pytest.mark.parametrize(("as_of", "expected", "late", "working", "correction"), CORRECTION)
def test_returned_in_time_it_is_in_correction_until_its_correction_is_due(
    week: str | None, as_of: str, expected: str, late: str, working: str, correction: str
) -> None:
    """Not overdue until K-n is; a file with no readable week, received by the cut-off, counts too."""
    assessment = assessed(PLAN, as_of, facts(returned("2018-08-03 09:56", week, return_id=9)))

    status = status_of(assessment, "W-2018-W31:EA")

    assert (status.state, status.days_overdue, status.working_days_overdue) == (expected, int(late), int(working))
    assert status.received == (9,)
    assert status_of(assessment, "K-9:EA").state == correction


def test_returned_after_the_cutoff_it_is_overdue_all_the_same() -> None:
    """Only what was received by the cut-off makes it in_correction."""
    office = facts(returned("2018-08-03 17:30", "2018-W31"), returned("2018-08-04 10:00"))

    assert status_of(assessed(PLAN, "2018-08-04 12:00", office), "W-2018-W31:EA").state == "overdue"


def test_while_the_slip_is_not_out_the_time_for_correction_does_not_run() -> None:
    """An office cannot mend what it has not been told of; nor is there a K yet."""
    assessment = assessed(PLAN, "2018-08-20 08:30", facts(returned("2018-08-03 10:00", "2018-W31", slip_at=None)))

    assert status_of(assessment, "W-2018-W31:EA").state == "in_correction"
    assert not [item for item in assessment.obligations if item.rule == "K"]


def test_without_a_rule_for_corrections_a_returned_workbook_is_no_return() -> None:
    """The time for corrections is the plan's to give."""
    office = facts(returned("2018-08-03 10:00", "2018-W31"))

    assert status_of(assessed(only("W"), "2018-08-06 08:30", office), "W-2018-W31:EA").state == "overdue"


def test_a_week_never_sent_lapses_when_a_later_week_s_return_was_accepted() -> None:
    """It counts as missed for ever, unless it comes after all."""
    later, after_all = fact("2018-08-10 10:00", "2018-W32"), fact("2018-08-13 10:00", "2018-W31")
    office = facts(later, after_all)

    told = [
        status_of(assessed(PLAN, asked, office), "W-2018-W31:EA").state
        for asked in ("2018-08-09 17:00", "2018-08-10 17:00", "2018-08-13 17:00")
    ]

    assert told == ["overdue", "lapsed", "met_late"]


def test_a_week_is_not_lapsed_before_its_own_cutoff_nor_by_an_earlier_week() -> None:
    """A correction for an old week says nothing about this one."""
    office = facts(fact("2018-08-08 10:00", "2018-W31"))

    assert status_of(assessed(PLAN, "2018-08-10 17:30", office), "W-2018-W32:EA").state == "overdue"


MENDED = rows("""
    received         | week     | faults left  | K is
    -----------------+----------+--------------+---------
    2018-08-08 10:00 | 2018-W31 | -            | met
    2018-08-09 10:00 | 2018-W31 | -            | met_late
    2018-08-08 10:00 | 2018-W32 | -            | met
    2018-08-08 10:00 | 2018-W32 | R03/EA-001/a | met
    2018-08-08 10:00 | 2018-W32 | R01/EA-001/a | overdue
    2018-08-08 10:00 | 2018-W30 | -            | overdue
""")


@pytest.mark.parametrize(("received", "week", "left", "expected"), MENDED)
def test_correction_is_an_accepted_return_for_that_or_a_later_week_without_the_finding(
    received: str, week: str, left: str, expected: str
) -> None:
    """The finding of the slip was R01 in column a of EA-001; the correction is due on Wednesday 8 August."""
    slipped = fact(
        "2018-08-03 10:00",
        "2018-W31",
        return_id=9,
        status=Status.PARTIAL,
        slip_at=at("2018-08-03 10:00"),
        faults=frozenset({"R01/EA-001/a"}),
    )
    again = fact(received, week, faults=frozenset({left} if left else ()))

    assert status_of(assessed(PLAN, "2018-08-10 08:30", facts(slipped, again)), "K-9:EA").state == expected


def test_correction_does_not_climb_while_the_return_of_its_week_is_open() -> None:
    """That one does; after partial acceptance the correction climbs by itself."""
    sent_back = returned("2018-08-03 10:00", "2018-W31", return_id=9)
    partial = fact("2018-08-03 10:00", "2018-W31", status=Status.PARTIAL, return_id=9, slip_at=at("2018-08-03 10:00"))

    for one, climbs in ((sent_back, False), (partial, True)):
        assert status_of(assessed(PLAN, "2018-08-10 08:30", facts(one)), "K-9:EA").escalates is climbs


def test_an_iso_week_without_a_working_day_has_no_return() -> None:
    """Week 39 ends on Sunday 30 September (调休), 1–7 October has none: the next return covers both."""
    assessment = assessed(PLAN, "2018-10-08 08:30", facts())
    dues = {item.week: item.due for item in assessment.obligations if item.rule == "W"}

    assert dues["2018-W39"] == at("2018-09-30 17:00")
    assert "2018-W40" not in dues
    assert dues["2018-W41"] == at("2018-10-12 17:00")


def test_a_due_date_that_relied_on_an_unpublished_calendar_is_provisional() -> None:
    """2019's notice is published on 2018-12-06; nothing is published for 2020 in this plan."""
    assessment = assessed(PLAN, "2020-01-03 08:30", facts())

    assert status_of(assessment, "W-2020-W01:EA").provisional
    assert not status_of(assessment, "W-2019-W51:EA").provisional
    assert assessment.calendar_provisional


def test_no_week_is_owed_after_the_plan_has_ended() -> None:
    """The last week is that of 2020-12-31."""
    weeks = {item.week for item in assessed(only("W"), "2021-03-01 08:30", facts()).obligations}

    assert max(week for week in weeks if week) == "2020-W53"
