"""The use case `Assess`: what it asks of the ledger, and that it knows no more than was known then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from duban.core.checked import Verdict
from duban.pipeline.assess import Assess
from fakes.facts import at, status_of
from fakes.plans import AIMS, OFFICES, PLAN, weeks_of
from fakes.season_ledger import SeasonLedger, activity_row, dated, project_row, work_row

DONE = {**dict.fromkeys(AIMS, "已完成"), "accepted_on": date(2018, 8, 20)}
FILED = {"committee_stage": "已备案", "filed_on": date(2018, 8, 16)}
SEASON = (
    dated(
        "2018-07-27 10:00", "2018-W30", work_row("EA-001"), work_row("EA-002", Verdict.REJECTED),
        activity_row("宣传发动", "2018-07-26"),
    ),
    dated("2018-08-06 10:00", "2018-W32", work_row("EA-001"), work_row("EA-002"), work_row("EA-003")),
    dated(
        "2018-08-24 10:00", "2018-W34", *(work_row(f"EA-{n:03d}") for n in (1, 2, 3)),
        project_row("EA-001", **FILED, **DONE), project_row("EA-002"), project_row("EA-003", **FILED),
    ),
    dated("2018-08-24 11:00", "2018-W34", work_row("WE-001"), office="WE"),
)  # fmt: skip


class CountingLedger(SeasonLedger):
    """Remembers which instants it was asked for."""

    def states_of(self, office: str, instants: Sequence[datetime]):
        self.__dict__.setdefault("asked", []).extend((office, instant) for instant in instants)
        return super().states_of(office, instants)


def assess(*season, at_instant: str, plan=PLAN):
    return Assess(plan, weeks_of(plan), SeasonLedger(season)).at(at(at_instant))


def test_the_plan_is_assessed_from_what_was_known_at_the_instant() -> None:
    """Returns that came later change nothing."""
    cutoffs = ("2018-07-27 17:00", "2018-08-10 17:00", "2018-08-24 10:30")

    for instant in cutoffs:
        by_then = [one for one in SEASON if one.received_at <= at(instant)]
        assert assess(*SEASON, at_instant=instant) == assess(*by_then, at_instant=instant)


def test_the_baseline_is_frozen_from_the_state_at_its_cutoff() -> None:
    """EA's on 3 August, with the compound that waits for data and without the one that came later."""
    before = assess(*SEASON, at_instant="2018-08-03 16:59").of("EA")
    after = assess(*SEASON, at_instant="2018-08-24 17:00").of("EA")

    assert (before.known, before.pending, before.baseline, before.provisional) == (1, 1, 1, True)
    assert (after.known, after.pending, after.baseline, after.provisional) == (3, 0, 2, False)
    assert (after.committees_formed, after.committees.done, after.committees.required) == (2, 1, 1)


def test_every_office_of_the_plan_is_there_whatever_it_sent() -> None:
    """In the plan's order; the district counts them all."""
    found = assess(*SEASON, at_instant="2018-08-24 17:00")

    assert [office.office for office in found.offices] == list(OFFICES)
    assert (found.of("NO").known, found.of("NO").provisional, found.of("NO").light) == (0, True, "red")
    assert (found.district.known, found.district.baseline, found.district.committees.required) == (4, 3, 1)


def test_the_season_is_judged_obligation_by_obligation() -> None:
    """A row rejected does not undo the survey; the project ledger covers the baseline on 24 August."""
    found = assess(*SEASON, at_instant="2018-08-24 17:00")

    assert status_of(found, "S1:EA").met_at == at("2018-07-27 10:00")
    assert status_of(found, "S1:WE").state == "met_late"
    assert status_of(found, "S2:EA").met_at == at("2018-07-27 10:00")
    assert status_of(found, "S3c:EA").met_at == at("2018-08-24 10:00")
    assert status_of(found, "W-2018-W31:EA").state == "lapsed"
    assert status_of(found, "Y2018-I:EA").met_at == at("2018-08-24 10:00")


