"""The ladder (domain.md §6): which rung an open item gets on which morning, and when it gets none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from duban.core.assessment import ObligationStatus
from duban.core.checked import Status
from duban.core.facts import OfficeFacts
from duban.core.ladder import Letter, RungTaken, Why, explain, letters, standing
from duban.core.papers import PaperState
from duban.core.plan import Plan
from fakes.ascii_tables import rows
from fakes.facts import assessed, at, changing, compound, fact, facts, formed, held, returned, state
from fakes.plans import BASIS, OFFICES, PLAN, only

SURVEY_ONLY = only("S1")
Taking = Callable[[ObligationStatus, str, datetime], RungTaken]


def delivered(item: ObligationStatus, rung: str, on: datetime) -> RungTaken:
    return RungTaken(item.key, item.office or "", rung, PaperState.DELIVERED, on, on)


def drafted(item: ObligationStatus, rung: str, on: datetime) -> RungTaken:
    return RungTaken(item.key, item.office or "", rung, PaperState.DRAFTED, None, None)


def mornings(first: str, last: str, hour: str = "08:30") -> Iterator[str]:
    """Every working day from `first` to `last`, at `hour`."""
    moment = at(f"{first} {hour}")
    while moment <= at(f"{last} {hour}"):
        if PLAN.calendar.known_on(moment.date()).is_workday(moment.date()):
            yield f"{moment:%Y-%m-%d %H:%M}"
        moment += timedelta(days=1)


def watch(plan: Plan, moments: Iterable[str], *offices: OfficeFacts, taken: Taking = delivered) -> list[str]:
    """What goes out over a season: `date rung items`, every letter taken down as `taken` says."""
    history: list[RungTaken] = []
    told = []
    for moment in moments:
        for letter in letters(plan, assessed(plan, moment, *offices), history, at(moment)):
            told.append(f"{moment[5:10]} {letter.rung.key} {' '.join(item.key for item in letter.items)}")
            history += [taken(item, letter.rung.key, at(moment)) for item in letter.items]
    return told


def test_an_item_never_met_climbs_the_whole_ladder_each_rung_once() -> None:
    """S1, due Mon 07-30: 提醒 with 3 working days left, 催办 the morning after, 督办 on the 3rd, 提请 on the 10th."""
    assert watch(SURVEY_ONLY, mornings("2018-07-19", "2018-09-28"), facts()) == [
        "07-25 reminder S1:EA",
        "07-31 urge S1:EA",
        "08-02 supervise S1:EA",
        "08-13 criticism_proposal S1:EA",
    ]


def test_an_item_due_on_a_friday_is_urged_on_monday() -> None:
    """S2, due Fri 2018-08-10: one working day overdue is the first working day after the due date."""
    told = watch(only("S2"), mornings("2018-08-10", "2018-08-14"), facts())

    assert told == ["08-10 reminder S2:EA", "08-13 urge S2:EA"]


def test_nothing_follows_a_paper_that_nobody_signed() -> None:
    """Drafted, never delivered: the next rung waits for it, and none is drafted twice."""
    told = watch(SURVEY_ONLY, mornings("2018-07-30", "2018-09-28"), facts(), taken=drafted)

    assert told == ["07-30 reminder S1:EA", "07-31 urge S1:EA"]


FIRST_LOOK = rows("""
    first look | letters
    -----------+-----------------------------------------
    2018-08-01 | 08-01 urge, 08-03 supervise
    2018-08-02 | -
    2018-08-20 | -
