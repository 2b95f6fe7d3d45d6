"""辖区内无拟提升小区: a zero report that says so meets the survey once the bureau confirms it (domain.md §4 S1).

Its office's baseline is then frozen at N = 0 (domain.md §5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duban.core.baseline import in_scope
from duban.core.empty_texts import ALREADY_MET, EXPECTED_COMPOUNDS, HAS_COMPOUNDS, HAS_LEDGER
from duban.core.facts import OfficeFacts
from duban.core.findings import Finding
from duban.core.plan import Plan
from duban.core.returns import NOTHING_TO_IMPROVE

HINT = "D08"


@dataclass(frozen=True, slots=True)
class EmptyConfirmation:
    """The bureau's word that what the zero report `return_id` says is so; `reason` may be empty."""

    return_id: int
    reason: str
    by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingZeroReport:
    """The first zero report of an office that says so, while the bureau has not confirmed it."""

    office: str
    return_id: int
    since: datetime


def is_said_by(text: str) -> bool:
    """Whether a line of 说明原因 holds the phrase, whatever blanks stand in it."""
    return NOTHING_TO_IMPROVE in "".join(text.split())


def says_empty(findings: Iterable[Finding]) -> bool:
    """Whether a zero report with these findings said so: the gate leaves a hint at each such line."""
    return any(finding.code == HINT for finding in findings)


def against(plan: Plan, facts: OfficeFacts) -> str | None:
    """What is known of an office that speaks against its having no compound, as a sentence; None where nothing does."""
    if surveyed := next((fact for fact in facts.returns if fact.surveys), None):
        return (HAS_LEDGER if surveyed.ledger_rows else ALREADY_MET).format(return_id=surveyed.return_id)
    if known := in_scope(facts.compounds, plan.kinds_in_scope):
        return HAS_COMPOUNDS.format(count=len(known), compound=min(known))
    office = plan.office(facts.office)
    expected = office.expected_compounds if office else None
    return EXPECTED_COMPOUNDS.format(count=expected) if expected else None
