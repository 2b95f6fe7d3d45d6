"""The ranking (domain.md §5): by overall rate, then by the sum done; ties share the rank."""

from fractions import Fraction

from duban.core.assessment import Indicator, Light, Progress
from duban.core.ranking import ranked
from fakes.ascii_tables import rows

RANKING = rows("""
    office | overall rate | done | rank | shared
    -------+--------------+------+------+-------
    A      | 9/8          | 9    | 1    | -
    B      | 1/2          | 7    | 2    | yes
    C      | 1/2          | 7    | 2    | yes
    D      | 1/2          | 6    | 4    | -
    E      | -            | 0    | -    | -
    F      | 0            | 3    | 5    | -
""")


def progress(office: str, rate: str, done: str) -> Progress:
    committees = Indicator(int(done), 8, Fraction(int(done), 8), None, Light.NONE)
    improvements = Indicator(0, 8, Fraction(0), None, Light.NONE)
    return Progress(
        office, 10, 0, 10, False, 0, 0, 0, 0, 0, committees, improvements, Fraction(rate) if rate else None, Light.NONE
    )


def test_offices_are_ranked_by_overall_rate_then_by_the_sum_done() -> None:
    """并列第2名, the next is 4; an office without a task has no rank; the order of the plan is kept."""
    found = ranked([progress(office, rate, done) for office, rate, done, _, _ in RANKING])

    assert [(p.office, p.rank, p.rank_shared) for p in found] == [
        (office, int(rank) if rank else None, bool(shared)) for office, _, _, rank, shared in RANKING
    ]