""")


@pytest.mark.parametrize(("first", "expected"), FIRST_LOOK)
def test_rungs_missed_are_never_made_up(first: str, expected: str) -> None:
    """2 working days overdue the rung reached is still 催办; from 3 on it is 督办, which needs a 催办 before it."""
    told = watch(SURVEY_ONLY, mornings(first, "2018-08-09"), facts())

    assert ", ".join(told) == ", ".join(f"{one} S1:EA" for one in expected.split(", ") if one)


BEFORE = rows("""
    state of the 催办 | signed           | delivered        | 督办 on Mon 2018-08-06
    ------------------+------------------+------------------+-----------------------
    delivered         | 2018-07-31 16:00 | 2018-08-02 16:00 | due
    acknowledged      | 2018-07-31 16:00 | 2018-08-02 16:00 | due
    delivered         | 2018-08-03 16:00 | 2018-08-03 16:00 | too_fresh
    signed            | 2018-07-31 16:00 | -                | not_signed
    drafted           | -                | -                | not_signed
    rejected          | -                | -                | not_signed
    revoked           | 2018-07-31 16:00 | 2018-07-31 16:10 | not_signed
    void              | 2018-07-31 16:00 | 2018-07-31 16:10 | not_signed
    declined          | -                | -                | declined
    -                 | -                | -                | not_signed
""")


@pytest.mark.parametrize(("paper", "signed", "handed_over", "why"), BEFORE)
def test_a_rung_needs_the_one_before_it_signed_delivered_and_two_working_days_old(
    paper: str, signed: str, handed_over: str, why: str
) -> None:
    """Delivery that is uncertain has no time; a notice taken back carries nothing."""
    before = RungTaken(
        "S1:EA",
        "EA",
        "urge",
        PaperState(paper or "drafted"),
        at(signed) if signed else None,
        at(handed_over) if handed_over else None,
    )
    moment = "2018-08-06 08:30"

    [judgement] = explain(SURVEY_ONLY, assessed(SURVEY_ONLY, moment, facts()), [before] if paper else [], at(moment))

    assert (judgement.rung.key if judgement.rung else None, judgement.why) == ("supervise", why)


def test_a_draft_withdrawn_was_never_had() -> None:
    """撤稿 before signature: the item may get that rung again; one that the signer rejected may not."""
    moment = "2018-07-31 08:30"

    def why(paper: PaperState) -> Why:
        taken = RungTaken("S1:EA", "EA", "urge", paper, None, None)
        [judgement] = explain(SURVEY_ONLY, assessed(SURVEY_ONLY, moment, facts()), [taken], at(moment))
        return judgement.why

    assert (why(PaperState.WITHDRAWN), why(PaperState.REJECTED)) == (Why.DUE, Why.TAKEN)


def test_a_rung_declined_is_not_drafted_again_and_nothing_follows_it() -> None:
    """督查室 decides on 不予督办: no other 督办 and no 提请, however long the item stays open."""

    def declined(item: ObligationStatus, rung: str, on: datetime) -> RungTaken:
        taken = delivered(item, rung, on)
        return replace(taken, paper_state=PaperState.DECLINED) if rung == "supervise" else taken

    told = watch(SURVEY_ONLY, mornings("2018-07-30", "2018-09-28"), facts(), taken=declined)

    assert told == ["07-30 reminder S1:EA", "07-31 urge S1:EA", "08-02 supervise S1:EA"]


def test_an_item_of_undecided_timeliness_gets_no_letter_and_leaves_a_draft() -> None:
    """Nobody looked around its deadline (domain.md §3)."""
    moment = "2018-07-31 08:30"
    found = assessed(SURVEY_ONLY, moment, facts())
    blind = replace(found, obligations=tuple(replace(item, undecided=True) for item in found.obligations))

    [judgement] = explain(SURVEY_ONLY, blind, [], at(moment))

    assert judgement.why is Why.UNDECIDED
    assert standing(blind.obligations, ["S1:EA"], SURVEY_ONLY.ladder[1]) == ()
    assert standing(found.obligations, ["S1:EA"], SURVEY_ONLY.ladder[1]) == ("S1:EA",)


def test_one_letter_merges_all_items_of_an_office_that_reach_a_rung_that_day() -> None:
    """First due first; other offices and other rungs have letters of their own, in the plan's order."""
    rules = tuple(
        replace(one, due=one.due and at("2018-08-10 00:00").date()) if one.key == "S1" else one
        for one in only("S1", "S2").obligations
    )
    plan = replace(PLAN, obligations=tuple(reversed(rules)))
    met = fact("2018-08-03 10:00", office="WE", activities=(held("宣传发动", "2018-08-02"),), ledger_rows=0)
    offices = (facts(), facts(met, office="WE"), facts(fact("2018-07-30 10:00", office="NO"), office="NO"))

    found = letters(plan, assessed(plan, "2018-08-13 08:30", *offices), [], at("2018-08-13 08:30"))

    assert [(one.office, one.rung.key, [item.key for item in one.items]) for one in found] == [
        ("EA", "urge", ["S1:EA", "S2:EA"]),
        ("WE", "urge", ["S1:WE"]),
        ("NO", "urge", ["S2:NO"]),
    ]
    assert [office.code for office in PLAN.offices] == list(OFFICES)