def test_each_instant_is_read_from_the_ledger_once_and_only_if_needed() -> None:
    """The state now, at the freeze, four cut-offs back, and a few cut-offs to date what holds now."""
    ledger = CountingLedger(SEASON)
    assessment = Assess(PLAN, weeks_of(PLAN), ledger).at(at("2018-08-24 17:00"))
    asked = ledger.__dict__["asked"]

    assert len(asked) == len(set(asked))
    assert len({instant for _, instant in asked}) <= len(weeks_of(PLAN).closed_by(at("2018-08-24 17:00"))) + 1
    assert ("EA", assessment.as_of) in asked


def test_an_earlier_look_costs_no_more_than_the_state_then() -> None:
    """Before any freeze and with nothing to date, one state is enough."""
    ledger = CountingLedger(SEASON)

    Assess(PLAN, weeks_of(PLAN), ledger).at(at("2018-07-27 17:00"))

    assert ledger.__dict__["asked"] == [(office, at("2018-07-27 17:00")) for office in OFFICES]


def test_expected_compounds_hold_the_freeze_back() -> None:
    """Two were announced on 3 August; a plan that expects three waits for the cut-off that knows them."""
    plan = replace(PLAN, offices=(replace(PLAN.offices[0], expected_compounds=3), *PLAN.offices[1:]))

    before = assess(*SEASON, at_instant="2018-08-03 17:00", plan=plan).of("EA")
    after = assess(*SEASON, at_instant="2018-08-10 17:00", plan=plan).of("EA")

    assert (before.baseline, before.provisional) == (1, True)
    assert (after.baseline, after.provisional) == (3, False)


LATE_CORRECTION = dated(
    "2018-08-27 09:00", "2018-W34", *(work_row(f"EA-{n:03d}") for n in (1, 2, 3)),
    project_row("EA-001", **FILED, **DONE), project_row("EA-002", **FILED), project_row("EA-003", **FILED),
)  # fmt: skip
NEXT_WEEK = dated(
    "2018-08-31 09:00", "2018-W35", *(work_row(f"EA-{n:03d}") for n in (1, 2, 3)),
    project_row("EA-001", **FILED, **DONE), project_row("EA-002", **FILED, **DONE), project_row("EA-003", **FILED),
)  # fmt: skip


def test_a_week_is_restated_by_later_returns_for_it_and_not_by_those_for_later_weeks() -> None:
    """A correction of week 34 that came on Monday counts; week 35's news belongs to week 35."""
    assessing = Assess(PLAN, weeks_of(PLAN), SeasonLedger((*SEASON, LATE_CORRECTION, NEXT_WEEK)))
    printed = assessing.at(at("2018-08-24 17:00")).of("EA")
    restated = assessing.restated(at("2018-08-24 17:00"), at("2018-08-31 17:00")).of("EA")

    assert (printed.committees.done, printed.improvements.done) == (1, 1)
    assert (restated.committees.done, restated.improvements.done) == (2, 1)


def test_a_week_that_nobody_corrected_is_restated_as_it_was() -> None:
    """No 更正 without a correction."""
    assessing = Assess(PLAN, weeks_of(PLAN), SeasonLedger((*SEASON, NEXT_WEEK)))
    printed = assessing.at(at("2018-08-24 17:00"))

    assert assessing.restated(at("2018-08-24 17:00"), at("2018-08-31 17:00")).offices == printed.offices


def test_a_year_is_judged_by_what_became_known_later_of_days_within_it() -> None:
    """Dates up to the instant count, whenever the return came."""
    assessing = Assess(PLAN, weeks_of(PLAN), SeasonLedger((*SEASON, LATE_CORRECTION)))
    judged = assessing.judged(at("2018-08-24 23:59"), at("2018-08-31 17:00")).of("EA")

    assert judged.committees.done == 2
