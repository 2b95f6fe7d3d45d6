"""抽查清单: the compounds most worth a visit, each with its reasons (domain.md §5: under C04 they head the list)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duban.core.compound import Compound
from duban.core.facts import OfficeFacts
from duban.core.plan import Plan, SpotChecks
from duban.core.site_checks import Matter, SiteCheck, standing_checks


class Reason(StrEnum):
    """Why a compound is worth a visit, the weightiest first."""

    AT_ONCE = "C04"  # 一周内集中验收
    BEFORE_A_DEADLINE = "deadline"  # 临近期限完成
    STEP_BACK = "C01"  # 进度倒退
    NO_ACCEPTOR = "C08"  # 缺验收单位
    UNCHANGED = "C05"  # 项目台账无变化
    NEVER_VISITED = "never_visited"  # 自报完成而从未核查


WEIGHTS = {reason: 2**place for place, reason in enumerate(reversed(Reason))}
"""A reason outweighs all lighter ones together: under C04 a compound heads the list whatever else is said of others."""
BY_CODE = {reason.value: reason for reason in (Reason.AT_ONCE, Reason.STEP_BACK, Reason.NO_ACCEPTOR, Reason.UNCHANGED)}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A finding of class C that an accepted return left; `compound` None: it speaks of the whole office."""

    office: str
    code: str
    compound: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A compound to be visited, what it reports as done, and why it is worth the way."""

    office: str
    compound: Compound
    matters: tuple[Matter, ...]
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def spot_checks(
    plan: Plan,
    offices: Sequence[OfficeFacts],
    suspicions: Iterable[Suspicion],
    checks: Iterable[SiteCheck],
    today: date,
) -> tuple[Candidate, ...]:
    """The compounds to be visited, weightiest first, then in the plan's order of offices and by 小区编号.

    Only what is reported as done can be found to be so or not; what was found 属实 need not be seen again.
    """
    doubts: dict[str, set[Reason]] = {}
    for one in suspicions:
        doubts.setdefault(one.compound or one.office, set()).add(BY_CODE[one.code])
    visited = standing_checks(checks)
    found = [
        _candidate(plan, facts.office, compound, doubts, visited, today)
        for facts in offices
        for _, compound in sorted(facts.compounds.items())
    ]
    worth = sorted((one for one in found if one.reasons), key=lambda one: -one.weight)
    return tuple(worth[: plan.spot_checks.number])


def _candidate(
    plan: Plan,
    office: str,
    compound: Compound,
    doubts: Mapping[str, set[Reason]],
    visited: Mapping[tuple[str, Matter], SiteCheck],
    today: date,
) -> Candidate:
    done = _done(plan, compound, today)
    open_ones = {matter: day for matter, day in done.items() if (compound.compound_id, matter) not in visited}
    if not open_ones:
        return Candidate(office, compound, (), ())
    reasons = set(doubts.get(compound.compound_id, ())) | doubts.get(office, set()) | {Reason.NEVER_VISITED}
    if any(_is_before_a_deadline(plan, day) for day in open_ones.values()):
        reasons.add(Reason.BEFORE_A_DEADLINE)
    return Candidate(office, compound, tuple(open_ones), tuple(one for one in Reason if one in reasons))


def _done(plan: Plan, compound: Compound, today: date) -> Mapping[Matter, date]:
    """What the office reports as done, with its day."""
    done = {}
    if compound.committee_formed(plan.source.start, today) and compound.filed_on:
        done[Matter.COMMITTEE] = compound.filed_on
    if compound.improved(today) and compound.accepted_on:
        done[Matter.IMPROVEMENT] = compound.accepted_on
    return done


def _is_before_a_deadline(plan: Plan, day: date) -> bool:
    """Whether a day lies within the plan's days before a year's target."""
    rule: SpotChecks = plan.spot_checks
    return any(0 <= (target.due - day).days < rule.days_before_a_deadline for target in plan.targets)
