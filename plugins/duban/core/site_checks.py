"""Checks on site 现场核查: whether what an office reports of a compound is so (domain.md §5).

What is reported counts as 自报 until somebody goes there; found 不属实 it leaves the count, until a later check on the
same matter finds it 属实.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Matter(StrEnum):
    """What was checked of a compound."""

    COMMITTEE = "committee"  # 业主委员会已备案
    IMPROVEMENT = "improvement"  # 管理提升已完成


class Result(StrEnum):
    """What was found."""

    TRUE = "true"  # 属实
    FALSE = "false"  # 不属实


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """One check: of which compound and what, the day of the visit, by whom; `recorded_at` is when it became known."""

    compound: str
    matter: Matter
    result: Result
    visited_on: date
    by: str
    note: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Refuted:
    """The compounds of which a report was found 不属实, by what was reported."""

    committees: frozenset[str] = frozenset()
    improvements: frozenset[str] = frozenset()


NOTHING_REFUTED = Refuted()


def standing_checks(checks: Iterable[SiteCheck]) -> Mapping[tuple[str, Matter], SiteCheck]:
    """The last check of each compound and matter, of checks in the order in which they were recorded."""
    return {(check.compound, check.matter): check for check in checks}


def refuted(checks: Iterable[SiteCheck]) -> Refuted:
    """What stands as 不属实 after these checks, oldest first."""
    last = standing_checks(checks).values()
    false = [check for check in last if check.result is Result.FALSE]
    return Refuted(
        frozenset(check.compound for check in false if check.matter is Matter.COMMITTEE),
        frozenset(check.compound for check in false if check.matter is Matter.IMPROVEMENT),
    )
