"""Amending a baseline: what the returns propose, and what the bureau switches in (domain.md §5)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from duban.core.amendments import Amendment, Change, Proposal, newcomers
from duban.core.errors import UsageError
from duban.core.facts import Baseline, OfficeFacts
from duban.core.plan import Plan
from duban.pipeline.ports import Decisions, Ledger, ReturnRecord
from duban.pipeline.waive import check_known, check_signed

MISSING = "C03"

Facts = Callable[[datetime], Sequence[OfficeFacts]]


class AmendBaseline:
    """Lists proposals and records amendments. `facts` tells what is known of every office at an instant."""

    def __init__(self, plan: Plan, facts: Facts, ledger: Ledger, decisions: Decisions) -> None:
        self._plan, self._facts, self._ledger, self._decisions = plan, facts, ledger, decisions

    def proposals(self, as_of: datetime) -> list[Proposal]:
        """The compounds that came or went since the freeze and wait for a decision, office by office."""
        records = self._ledger.return_records(as_of)
        removed = self._removed(as_of)
        found: list[Proposal] = []
        for facts in self._facts(as_of):
            if facts.baseline is not None:
                found += self._came(facts, facts.baseline, removed, as_of)
                found += self._went(facts, facts.baseline, records)
        return found

    def _removed(self, as_of: datetime) -> set[str]:
        """Compounds whose last amendment took them out: the bureau has decided, so they are not proposed again."""
        last = {amendment.compound: amendment.change for amendment in self._decisions.amendments(as_of)}
        return {compound for compound, change in last.items() if change is Change.REMOVE}

    def _came(self, facts: OfficeFacts, baseline: Baseline, removed: set[str], as_of: datetime) -> Iterator[Proposal]:
        new = [key for key in newcomers(baseline, facts.compounds, self._plan.kinds_in_scope) if key not in removed]
        first = self._ledger.first_returns(new, as_of)
        received = {fact.return_id: fact.received_at for fact in facts.returns}
        for key in new:
            return_id = first.get(key)
            since = received.get(return_id) if return_id is not None else None
            yield Proposal(facts.office, key, facts.compounds[key].name, Change.ADD, since, return_id)

    def _went(self, facts: OfficeFacts, baseline: Baseline, records: Sequence[ReturnRecord]) -> Iterator[Proposal]:
        """Compounds of the baseline that the office's last return with rows no longer has."""
        counting = {fact.return_id for fact in facts.returns if fact.counts}
        last = next((r for r in reversed(records) if r.return_id in counting and r.rows["read"]), None)
        if last is None:
            return
        missing = {finding.compound for finding in last.findings if finding.code == MISSING and finding.compound}
        for key in sorted(missing & baseline.compounds):
            known = facts.compounds.get(key)
            name = known.name if known else None
            yield Proposal(facts.office, key, name, Change.REMOVE, last.received_at, last.return_id)

    def run(self, change: Change, compound: str, *, reason: str, by: str, decided_at: datetime) -> Amendment:
        """Switch a compound into or out of its office's baseline from `decided_at` on.

        Raises UsageError before the freeze, for an unknown compound, for one that is in (or out) already, and for a
        decision without its reason or its maker.
        """
        check_signed(reason, by)
        office = check_known(self._plan, self._ledger, compound, decided_at)
        baseline = next(facts.baseline for facts in self._facts(decided_at) if facts.office == office)
        if baseline is None:
            raise UsageError(f"{office} 的基数尚未确定，小区随报表自动计入，无需调整。")
        if (compound in baseline.compounds) is (change is Change.ADD):
            raise UsageError(f"小区“{compound}”{'已在' if change is Change.ADD else '不在'}基数内，无需调整。")
        amendment = Amendment(office, compound, change, reason, by, decided_at)
        self._decisions.amend(amendment)
        return amendment
