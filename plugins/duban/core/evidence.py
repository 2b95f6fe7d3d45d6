"""Evidence in returns (domain.md §4: S1, S2, S3c, O): once accepted it stays, whatever replaces that week later."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from duban.core.assessment import ObligationStatus
from duban.core.baseline import denominator
from duban.core.facts import OfficeFacts, ReturnFact
from duban.core.plan import ObligationRule
from duban.core.since import Since
from duban.core.standing import Case, Owed, Proof, stand
from duban.core.weeks import ZONE, end_of_day

MONTHS_A_QUARTER = 3


def survey(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Proof:  # noqa: ARG001 - every proof is asked alike
    """First accepted 工作台账 with at least one row (or a zero report that the bureau confirmed)."""
    return _first(facts, (fact for fact in facts.returns if fact.surveys))


def project_ledger(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Proof:  # noqa: ARG001 - as above
    """First accepted 项目台账 that covers every compound of the baseline (before the freeze: every known one).

    The baseline is that of its receipt: what is switched in later undoes nothing.
    """
    if facts.baseline is not None and not facts.baseline.compounds:
        return Proof(Since(facts.baseline.frozen_at))
    return _first(facts, (fact for fact in facts.returns if fact.counts and _covers(case, facts, fact)))


def _covers(case: Case, facts: OfficeFacts, fact: ReturnFact) -> bool:
    settled = facts.settled_by(fact.received_at, fact.received_at.astimezone(ZONE).date())
    base = denominator(case.plan, settled.baseline, facts.compounds)
    return bool(base) and base <= fact.project_compounds


def _first(facts: OfficeFacts, proving: Iterator[ReturnFact]) -> Proof:
    """Met by the first of `proving`, of which no more are looked for; what was received until then came for it."""
    first = next(proving, None)
    if first is None:
        return Proof(received=tuple(fact.return_id for fact in facts.returns))
    met_at = first.received_at
    return Proof(Since(met_at), tuple(fact.return_id for fact in facts.returns if fact.received_at <= met_at))


def activity(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Proof:
    """First accepted activity of the rule's kind held on or after the plan's start.

    In time if held and received by the due date; held in time but received later is 按期开展、逾期报送.
    """
    due = rule.due or case.moment.day
    for fact in facts.returns:
        held = _held(fact, rule.activity_kind, case.plan.source.start, case.moment.day)
        if held:
            received_on = fact.received_at.astimezone(ZONE).date()
            return Proof(
                met=Since(fact.received_at),
                received=(fact.return_id,),
                late=max(held[0], received_on) > due,
                held_in_time=held[0] <= due,
            )
    return Proof()


def _held(fact: ReturnFact, kind: str | None, first: date, last: date) -> list[date]:
    """The days between `first` and `last`, in order, on which an accepted return says that `kind` was held."""
    if not fact.counts:
        return []
    return sorted(one.held_on for one in fact.activities if one.kind == kind and first <= one.held_on <= last)


def quarterly(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Iterator[ObligationStatus]:
    """At least one accepted activity of each kind in the rule's parts, held in every quarter since the plan's start."""
    found = _first_of_each_quarter(rule, facts, case.plan.source.start)
    for first in _quarters(case.plan.source.start, min(case.moment.day, case.plan.targets[-1].due)):
        owed = Owed(
            key=f"{rule.key}-{first.year}Q{(first.month - 1) // MONTHS_A_QUARTER + 1}:{facts.office}",
            rule=rule,
            office=facts.office,
            due=end_of_day(_next_quarter(first) - date.resolution),
        )
        yield stand(case, owed, _proof_of_each([found.get((first, kind)) for kind in rule.parts]))


def _quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % MONTHS_A_QUARTER, 1)


def _next_quarter(first: date) -> date:
    return _quarter_of(first + timedelta(days=31 * MONTHS_A_QUARTER))


def _quarters(start: date, today: date) -> Iterator[date]:
    """The first day of every quarter from that of `start` to that of `today`."""
    first = _quarter_of(start)
    while first <= today:
        yield first
        first = _next_quarter(first)


def _first_of_each_quarter(
    rule: ObligationRule, facts: OfficeFacts, start: date
) -> Mapping[tuple[date, str], ReturnFact]:
    """By quarter and kind, the first accepted return that tells of such an activity held since `start`."""
    found: dict[tuple[date, str], ReturnFact] = {}
    for fact in facts.returns:
        for one in fact.activities if fact.counts else ():
            if one.kind in rule.parts and one.held_on >= start:
                found.setdefault((_quarter_of(one.held_on), one.kind), fact)
    return found


def _proof_of_each(proving: Sequence[ReturnFact | None]) -> Proof:
    found = [fact for fact in proving if fact is not None]
    received = tuple(sorted({fact.return_id for fact in found}))
    if len(found) < len(proving):
        return Proof(received=received)
    return Proof(Since(max(fact.received_at for fact in found)), received, held_in_time=True)
