"""The baseline 基数: the denominator of an office, and when it is frozen (domain.md §5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from duban.core.compound import Compound
from duban.core.facts import Baseline, ReturnFact, StateAt
from duban.core.plan import Evidence, Office, Plan
from duban.core.weeks import end_of_day


def survey_due(plan: Plan) -> datetime | None:
    """When the survey is due; None for a plan without one, whose baselines are frozen by the bureau alone."""
    dues = (rule.due for rule in plan.obligations if rule.evidence is Evidence.SURVEY)
    return next((end_of_day(due) for due in dues if due), None)


def freeze_cutoffs(
    due: datetime | None, cutoffs: Iterable[datetime], returns: Sequence[ReturnFact]
) -> Iterator[datetime]:
    """The cut-offs at which the baseline can be frozen, oldest first.

    They come after the survey's due date, with an accepted 工作台账 of at least one row (or a confirmed zero report)
    known by then.
    """
    surveyed = min((fact.received_at for fact in returns if fact.surveys), default=None)
    if due is None or surveyed is None:
        return iter(())
    return (cutoff for cutoff in cutoffs if cutoff > due and cutoff >= surveyed)


def in_scope(compounds: Mapping[str, Compound], kinds: Sequence[str]) -> frozenset[str]:
    """The compounds of the kinds that the plan is about; one of 数据待补 whose kind is unreadable is in."""
    return frozenset(key for key, compound in compounds.items() if compound.kind is None or compound.kind in kinds)


def freeze(
    plan: Plan, office: Office, cutoffs: Iterable[datetime], returns: Sequence[ReturnFact], state_at: StateAt
) -> Baseline | None:
    """The frozen baseline of `office`, 数据待补 included; None before the freeze.

    Fewer compounds than the plan expects keep it 暂定 until a cut-off with enough of them.
    """
    for cutoff in freeze_cutoffs(survey_due(plan), cutoffs, returns):
        compounds = in_scope(state_at(cutoff).get(office.code, {}), plan.kinds_in_scope)
        if len(compounds) >= (office.expected_compounds or 0):
            return Baseline(compounds, cutoff)
    return None


def denominator(plan: Plan, baseline: Baseline | None, compounds: Mapping[str, Compound]) -> frozenset[str]:
    """The compounds that a rate is about: the baseline, and before the freeze the known ones in scope."""
    if baseline is not None:
        return baseline.compounds
    known = {key: compound for key, compound in compounds.items() if not compound.pending}
    return in_scope(known, plan.kinds_in_scope)
