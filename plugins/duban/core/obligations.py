"""Obligations: one engine for every deadline, with one rule for each kind of evidence (domain.md §4).

A plan of other obligations needs only its YAML: each names its kind of evidence, and EVIDENCE says how that is seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from duban.core.appeals import Relief, joint
from duban.core.assessment import ObligationStatus, State
from duban.core.errors import RuleError
from duban.core.evidence import activity, project_ledger, quarterly, survey
from duban.core.facts import OfficeFacts
from duban.core.matters import department_replies
from duban.core.plan import Evidence, ObligationRule, Owner
from duban.core.receipts import replies
from duban.core.reporting import corrections, weekly_returns
from duban.core.since import Since
from duban.core.standing import MET, Case, Owed, Proof, stand
from duban.core.state_evidence import judged_at, schemes_deliberated, schemes_drafted, target_of, target_reached
from duban.core.weeks import ZONE, end_of_day

Found = Sequence[ObligationStatus]
Rule = Callable[[Case, ObligationRule, OfficeFacts, Found], Iterable[ObligationStatus]]
TARGETS = (Evidence.COMMITTEES, Evidence.IMPROVEMENTS)


def obligations(case: Case, offices: Sequence[OfficeFacts]) -> tuple[ObligationStatus, ...]:
    """Every obligation that has begun: office by office in the given order, then the district's."""
    found = [item for facts in offices for item in obligations_of(case, facts)]
    return (*found, *_of_the_district(case, offices))


def obligations_of(case: Case, facts: OfficeFacts) -> tuple[ObligationStatus, ...]:
    """The obligations of one office, in the plan's order; those made of others are judged after them."""
    by_rule: dict[str, list[ObligationStatus]] = {}
    for rule in sorted(case.plan.obligations, key=lambda rule: rule.evidence in MADE_OF_OTHERS):
        if _owed_by_offices(rule) and _begins(case, rule) <= case.moment.day:
            found = [item for items in by_rule.values() for item in items]
            owed = EVIDENCE[rule.evidence](case, rule, facts, found)
            by_rule[rule.key] = [item for item in owed if _fell_due_since_joining(case, item)]
    return tuple(item for rule in case.plan.obligations for item in by_rule.get(rule.key, ()))


def _fell_due_since_joining(case: Case, item: ObligationStatus) -> bool:
    """An office that joined later never owed what had been due before: nobody is accused of it."""
    office = case.plan.office(item.office or "")
    return office is None or office.joined is None or item.due.astimezone(ZONE).date() >= office.joined


def _owed_by_offices(rule: ObligationRule) -> bool:
    return rule.owner is Owner.OFFICE or rule.office_share is not None


def _begins(case: Case, rule: ObligationRule) -> date:
    """The first day of an obligation: the plan's start, and of a later year's target 1 January."""
    if rule.evidence in TARGETS and rule.year != case.plan.targets[0].year:
        return date(target_of(case, rule).year, 1, 1)
    return case.plan.source.start


def _of_the_district(case: Case, offices: Sequence[OfficeFacts]) -> Iterator[ObligationStatus]:
    for rule in case.plan.obligations:
        if rule.owner is Owner.DISTRICT and _begins(case, rule) <= case.moment.day:
            if rule.evidence not in TARGETS:
                raise RuleError(f"{rule.key}: the district cannot be seen to owe {rule.evidence}")
            yield _target(case, rule, None, offices)


def _target(case: Case, rule: ObligationRule, office: str | None, offices: Sequence[OfficeFacts]) -> ObligationStatus:
    due = target_of(case, rule).due
    owed = Owed(_key(rule, office), rule, office, end_of_day(due), judged_at=judged_at(case, due))
    return stand(case, owed, target_reached(case, rule, offices))


def _key(rule: ObligationRule, office: str | None) -> str:
    return rule.key if office is None else f"{rule.key}:{office}"


def _due_on_a_day(proof: Callable[[Case, ObligationRule, OfficeFacts], Proof]) -> Rule:
    """The rule of an obligation with a day of its own in the plan, seen by `proof`."""

    def judged(case: Case, rule: ObligationRule, facts: OfficeFacts, _found: Found) -> Iterator[ObligationStatus]:
        yield stand(case, _dated(rule, facts), proof(case, rule, facts))

    return judged


def _dated(rule: ObligationRule, facts: OfficeFacts) -> Owed:
    if rule.due is None:
        raise RuleError(f"{rule.key}: {rule.evidence} needs a due date")
    return Owed(_key(rule, facts.office), rule, facts.office, end_of_day(rule.due))


def _office_target(case: Case, rule: ObligationRule, facts: OfficeFacts, _found: Found) -> Iterator[ObligationStatus]:
    yield _target(case, rule, facts.office, [facts])


def _all_of(case: Case, rule: ObligationRule, facts: OfficeFacts, found: Found) -> Iterator[ObligationStatus]:
    """Every obligation named in `parts` met; it climbs no sooner than all of its open parts may."""
    owed = _dated(rule, facts)
    parts = [item for item in found if item.rule in rule.parts]
    open_parts = [item for item in parts if item.state not in MET]
    met = [item.met for item in parts if item.met is not None]
    all_met = bool(met) and not open_parts
    proof = Proof(
        met=Since(lambda: max(since.at for since in met)) if all_met else None,
        late=any(_came_after(item, owed.due) for item in parts) if all_met else None,
        escalates=all(item.escalates for item in open_parts),
        reopened_at=max((item.reopened_at for item in open_parts if item.reopened_at), default=None),
    )
    if owed.key not in case.reliefs:
        owed = replace(owed, relief=joint([Relief(one.extended_until, one.disputed_at) for one in open_parts]))
    yield stand(case, owed, proof)


def _came_after(part: ObligationStatus, due: datetime) -> bool:
    """Whether a part came after the due date of the whole; where its own state tells, its date is not looked for.

    What was in time for itself, by its 延期 or an upheld 异议 too, makes no whole late (decisions/appeals.md).
    """
    if part.state is State.MET and part.due <= due:
        return False
    return part.due == due or (part.met_at is not None and part.met_at > due)


EVIDENCE: Mapping[Evidence, Rule] = {
    Evidence.SURVEY: _due_on_a_day(survey),
    Evidence.ACTIVITY: _due_on_a_day(activity),
    Evidence.PROJECT_LEDGER: _due_on_a_day(project_ledger),
    Evidence.SCHEMES_DRAFTED: _due_on_a_day(schemes_drafted),
    Evidence.SCHEMES_DELIBERATED: _due_on_a_day(schemes_deliberated),
    Evidence.ALL_OF: _all_of,
    Evidence.COMMITTEES: _office_target,
    Evidence.IMPROVEMENTS: _office_target,
    Evidence.WEEKLY_RETURN: lambda case, rule, facts, _found: weekly_returns(case, rule, facts),
    Evidence.CORRECTION: corrections,
    Evidence.REPLY: lambda case, rule, facts, _found: replies(case, rule, facts),
    Evidence.QUARTERLY_ACTIVITIES: lambda case, rule, facts, _found: quarterly(case, rule, facts),
    Evidence.DEPARTMENT_REPLY: lambda case, rule, facts, _found: department_replies(case, rule, facts),
}
"""How each kind of evidence is seen."""

MADE_OF_OTHERS = (Evidence.ALL_OF, Evidence.CORRECTION)
"""Kinds that look at what was found of the office's other obligations."""
