"""The baseline (domain.md §5): what an office's rates are about, and when that is frozen."""

from dataclasses import replace

import pytest

from duban.core.baseline import freeze
from duban.core.facts import Baseline, ReturnFact, StateAt
from duban.core.plan import Plan
from duban.core.returns import ReturnKind
from fakes.ascii_tables import rows
from fakes.facts import at, changing, compound, constant, fact, facts, state
from fakes.plans import PLAN

TEN = state(*(compound(n) for n in range(1, 11)))

FREEZE = rows("""
    survey received  | frozen at
    -----------------+-----------------
    2018-07-27 11:48 | 2018-08-03 17:00
    2018-08-03 17:00 | 2018-08-03 17:00
    2018-08-03 17:01 | 2018-08-10 17:00
    2018-09-30 18:00 | 2018-10-12 17:00
    -                | -
""")

CUTOFFS = tuple(at(f"{day} 17:00") for day in
    ("2018-07-27", "2018-08-03", "2018-08-10", "2018-08-17", "2018-08-24", "2018-08-31", "2018-09-07", "2018-09-14",
     "2018-09-21", "2018-09-30", "2018-10-12"))  # fmt: skip


def frozen(plan: Plan, *returns: ReturnFact, history: StateAt | None = None) -> Baseline | None:
    office = plan.offices[0]
    return freeze(plan, office, CUTOFFS, returns, history or constant(facts(compounds=TEN)))


@pytest.mark.parametrize(("received", "cutoff"), FREEZE)
def test_baseline_is_frozen_at_the_first_cutoff_after_the_survey_was_due_that_knows_one(
    received: str, cutoff: str
) -> None:
    """Due 30 July: not on 27 July, however early the survey came."""
    baseline = frozen(PLAN, *([fact(received)] if received else []))

    assert (baseline.frozen_at if baseline else None) == (at(cutoff) if cutoff else None)


def test_baseline_holds_what_was_known_at_its_cutoff_and_what_waits_for_data() -> None:
    """A compound that comes later is an amendment, 数据待补 is in."""
    first = state(compound(1), compound(2, pending=True, kind=None))
    history = changing(("2018-07-27 10:00", first), ("2018-08-06 10:00", {**first, **state(compound(3))}))

    baseline = frozen(PLAN, fact("2018-07-27 10:00"), history=history)

    assert baseline.compounds == {"EA-001", "EA-002"}


def test_baseline_holds_the_kinds_in_scope_and_those_that_cannot_be_told() -> None:
    """A plan that leaves 物业小区 out."""
    narrow = replace(PLAN, kinds_in_scope=("社区楼院",))
    known = state(compound(1), compound(2, kind="物业小区"), compound(3, pending=True, kind=None))

    baseline = frozen(narrow, fact("2018-07-27 10:00"), history=changing(("2018-07-27 10:00", known)))

    assert baseline.compounds == {"EA-001", "EA-003"}


def test_a_confirmed_zero_report_freezes_an_empty_baseline() -> None:
    """N = 0 at the first cut-off after the survey was due; a zero report that nobody confirmed freezes nothing."""
    zero = fact("2018-07-27 10:00", kind=ReturnKind.ZERO, ledger_rows=0)
    nothing = constant(facts())

    assert frozen(PLAN, zero, history=nothing) is None
    confirmed = frozen(PLAN, replace(zero, confirmed_empty=True), history=nothing)
    assert confirmed == Baseline(frozenset(), at("2018-08-03 17:00"))


def test_fewer_compounds_than_expected_keep_the_baseline_provisional() -> None:
    """Frozen at the first cut-off with as many as the plan expects."""
    expecting = replace(PLAN, offices=(replace(PLAN.offices[0], expected_compounds=2),))
    history = changing(("2018-07-27 10:00", state(compound(1))), ("2018-08-15 10:00", state(compound(1), compound(2))))

    baseline = frozen(expecting, fact("2018-07-27 10:00"), history=history)

    assert baseline.frozen_at == at("2018-08-17 17:00")


def test_a_plan_without_a_survey_freezes_nothing_by_itself() -> None:
    assert frozen(replace(PLAN, obligations=()), fact("2018-07-27 10:00")) is None
