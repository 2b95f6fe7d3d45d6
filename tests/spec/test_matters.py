"""What waits for a department (domain.md §4 D-n): due 15 working days after it was put to it, gone with the matter."""

from datetime import date, datetime
from typing import Any

import pytest

from duban.core.assessment import State
from duban.core.checked import CheckedRow, Verdict
from duban.core.facts import Matter, OfficeFacts, Settled
from duban.core.matters import departments_owe, matter_of
from duban.core.moment import Moment
from duban.core.obligations import obligations_of
from duban.core.standing import Case
from fakes.assessments import at
from fakes.plans import PLAN
from fakes.small_plan import SMALL_WEEKS

ASKED = date(2018, 8, 1)  # a Wednesday
DUE = date(2018, 8, 22)  # the fifteenth working day after it
MATTER = Matter("EA-001", "住建局", ASKED, 7, "紫荆小区", "道路破损")


def case(as_of: datetime) -> Case:
    return Case(PLAN, SMALL_WEEKS, Moment.at(as_of, PLAN.calendar), (), lambda _: {})


def facts(*matters: Matter) -> OfficeFacts:
    return OfficeFacts("EA", {}, Settled(), (), matters=matters)


@pytest.mark.parametrize(
    ("as_of", "state", "overdue"),
    [
        (at(date(2018, 8, 1), 10), State.PENDING, 0),
        (at(date(2018, 8, 17), 10), State.DUE_SOON, 0),  # Friday: three working days left
        (at(date(2018, 8, 22), 23), State.DUE_SOON, 0),
        (at(date(2018, 8, 23), 8), State.OVERDUE, 1),
        (at(date(2018, 9, 3), 9), State.OVERDUE, 8),
    ],
)
def test_a_department_has_fifteen_working_days(as_of: datetime, state: State, overdue: int) -> None:
    """Put to it on Wednesday 1 August, due on Wednesday 22 August."""
    (owed,) = departments_owe(case(as_of), facts(MATTER))

    assert (owed.status.key, owed.status.due.date()) == ("D-EA-001-住建局:EA", DUE)
    assert (owed.status.state, owed.status.working_days_overdue) == (state, overdue)
    assert owed.status.received == (7,)
    assert not owed.status.escalates


def test_a_matter_that_is_gone_is_owed_no_more() -> None:
    """It left the office's latest return."""
    assert departments_owe(case(at(date(2018, 9, 3), 9)), facts()) == ()


def test_an_office_does_not_answer_for_a_department() -> None:
    """What a department owes is never among what the office owes."""
    owed = obligations_of(case(at(date(2018, 9, 3), 9)), facts(MATTER))

    assert [item for item in owed if item.rule == "D"] == []


@pytest.mark.parametrize(
    ("values", "asks"),
    [
        ({"ask_department": "住建局", "asked_on": ASKED}, True),
        ({"ask_department": "住建局", "asked_on": None}, False),
        ({"ask_department": "住建局", "asked_on": "八月"}, False),
        ({"ask_department": None, "asked_on": ASKED}, False),
        ({}, False),
    ],
)
def test_a_matter_names_its_department_and_its_day(values: dict[str, Any], asks: bool) -> None:
    """需协调部门 and 提请日期 together."""
    row = CheckedRow("project", 2, Verdict.ACCEPTED, "EA-001", {"name": "紫荆小区", "problem": "道路破损", **values})

    assert matter_of(row, 7) == (MATTER if asks else None)
