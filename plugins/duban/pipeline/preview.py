"""The preview: which letters would go out at an instant, and why the other open items get none (domain.md §6)."""

from collections.abc import Sequence
from datetime import datetime

from duban.core.ladder import Judgement, Why
from duban.core.ladder_texts import REASONS
from duban.core.plan import Plan
from duban.core.weeks import ZONE

Document = dict[str, object]


def preview_document(plan: Plan, judged: Sequence[Judgement], as_of: datetime) -> Document:
    """The judgements by office: `letters` (rung, paper, items) and `items`, each with its reason in words."""
    return {
        "as_of": as_of.isoformat(),
        "offices": {
            office.code: _office(plan, [one for one in judged if one.item.office == office.code])
            for office in plan.offices
        },
    }


def _office(plan: Plan, judged: Sequence[Judgement]) -> Document:
    letters = [
        {
            "rung": rung.key,
            "name": rung.name,
            "paper": plan.paper(rung.paper).name,
            "items": [one.item.key for one in judged if one.why is Why.DUE and one.rung == rung],
        }
        for rung in plan.ladder
    ]
    return {"letters": [letter for letter in letters if letter["items"]], "items": [_item(one) for one in judged]}


def _item(one: Judgement) -> Document:
    item = one.item
    return {
        "id": item.key,
        "state": item.state.value,
        "due": item.due.astimezone(ZONE).isoformat(),
        "extended_until": item.extended_until and item.extended_until.isoformat(),
        "working_days_overdue": item.working_days_overdue,
        "rung": one.rung and one.rung.key,
        "why": one.why.value,
        "reason": REASONS[one.why],
    }
