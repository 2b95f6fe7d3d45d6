"""What a changed plan would change at an instant: obligations, lights and letters that appear, vanish or turn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duban.core.assessment import Assessment
from duban.core.basis import with_basis
from duban.core.ladder import letters
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.pipeline.watch_deadlines import rungs_taken

Document = dict[str, Any]
Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A plan and how it is assessed."""

    plan: Plan
    assess: Callable[[datetime], Assessment]


def what_if(now: Scenario, changed: Scenario, papers: Sequence[PaperRecord], as_of: datetime) -> Document:
    """The differences by kind, each as `before` and `after`; None where there is nothing on that side."""
    before, after = _told(now, papers, as_of), _told(changed, papers, as_of)
    kinds = {kind: _differences(before[kind], after[kind]) for kind in before}
    return {"as_of": as_of.astimezone(ZONE).isoformat(), **kinds}


def _told(scenario: Scenario, papers: Sequence[PaperRecord], as_of: datetime) -> Mapping[str, Told]:
    assessment = scenario.assess(as_of)
    earlier = [paper for paper in papers if paper.as_of < as_of]
    found = letters(with_basis(scenario.plan, papers, as_of), assessment, rungs_taken(earlier), as_of)
    lights = {one.office or "district": one.light.value for one in (*assessment.offices, assessment.district)}
    due = {s.key: f"{s.state.value} {s.due.astimezone(ZONE):%Y-%m-%dT%H:%M}" for s in assessment.obligations}
    drafts = {f"{letter.rung.key} {letter.office}": ",".join(s.key for s in letter.items) for letter in found}
    return {"obligations": due, "lights": lights, "letters": drafts}


def _differences(before: Told, after: Told) -> list[Document]:
    keys = [*before, *(key for key in after if key not in before)]
    changed = (key for key in keys if before.get(key) != after.get(key))
    return [{"key": key, "before": before.get(key), "after": after.get(key)} for key in changed]