def _letters(plan: Plan, moment: str, *offices: OfficeFacts) -> tuple[Letter, ...]:
    return letters(plan, assessed(plan, moment, *offices), [], at(moment))


WEEKLY = rows("""
    as of            | basis signed | letter
    -----------------+--------------+---------
    2018-08-02 14:00 | -            | -
    2018-08-03 08:30 | -            | -
    2018-08-03 14:00 | -            | reminder
    2018-08-03 16:59 | -            | reminder
    2018-08-03 17:30 | 2018-07-20   | -
    2018-08-06 08:30 | -            | -
    2018-08-06 08:30 | 2018-07-20   | urge
    2018-08-06 08:30 | 2018-08-04   | -
""")


@pytest.mark.parametrize(("moment", "signed", "expected"), WEEKLY)
def test_weekly_return_is_reminded_at_its_hour_and_urged_only_on_a_basis(
    moment: str, signed: str, expected: str
) -> None:
    """提醒 only from 14:00 on the cut-off day; above it only once a 报送通知 signed before it was due ordered it."""
    basis = replace(BASIS, signed=at(f"{signed} 00:00").date()) if signed else None

    found = _letters(only("W", basis=basis), moment, facts(fact("2018-07-27 10:00", "2018-W30")))

    assert "".join(letter.rung.key for letter in found) == expected


def test_a_plan_without_an_hour_for_it_reminds_of_no_weekly_return() -> None:
    """The hour is the plan's to give."""
    plan = only("W", reporting=replace(PLAN.reporting, reminder_time=None))

    assert _letters(plan, "2018-08-03 14:00", facts(fact("2018-07-27 10:00", "2018-W30"))) == ()


def test_items_met_lapsed_or_in_correction_get_no_letter() -> None:
    """A workbook that came in time and is being corrected is 已报送、退回补正中, never 未报送."""
    plan = only("W", "K", basis=BASIS)
    lapsed_and_met = facts(fact("2018-08-03 10:00", "2018-W31"))
    in_correction = facts(fact("2018-07-27 10:00", "2018-W30"), returned("2018-08-03 10:00", "2018-W31"))

    for office in (lapsed_and_met, in_correction):
        assert _letters(plan, "2018-08-06 08:30", office) == ()


def test_correction_gets_no_reminder_is_urged_once_and_climbs_no_further() -> None:
    """Partly accepted on Fri 3 August, correction due Wed 8 August: 催办 on the 9th, then nothing."""
    plan = only("W", "K", basis=BASIS)
    wrong = {"status": Status.PARTIAL, "faults": frozenset({"R01/EA-001/name"})}
    office = facts(
        fact("2018-07-27 10:00", "2018-W30"),
        fact("2018-08-03 10:00", "2018-W31", return_id=9, slip_at=at("2018-08-03 10:00"), **wrong),
        fact("2018-08-10 10:00", "2018-W32", **wrong),
    )

    told = watch(plan, mornings("2018-08-03", "2018-08-31", "14:00"), office)

    assert [one for one in told if "K-9" in one] == ["08-09 urge K-9:EA"]


