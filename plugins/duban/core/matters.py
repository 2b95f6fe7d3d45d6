"""Matters put to departments (domain.md §4 D-n): what an office asks of whom, and how the department stands with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duban.core.assessment import ObligationStatus
from duban.core.checked import CheckedRow
from duban.core.facts import Matter, OfficeFacts
from duban.core.plan import Evidence, ObligationRule
from duban.core.standing import Case, Proof, owed_within, stand

DEPARTMENT_RULE = "domain.md §4 D"


@dataclass(frozen=True, slots=True)
class OwedMatter:
    """A matter with its standing at an instant."""

    matter: Matter
    status: ObligationStatus


def matter_of(row: CheckedRow, return_id: int) -> Matter | None:
    """The matter of an office's latest row of a compound; None where no department is named with its day."""
    department, asked_on = row.values.get("ask_department"), row.values.get("asked_on")
    if not isinstance(department, str) or not isinstance(asked_on, date) or row.compound is None:
        return None
    name, problem = (str(row.values.get(key) or "") for key in ("name", "problem"))
    return Matter(row.compound, department, asked_on, return_id, name, problem)


def departments_owe(case: Case, facts: OfficeFacts) -> tuple[OwedMatter, ...]:
    """D-n: what waits for departments in one office, each matter one obligation that goes when the matter is gone.

    Kept apart from what offices owe: an office does not answer for a department.
    """
    rules = [rule for rule in case.plan.obligations if rule.evidence is Evidence.DEPARTMENT_REPLY]
    return tuple(
        OwedMatter(matter, status)
        for rule in rules
        for matter, status in zip(facts.matters, department_replies(case, rule, facts), strict=True)
    )


def department_replies(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Iterator[ObligationStatus]:
    """How departments stand with an office's matters, in their order; each is due some days after the asking."""
    for matter in facts.matters:
        key = f"{matter.compound}-{matter.department}"
        owed = owed_within(case, rule, key, facts.office, matter.asked_on)
        yield stand(case, owed, Proof(received=(matter.return_id,)))
