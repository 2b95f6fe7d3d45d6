"""What the storm would tell if something were wrong: a comparison that finds nothing must be able to find it."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from duban.core.numbering import Series
from duban.core.weeks import ZONE
from duban.orchestration import ticks
from fakes.crash.prints import _ranked_inside
from fakes.storm.faults import Fault, Kind, fault_at
from fakes.storm.weeks import Weeks
from fakes.storm.year import PLANTED, _gaps, _shown

NOON = datetime(2018, 8, 3, 12, tzinfo=ZONE)
TELEPHONE = "0000-66781234"


def weeks(*dags: str) -> Weeks:
    return Weeks([(NOON, dag) for dag in dags], {}, frozenset({TELEPHONE}))


@pytest.mark.parametrize("secret", [PLANTED, TELEPHONE])
def test_a_secret_in_a_log_is_told(secret: str, tmp_path: Path) -> None:
    """A password, a clerk's telephone; in what a process said or in an alert."""
    year = SimpleNamespace(log=tmp_path / "year.log", home=tmp_path / "home")
    (year.home / "alerts").mkdir(parents=True)
    year.log.write_text("nothing", "utf-8")
    assert list(_shown(year, weeks())) == []

    (year.home / "alerts" / "1.txt").write_text(f"failed: {secret}", "utf-8")
    assert list(_shown(year, weeks())) == [secret]


@pytest.mark.parametrize(("numbers", "told"), [([1, 2, 3], 0), ([1, 3], 1), ([1, 2, 2], 1), ([2], 1)])
def test_a_gap_and_a_double_are_told(numbers: list[int], told: int) -> None:
    """Every register runs from 1 to N, each number once."""
    used = [SimpleNamespace(series=Series("group_office", "催办", 2018), number=number) for number in numbers]
    app = SimpleNamespace(books=SimpleNamespace(numbers=lambda: used))

    assert len(list(_gaps(app))) == told


def test_the_same_seed_gives_the_same_faults_and_about_their_share() -> None:
    """A storm that found something can be had again."""
    planned = weeks(*[ticks.COLLECT] * 2000)

    def chosen(seed: int) -> dict[int, Fault]:
        drawn = ((place, fault_at(planned, place, 9, 0.05, seed)) for place in range(2000))
        return {place: fault for place, fault in drawn if fault is not None}

    first, again, other = map(chosen, (1, 1, 2))

    assert first == again != other
    assert 80 <= len(first) <= 120
    assert all(1 <= fault.at <= 9 for fault in first.values())
    assert {fault.kind for fault in first.values()} <= set(Kind) - {Kind.MAIL, Kind.SLOW, Kind.TWICE}


def test_identities_are_compared_by_their_rank() -> None:
    """A transaction that was rolled back has used one up; an obligation named by its paper is the same one."""
    assert _ranked_inside("A-119 of paper:119", {"paper_id": {119: 117}, "return_id": {}}) == "A-#117 of paper:#117"
