"""Evidence of reporting (domain.md §4: W, K): the return of every week, and the correction of every one returned."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from duban.core.assessment import ObligationStatus, State
from duban.core.facts import OfficeFacts, ReturnFact
from duban.core.moment import Moment
from duban.core.plan import Evidence, ObligationRule, Plan
from duban.core.since import Since
from duban.core.standing import MET, Case, Owed, Proof, stand
from duban.core.weeks import ZONE, ReportingWeek, end_of_day
from duban.core.workdays import Workdays


def weekly_returns(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Iterator[ObligationStatus]:
    """One obligation a week that has begun: an accepted return, or zero report, for it by its cut-off."""
    came = _by_week(case, facts)
    latest = max((fact.week for fact in facts.returns if fact.counts and fact.week), default="")
    for week in case.begun:
        owed = Owed(
            key=f"{rule.key}-{week.key}:{facts.office}",
            rule=rule,
            office=facts.office,
            due=week.cutoff,
            week=week.key,
            provisional=case.moment.workdays.is_provisional(week.cutoff.date()),
        )
        yield stand(case, owed, _weekly_proof(case, week, came.get(week.key, ()), lapsed=latest > week.key))


def _weekly_proof(case: Case, week: ReportingWeek, came: Sequence[ReturnFact], *, lapsed: bool) -> Proof:
    """What came for a week. Received by the cut-off but returned, it is in correction until its K-n is due."""
    received = tuple(fact.return_id for fact in came)
    accepted = next((fact for fact in came if fact.counts), None)
    if accepted is not None:
        return Proof(Since(accepted.received_at), received)
    returned = [fact for fact in came if fact.received_at <= week.cutoff]
    ends = (_correction_ends(case, fact) for fact in returned)
    return Proof(received=received, lapsed=lapsed, correction_until=max((end for end in ends if end), default=None))


def _by_week(case: Case, facts: OfficeFacts) -> Mapping[str, list[ReturnFact]]:
    by_week: dict[str, list[ReturnFact]] = {}
    for fact in facts.returns:
        key = _week_of(case, fact)
        if key is not None:
            by_week.setdefault(key, []).append(fact)
    return by_week


def _week_of(case: Case, fact: ReturnFact) -> str | None:
    """The week of a return: what its cover says, and of an unreadable one the week by whose cut-off it came."""
    if fact.week is not None:
        return fact.week
    at = bisect_left(case.begun, fact.received_at, key=lambda week: week.cutoff)
    return case.begun[at].key if at < len(case.begun) else None


def correction_rule(plan: Plan) -> ObligationRule | None:
    """The plan's rule for corrections (K); None under a plan that gives no time for them."""
    return next((rule for rule in plan.obligations if rule.evidence is Evidence.CORRECTION), None)


def correction_day(rule: ObligationRule, workdays: Workdays, sent_on: date) -> date:
    """The day by which a correction is due: the n-th working day after the slip went out."""
    return workdays.add(sent_on, rule.working_days or 0)


def correction_due(plan: Plan, as_of: datetime) -> date | None:
    """The day by which a correction asked for at `as_of` is due; None under a plan that gives no time for it."""
    rule = correction_rule(plan)
    if rule is None:
        return None
    moment = Moment.at(as_of, plan.calendar)
    return correction_day(rule, moment.workdays, moment.day)


def _correction_ends(case: Case, fact: ReturnFact) -> datetime | None:
    """When the correction of a returned workbook is due; while its slip is not out yet, the time has not begun to run.

    None under a plan that gives no time for corrections.
    """
    rule = correction_rule(case.plan)
    if rule is None:
        return None
    return _correction_due(case, rule, fact.slip_at) if _slip_is_out(case, fact) else case.moment.as_of


def _slip_is_out(case: Case, fact: ReturnFact) -> bool:
    return fact.slip_at is not None and fact.slip_at <= case.moment.as_of


def _correction_due(case: Case, rule: ObligationRule, slip_at: datetime | None) -> datetime:
    sent_on = (slip_at or case.moment.as_of).astimezone(ZONE).date()
    return end_of_day(correction_day(rule, case.moment.workdays, sent_on))


def corrections(
    case: Case, rule: ObligationRule, facts: OfficeFacts, found: Sequence[ObligationStatus]
) -> Iterator[ObligationStatus]:
    """One obligation a slip, named by its return: K-n. `found` holds the office's weekly returns.

    It does not climb while the weekly return of that week is open: that one does.
    """
    open_weeks = {item.week for item in found if item.week and item.state not in (*MET, State.LAPSED)}
    for place, fact in enumerate(facts.returns):
        if not _slip_is_out(case, fact):
            continue
        due = _correction_due(case, rule, fact.slip_at)
        week = _week_of(case, fact)
        owed = Owed(
            key=f"{rule.key}-{fact.return_id}:{facts.office}",
            rule=rule,
            office=facts.office,
            due=due,
            week=week,
            provisional=case.moment.workdays.is_provisional(due.date()),
        )
        yield stand(case, owed, _correction_proof(fact, facts.returns[place + 1 :], escalates=week not in open_weeks))


def _correction_proof(slipped: ReturnFact, later: Sequence[ReturnFact], *, escalates: bool) -> Proof:
    """An accepted return for that or a later week without the finding."""
    for fact in later:
        if fact.counts and (fact.week or "") >= (slipped.week or "") and not fact.faults & slipped.faults:
            return Proof(Since(fact.received_at), (slipped.return_id, fact.return_id), escalates=escalates)
    return Proof(received=(slipped.return_id,), escalates=escalates)
