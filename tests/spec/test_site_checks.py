"""Checks on site and the 抽查清单 (domain.md §5): what leaves the count, and where a visit is most worth the way."""

from datetime import date
from typing import Any

import pytest

from duban.core.site_checks import Matter, Refuted, Result, SiteCheck, refuted
from duban.core.spot_checks import Reason, Suspicion, spot_checks
from duban.core.tally import tally
from fakes.ascii_tables import rows
from fakes.facts import at, compound, day, facts, formed, improved, state
from fakes.plans import PLAN

TODAY = date(2018, 10, 12)


def check(number: int, result: Result, recorded: str, matter: Matter = Matter.IMPROVEMENT) -> SiteCheck:
    return SiteCheck(f"EA-{number:03d}", matter, result, day(recorded[:10]), "王五", "", at(recorded))


CHECKED = rows("""
    checks, oldest first                          | improvements that count
    ----------------------------------------------+------------------------
    -                                             | 2
    false 2018-10-08 09:00                        | 1
    true 2018-10-08 09:00                         | 2
    false 2018-10-08 09:00; true 2018-10-10 09:00 | 2
    true 2018-10-08 09:00; false 2018-10-10 09:00 | 1
""")


@pytest.mark.parametrize(("checks", "counted"), CHECKED)
def test_what_was_found_not_so_leaves_the_count_until_a_later_check(checks: str, counted: str) -> None:
    """EA-001 and EA-002 are reported as improved; EA-001 is checked."""
    steps = (step.strip().split(" ", 1) for step in checks.split(";") if step)
    found = refuted(check(1, Result(result), recorded) for result, recorded in steps)
    compounds = state(compound(1, **improved("2018-09-10")), compound(2, **improved("2018-09-10")))
    counts = tally(compounds, frozenset(compounds), frozenset(), PLAN.source.start, TODAY, found)

    assert (counts.improved, counts.improvements_done) == (int(counted), int(counted))


def test_a_check_of_one_matter_says_nothing_of_the_other() -> None:
    """The committee was found not so: the improvement of the same compound still counts."""
    found = refuted([check(1, Result.FALSE, "2018-10-08 09:00", Matter.COMMITTEE)])

    assert found == Refuted(committees=frozenset({"EA-001"}))


def listed(*compounds: Any, doubts: tuple[Suspicion, ...] = (), checks: tuple[SiteCheck, ...] = ()) -> list[str]:
    """The list as `EA-001 C04 never_visited`."""
    offices = [facts(compounds=state(*compounds))]
    found = spot_checks(PLAN, offices, doubts, checks, TODAY)
    return [" ".join([one.compound.compound_id, *one.reasons]) for one in found]


def test_the_weightiest_reasons_head_the_list() -> None:
    """C04 before a step back before a mere report that nobody has seen."""
    done = improved("2018-09-10")
    told = listed(
        compound(1, **done),
        compound(2, **done),
        compound(3, **done),
        doubts=(Suspicion("EA", "C01", "EA-002"), Suspicion("EA", "C04", "EA-003")),
    )

    assert told == ["EA-003 C04 never_visited", "EA-002 C01 never_visited", "EA-001 never_visited"]


def test_a_completion_close_before_the_deadline_is_worth_a_look() -> None:
    """Within the plan's fourteen days before the year's target."""
    late, early = formed("2018-12-20"), formed("2018-12-10")
    offices = [facts(compounds=state(compound(1, **late), compound(2, **early)))]
    found = spot_checks(PLAN, offices, (), (), date(2019, 1, 4))

    assert [Reason.BEFORE_A_DEADLINE in one.reasons for one in found] == [True, False]


def test_what_was_seen_or_is_not_reported_as_done_is_not_on_the_list() -> None:
    """Nothing to be found so or not, and nothing to be seen twice."""
    seen = check(1, Result.TRUE, "2018-10-08 09:00")

    assert listed(compound(1, **improved("2018-09-10")), compound(2), checks=(seen,)) == []


def test_a_doubt_about_the_whole_office_touches_each_of_its_reports() -> None:
    """C05: the whole 项目台账 stood still."""
    told = listed(compound(1, **improved("2018-09-10")), doubts=(Suspicion("EA", "C05", None),))

    assert told == ["EA-001 C05 never_visited"]
