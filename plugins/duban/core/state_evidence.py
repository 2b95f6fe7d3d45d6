"""Evidence in the folded state (domain.md §4: S3a, S3b, Y): something holds of enough compounds at an instant.

It is judged by what was known when it was due (a year's target: at the first cut-off after it). What held then is met
for good; what holds only later is met late, and opens again when it no longer holds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from duban.core.baseline import denominator
from duban.core.compound import Compound
from duban.core.facts import OfficeFacts
from duban.core.plan import AnnualTarget, Evidence, ObligationRule
from duban.core.since import Since
from duban.core.standing import Case, Proof
from duban.core.tally import total
from duban.core.targets import required_count
from duban.core.weeks import ZONE, end_of_day

Held = Callable[[datetime], bool]
Reached = Callable[[Compound, date], bool]
_RECEIVED_AT = attrgetter("received_at")


def schemes_drafted(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Proof:
    """Every compound in scope at 已拟定 or beyond."""
    return _every_compound(case, rule, facts, lambda compound, _today: compound.scheme_drafted)


def schemes_deliberated(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Proof:
    """Every compound in scope at 两委已议定 with its date."""
    return _every_compound(case, rule, facts, Compound.deliberated)


def _every_compound(case: Case, rule: ObligationRule, facts: OfficeFacts, reached: Reached) -> Proof:
    due = rule.due or case.moment.day
    year = rule.year or due.year

    def held(at: datetime) -> bool:
        compounds = case.compounds(facts, at)
        today = at.astimezone(ZONE).date()
        baseline = case.settled(facts, at, today).baseline
        base = denominator(case.plan, baseline, compounds)
        if not base and baseline is None:
            return False
        wanted = (one for one in map(compounds.get, base) if planned_by(one, year))
        return all(one is not None and reached(one, today) for one in wanted)

    until = end_of_day(due)
    return _proof(case, [facts], (held, held), until, escalates=_years_filled(facts.compounds))


def planned_by(compound: Compound | None, year: int) -> bool:
    """In scope in year Y = 计划年度 ≤ Y; one whose 计划年度 is blank is in scope too, 暂不纳入 never is."""
    if compound is None or compound.planned_year is None:
        return True
    return compound.planned_year.isdigit() and int(compound.planned_year) <= year


def _years_filled(compounds: Mapping[str, Compound]) -> bool:
    """Until an office fills the column 计划年度, what depends on it is shown and not escalated."""
    return any(compound.planned_year is not None for compound in compounds.values())


def judged_at(case: Case, due: date) -> datetime:
    """The first cut-off after a year's end, at which its target is judged."""
    week = case.weeks.covering(due, case.moment.day)
    while week is None or week.cutoff <= end_of_day(due):
        following = week.last_day if week else case.weeks.first_day
        week = case.weeks.covering(following + date.resolution, case.moment.day)
    return week.cutoff


def target_of(case: Case, rule: ObligationRule) -> AnnualTarget:
    """The annual target that a Y item speaks of; raises StopIteration for a year without one."""
    return next(target for target in case.plan.targets if target.year == rule.year)


def target_reached(case: Case, rule: ObligationRule, offices: Sequence[OfficeFacts]) -> Proof:
    """The cumulative target of the rule's year reached by `offices` together (one office, or all for the district).

    In time count 备案日期 and 验收日期 up to the due date, known when it is judged; late counts any date.
    """
    target = target_of(case, rule)

    def in_time(at: datetime) -> bool:
        return _target_held(case, rule, offices, at, min(at.astimezone(ZONE).date(), target.due))

    def late(at: datetime) -> bool:
        return _target_held(case, rule, offices, at, at.astimezone(ZONE).date())

    return _proof(case, offices, (in_time, late), judged_at(case, target.due), escalates=True)


def _target_held(case: Case, rule: ObligationRule, offices: Sequence[OfficeFacts], at: datetime, today: date) -> bool:
    counts = total(case.counts(facts, at, today) for facts in offices)
    if not counts.base and any(facts.baseline is None for facts in offices):
        return False
    share = target_of(case, rule).cumulative
    if rule.evidence is Evidence.COMMITTEES:
        return counts.committees_done >= required_count(counts.committee_base, share)
    return counts.improvements_done >= required_count(counts.base, share)


def _proof(
    case: Case, offices: Sequence[OfficeFacts], held: tuple[Held, Held], until: datetime, *, escalates: bool
) -> Proof:
    """The proof by what `held` in time (known by `until`) or, failing that, late.

    Since when it held is looked for when somebody asks: an assessment would grow with the weeks that have passed.
    """
    in_time, late = held
    as_of = case.moment.as_of
    judged = min(as_of, until)
    if in_time(judged):
        return Proof(Since(lambda: _first_known(case, offices, in_time, judged)), late=False, escalates=escalates)
    if as_of < until:
        return Proof(escalates=escalates)
    if late(as_of):
        return Proof(Since(lambda: _first_known(case, offices, late, as_of, until)), late=True, escalates=escalates)
    return Proof(escalates=escalates, reopened_at=_reopened_at(case, offices, late))


def _first_known(
    case: Case, offices: Sequence[OfficeFacts], held: Held, known: datetime, after: datetime | None = None
) -> datetime:
    """When the return came in by which it first held, given that it holds at `known`.

    Looked for among the cut-offs (after `after`), so that all offices share the few instants whose state is loaded.
    """
    cutoffs = [week.cutoff for week in case.begun if week.cutoff < known and (after is None or after < week.cutoff)]
    instants = [*cutoffs, known]
    first = instants[bisect_left(instants, True, key=held)]  # noqa: FBT003 - the key that is looked for
    return max((at for facts in offices if (at := _last_receipt(facts, first))), default=first)


def _reopened_at(case: Case, offices: Sequence[OfficeFacts], held: Held) -> datetime | None:
    """When an item that was met came open again, if that is no longer ago than the ladder waits for it."""
    eve = case.moment.before(case.plan.waits.reopened)
    instants = [eve, *(week.cutoff for week in case.begun if eve < week.cutoff < case.moment.as_of)]
    last_held = max((at for at in instants if held(at)), default=None)
    if last_held is None:
        return None
    return min((at for facts in offices if (at := _next_receipt(facts, last_held))), default=case.moment.as_of)


def _last_receipt(facts: OfficeFacts, until: datetime) -> datetime | None:
    """When the last return that counts came in by an instant."""
    earlier = facts.returns[: bisect_right(facts.returns, until, key=_RECEIVED_AT)]
    return next((fact.received_at for fact in reversed(earlier) if fact.counts), None)


def _next_receipt(facts: OfficeFacts, after: datetime) -> datetime | None:
    """When the next return that counts came in after an instant."""
    later = facts.returns[bisect_right(facts.returns, after, key=_RECEIVED_AT) :]
    return next((fact.received_at for fact in later if fact.counts), None)
