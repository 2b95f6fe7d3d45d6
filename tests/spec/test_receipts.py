"""Receipt codes, and the reply that a 督办 notice asks for (domain.md §4 A)."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest

from duban.core.assessment import State
from duban.core.facts import NoticeFact, OfficeFacts, Settled
from duban.core.moment import Moment
from duban.core.papers import PaperKind
from duban.core.receipts import LETTERS, read_code, receipt_code, replies
from duban.core.standing import Case
from fakes.assessments import at
from fakes.formal_papers import LETTER
from fakes.small_plan import REPLY, SMALL_PLAN, SMALL_WEEKS

DELIVERED = at(date(2018, 8, 3), 9)  # a Friday


def test_a_code_is_the_same_whenever_it_is_worked_out_and_every_notice_has_its_own() -> None:
    """From the plan and from what the notice is."""
    code = receipt_code("east-2018", LETTER)

    assert receipt_code("east-2018", replace(LETTER, id=99, number="东整催〔2018〕3号")) == code
    others = {
        receipt_code("west-2018", LETTER),
        receipt_code("east-2018", replace(LETTER, kind=PaperKind.SUPERVISE)),
        receipt_code("east-2018", replace(LETTER, items=("S1:XC",))),
    }
    assert len({code, *others}) == 4


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "bare"])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    """Small letters, without the dash, with blanks."""
    code = receipt_code("east-2018", LETTER)
    written = {"lower": code.lower(), "bare": code.replace("-", "")}.get(typed, typed.format(code))
    assert read_code(written) == code


def test_every_wrong_letter_and_every_two_that_changed_places_are_seen() -> None:
    """All of them."""
    code = receipt_code("east-2018", LETTER).replace("-", "")
    for place in range(len(code)):
        for letter in LETTERS.replace(code[place], ""):
            assert read_code(code[:place] + letter + code[place + 1 :]) is None
    for first, second in pairwise(range(len(code))):
        if code[first] != code[second]:
            swapped = code[:first] + code[second] + code[first] + code[second + 1 :]
            assert read_code(swapped) is None
    assert read_code("") is None
    assert read_code("IOQI-OQIO") is None


@pytest.mark.parametrize(
    ("as_of", "replied", "state"),
    [
        (at(date(2018, 8, 3), 10), None, State.DUE_SOON),
        (at(date(2018, 8, 8), 23), None, State.DUE_SOON),  # Wednesday, the third working day
        (at(date(2018, 8, 9), 8), None, State.OVERDUE),
        (at(date(2018, 8, 9), 8), at(date(2018, 8, 8), 20), State.MET),
        (at(date(2018, 8, 13), 8), at(date(2018, 8, 10), 9), State.MET_LATE),
    ],
)
def test_a_reply_is_due_three_working_days_after_delivery(
    as_of: datetime, replied: datetime | None, state: State
) -> None:
    """Delivered on Friday 3 August, it is due on Wednesday 8 August."""
    case = Case(SMALL_PLAN, SMALL_WEEKS, Moment.at(as_of, SMALL_PLAN.calendar), (), lambda _: {})
    facts = OfficeFacts("BG", {}, Settled(), (), notices=(NoticeFact(7, DELIVERED, replied),))

    (item,) = replies(case, REPLY, facts)

    assert (item.key, item.due.date(), item.state) == ("A-7:BG", date(2018, 8, 8), state)
    assert not item.escalates
