"""Progress over all counts: exact, bounded, and never worse for more work done."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from duban.core.assessment import Indicator, Light, Progress
from duban.core.formatting import percent
from duban.core.moment import Moment
from duban.core.ranking import ranked
from duban.core.targets import Yardstick, required_count
from fakes.facts import at
from fakes.plans import PLAN

counts = st.integers(0, 5000)
shares = st.integers(1, 100).map(lambda percent: Fraction(percent, 100))
days_of_the_plan = st.dates(at("2018-07-19 00:00").date(), at("2021-03-31 00:00").date())


@given(counts, shares)
def test_required_is_the_least_whole_number_that_reaches_the_share(n: int, share: Fraction) -> None:
    required = required_count(n, share)

    assert required >= n * share > required - 1 or required == n == 0


@given(counts, counts, shares)
def test_required_of_the_whole_is_at_most_the_sum_of_the_parts(one: int, other: int, share: Fraction) -> None:
    """全区任务数按全区小区数计算，不等于各办之和."""
    assert required_count(one + other, share) <= required_count(one, share) + required_count(other, share)


@given(counts, st.integers(1, 5000))
def test_percent_is_the_rate_to_one_decimal_and_100_only_when_done(done: int, required: int) -> None:
    rate = Fraction(done, required)
    shown = Fraction(percent(rate))

    assert abs(shown - rate * 100) <= Fraction(1, 20) or (shown == Fraction("99.9") and rate < 1)
    assert (shown < 100) == (done < required)


@given(counts, counts, st.integers(1, 5000))
def test_more_done_never_shows_less(one: int, other: int, required: int) -> None:
    low, high = sorted((one, other))

    assert Fraction(percent(Fraction(low, required))) <= Fraction(percent(Fraction(high, required)))


@given(st.integers(1, 5000), days_of_the_plan, days_of_the_plan)
def test_pace_line_rises_from_last_year_s_required_to_the_whole(n: int, one: object, other: object) -> None:
    """Within a year it never falls; it stays between last year's share of the task and 1."""
    first, second = sorted((one, other))
    assume(PLAN.target_in_force(first) == PLAN.target_in_force(second))
    target = PLAN.target_in_force(first)
    # One calendar for both days: a notice published in between moves the line, and rightly so.
    moments = (Moment(at(f"{day} 17:00"), day, PLAN.calendar.known_on(second)) for day in (first, second))

    low, high = (Yardstick.of(PLAN, target, moment).pace(n) for moment in moments)

    assert low is None or (high is not None and 0 <= low <= high <= 1)


progresses = st.lists(st.tuples(st.none() | st.fractions(0, 2), st.integers(0, 5)), max_size=8)


@given(progresses)
def test_ranks_agree_with_the_merits(merits: list[tuple[Fraction | None, int]]) -> None:
    """Rank = 1 + how many are better; who is tied shares it, and says so."""
    found = ranked([_progress(rate, done) for rate, done in merits])

    for (rate, done), office in zip(merits, found, strict=True):
        others = [(r, d) for r, d in merits if r is not None]
        if rate is None:
            assert (office.rank, office.rank_shared) == (None, False)
        else:
            assert office.rank == 1 + sum(other > (rate, done) for other in others)
            assert office.rank_shared == (others.count((rate, done)) > 1)


def _progress(rate: Fraction | None, done: int) -> Progress:
    committees = Indicator(done, 8, Fraction(done, 8), None, Light.NONE)
    improvements = Indicator(0, 8, Fraction(0), None, Light.NONE)
    return Progress("EA", 8, 0, 8, False, 0, 0, 0, 0, 0, committees, improvements, rate, Light.NONE)
