"""What a plan says of its obligations and of the ladder (domain.md §4, §6): data only, read from plans/*.yaml."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duban.core.grounds import Ground


class Owner(StrEnum):
    """Who owes an obligation: every office for itself, the district as a whole, or a department of section 六."""

    OFFICE = "office"
    DISTRICT = "district"
    DEPARTMENT = "department"


class Evidence(StrEnum):
    """How an obligation is seen to be met (domain.md §4); the engine has one rule for each."""

    SURVEY = "survey"  # first accepted 工作台账 with at least one row
    ACTIVITY = "activity"  # first accepted activity of `activity_kind` held on or after the plan's start
    PROJECT_LEDGER = "project_ledger"  # first accepted 项目台账 covering every compound of the baseline
    SCHEMES_DRAFTED = "schemes_drafted"  # every compound in scope at 已拟定 or beyond
    SCHEMES_DELIBERATED = "schemes_deliberated"  # every compound in scope at 两委已议定 with its date
    ALL_OF = "all_of"  # every obligation named in `parts`
    COMMITTEES = "committees"  # the cumulative target of `year`, committees formed
    IMPROVEMENTS = "improvements"  # the cumulative target of `year`, compounds improved
    WEEKLY_RETURN = "weekly_return"  # an accepted return or zero report for the week; one obligation a week
    CORRECTION = "correction"  # an accepted return for that or a later week without the finding; one a slip
    REPLY = "reply"  # a receipt recorded; one a 督办 notice
    QUARTERLY_ACTIVITIES = "quarterly_activities"  # one activity of each of `parts` in the quarter
    DEPARTMENT_REPLY = "department_reply"  # the matter gone from the office's latest return


@dataclass(frozen=True, slots=True)
class ObligationRule:
    """One line of domain.md §4. `due` is None where a date follows from the week, slip, notice or quarter.

    `escalates` says whether it climbs the ladder at all; `needs_basis` whether it climbs above 提醒 only once
    the plan's `basis` names the signed 报送通知; `first_rung` and `top_rung` the first and last rung it may reach
    (None: no limit). `office_share` is the ground on which each office owes its own share of what the district owes
    (Y2018-C …; None: the district alone).
    """

    key: str
    deliverable: str
    owner: Owner
    evidence: Evidence
    due: date | None
    working_days: int | None
    escalates: bool
    needs_basis: bool
    ground: Ground
    activity_kind: str | None = None
    parts: tuple[str, ...] = ()
    year: int | None = None
    top_rung: str | None = None
    first_rung: str | None = None
    office_share: Ground | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder (domain.md §6). Negative `working_days` lie before the due date, positive ones after."""

    key: str
    name: str
    working_days: int
    paper: str
    requires: str | None
    automatic: bool
    ground: Ground
    may_decline: bool = False  # 不予督办 by its issuer