def test_a_returned_week_is_urged_once_its_correction_is_overdue_and_not_before() -> None:
    """In place of K-n, which does not climb while W of that week is open: 催办 the morning after, then 督办."""
    plan = only("W", "K", basis=BASIS)
    office = facts(fact("2018-07-27 10:00", "2018-W30"), returned("2018-08-03 10:00", "2018-W31", return_id=9))

    told = watch(plan, mornings("2018-08-03", "2018-08-13"), office)

    assert [one for one in told if "W31" in one or "K-9" in one] == [
        "08-09 urge W-2018-W31:EA",
        "08-13 supervise W-2018-W31:EA",
    ]


def test_what_the_plan_only_shows_never_climbs() -> None:
    """An office's share of a year's target; quarterly meetings; schemes while 计划年度 is blank."""
    plan = only("Y2018-C", "O", "S3a")
    office = facts(fact("2018-08-03 10:00"), compounds=state(compound(1)), frozen="2018-08-03 17:00")
    moment = "2019-01-11 08:30"

    judged = explain(plan, assessed(plan, moment, office), [], at(moment))

    assert {one.item.rule for one in judged if one.why is Why.NOT_ESCALATED} == {"Y2018-C", "O", "S3a"}
    assert _letters(plan, moment, office) == ()


def test_the_district_gets_no_letter() -> None:
    """Even of a target that the plan lets climb; the office's share climbs from its judgement, Friday 4 January, on."""
    plan = only("Y2018-C")
    climbing = replace(plan, obligations=(replace(plan.obligations[0], escalates=True),))
    office = facts(fact("2018-08-03 10:00"), compounds=state(compound(1)))

    told = watch(climbing, mornings("2019-01-04", "2019-01-09"), office)

    assert told == ["01-04 reminder Y2018-C:EA", "01-07 urge Y2018-C:EA", "01-09 supervise Y2018-C:EA"]


REOPENED = rows("""
    as of            | why
    -----------------+---------
    2019-01-16 08:30 | reopened
    2019-01-17 08:30 | reopened
    2019-01-18 08:30 | not_signed
""")


@pytest.mark.parametrize(("moment", "why"), REOPENED)
def test_an_item_that_opens_again_after_it_was_met_waits_three_working_days(moment: str, why: str) -> None:
    """Open again since Tuesday 15 January: from Friday 18 on it is judged like any other."""
    plan = only("S3a")
    wide, narrow = (state(compound(1, planned_year="2018", scheme=one)) for one in ("已拟定", "未拟定"))
    history = changing(("2018-08-03 10:00", narrow), ("2019-01-08 10:00", wide), ("2019-01-15 10:00", narrow))
    sent = (fact("2018-08-03 10:00"), fact("2019-01-08 10:00"), fact("2019-01-15 10:00"))
    office = facts(*sent, compounds=narrow, frozen="2018-08-03 17:00")

    assessment = assessed(plan, moment, office, history=history)
    [judgement] = explain(plan, assessment, [], at(moment))
    [known] = [replace(item, reopened_at=at("2019-01-15 10:00")) for item in assessment.obligations]
    [told_since_when] = explain(plan, replace(assessment, obligations=(known,)), [], at(moment))

    assert judgement.why == told_since_when.why == why


def test_every_open_item_is_explained() -> None:
    """`preview` shows who would get what, and why the others get nothing."""
    office = facts(compounds=state(compound(1, **formed("2018-08-20"))))
    moment = "2018-08-13 08:30"
    assessment = assessed(PLAN, moment, office)

    told = {one.item.key: one.why for one in explain(PLAN, assessment, [], at(moment))}

    assert told["S1:EA"] == Why.NOT_SIGNED
    assert told["S2:EA"] == Why.DUE
    assert told["S3c:EA"] == Why.NOT_YET
    assert told["W-2018-W32:EA"] == Why.NO_BASIS
    assert set(told) == {
        item.key
        for item in assessment.obligations
        if item.office and item.state in {"pending", "due_soon", "overdue", "in_correction"}
    }
