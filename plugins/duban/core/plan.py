"""The plan 方案: who owes what, by when, to whom it is told. Data only; read from plans/*.yaml (domain.md §2).

Every entry carries a `Ground`: the literal phrase of the source (clause) or our reason where the source is silent
(decision). Dates are days in Asia/Shanghai; shares are exact fractions of 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import TypeVar

from duban.core.addressees import Addressee
from duban.core.grounds import Ground
from duban.core.issuers import Issuer, Numbering, PaperRule, Person
from duban.core.limits import Limits
from duban.core.obligation_rules import Evidence, ObligationRule, Owner, Rung
from duban.core.workdays import HolidayCalendar

__all__ = [
    "Aim",
    "AnnualTarget",
    "Basis",
    "Duty",
    "Evidence",
    "Ground",
    "Issuer",
    "MemberUnit",
    "Numbering",
    "ObligationRule",
    "Office",
    "Owner",
    "PaperRule",
    "Person",
    "Phase",
    "Plan",
    "Reporting",
    "Rung",
    "SourceDocument",
    "Waits",
    "WorkArea",
]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The official paper that the plan carries out; `start` is the first day on which evidence may lie."""

    title: str
    number: str
    issuer: str
    issued: date
    start: date
    ground: Ground


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a member unit, with the aims (keys `aim_01` …) that it answers for."""

    text: str
    aims: tuple[str, ...]
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class MemberUnit:
    """A unit of the leading group 领导小组成员单位. `department` units may be asked for help in a return."""

    name: str
    department: bool
    duties: tuple[Duty, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Office:
    """A sub-district office 办事处. `expected_compounds` is None when nobody has said how many there are, `joined`
    for one that was there from the plan's start.
    """

    code: str
    name: str
    ground: Ground
    expected_compounds: int | None = None
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the plan; `start` is None when the source names only its end."""

    key: str
    name: str
    start: date | None
    due: date
    ground: Ground


@dataclass(frozen=True, slots=True)
class AnnualTarget:
    """The share of all compounds due in `year` (`share`) and by its end (`cumulative`), both of 1."""

    year: int
    share: Fraction
    cumulative: Fraction
    due: date
    ground: Ground


@dataclass(frozen=True, slots=True)
class Aim:
    """One of the eleven aims; `key` is its column in the form, `name` that column's header."""

    key: str
    name: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class WorkArea:
    """One of the five areas of section 五."""

    name: str
    text: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Reporting:
    """When the weekly return is due and which day lies in the first reporting week.

    `reminder_time` is the hour of the 提醒 on the day of the cut-off; None: the weekly return gets none.
    """

    first_day: date
    cutoff_time: time
    ground: Ground
    reminder_time: time | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """The working days that the engine and the ladder wait (domain.md §4, §6); each plan file states its own.

    `due_soon`: left until the due day; `rung_age`: age of a rung before the next; `reopened`: an item open again after
    it was met; `unacknowledged`: without 签收 before the telephone reminder.
    """

    due_soon: int = 3
    rung_age: int = 2
    reopened: int = 3
    unacknowledged: int = 2


@dataclass(frozen=True, slots=True)
class SpotChecks:
    """抽查: how many compounds a list names, and how many days before a deadline a completion is worth a look."""

    number: int = 10
    days_before_a_deadline: int = 14


@dataclass(frozen=True, slots=True)
class Basis:
    """The signed 报送通知 that ordered the weekly returns; notices for decision obligations quote it."""

    number: str
    title: str
    signed: date


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan; `key` tells plans apart in every table.

    `leading_group` has the keys `name`, `office`, `host`, `leader`, `leader_position`, `director`, `deputy_director`.
    `other_units` have duties without being members of the leading group (社区居委会 …). `work` is what the papers call
    the undertaking. `grounds` holds the grounds of plain values by their place in the file (`scope`, `source.start`,
    `leading_group.leader`, `issuers.<key>.signer` …). `deliveries`: who gets what is addressed to a recipient.
    """

    key: str
    district: str
    source: SourceDocument
    leading_group: Mapping[str, str]
    units: tuple[MemberUnit, ...]
    offices: tuple[Office, ...]
    phases: tuple[Phase, ...]
    targets: tuple[AnnualTarget, ...]
    aims: tuple[Aim, ...]
    work_areas: tuple[WorkArea, ...]
    obligations: tuple[ObligationRule, ...]
    ladder: tuple[Rung, ...]
    issuers: tuple[Issuer, ...]
    papers: tuple[PaperRule, ...]
    reporting: Reporting
    calendar: HolidayCalendar
    kinds_in_scope: tuple[str, ...]
    implementation_start: date
    basis: Basis | None
    work: str = ""
    other_units: tuple[MemberUnit, ...] = ()
    waits: Waits = Waits()
    spot_checks: SpotChecks = SpotChecks()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    deliveries: Mapping[str, tuple[Addressee, ...]] = field(default_factory=dict)
    limits: Limits | None = None
    _by_code: Mapping[str, Office] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {office.code: office for office in reversed(self.offices)})

    def office(self, code: str) -> Office | None:
        """The office of `code`, or None."""
        return self._by_code.get(code)

    def obligation(self, key: str) -> ObligationRule:
        """The rule of `key`; raises KeyError."""
        return _keyed(self.obligations, key)

    def issuer(self, key: str) -> Issuer:
        """The issuer of `key`; raises KeyError."""
        return _keyed(self.issuers, key)

    def paper(self, kind: str) -> PaperRule:
        """The rule of a kind of paper; raises KeyError."""
        rule = next((paper for paper in self.papers if paper.kind == kind), None)
        if rule is None:
            raise KeyError(kind)
        return rule

    @property
    def departments(self) -> tuple[str, ...]:
        """The units that a return may name in 需协调部门."""
        return tuple(unit.name for unit in self.units if unit.department)

    def target_in_force(self, day: date) -> AnnualTarget:
        """The annual target of the year of `day`; the first or last one outside the plan's years."""
        later = (target for target in self.targets if day <= target.due)
        return next(later, self.targets[-1])


Keyed = TypeVar("Keyed", ObligationRule, Issuer)


def _keyed(entries: tuple[Keyed, ...], key: str) -> Keyed:
    entry = next((entry for entry in entries if entry.key == key), None)
    if entry is None:
        raise KeyError(key)
    return entry
