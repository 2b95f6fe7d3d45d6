"""The checks on site that stand, as the weekly report lists them: 自报、属实、不属实 (domain.md §5)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from duban.core.compound import Compound
from duban.core.plan import Plan
from duban.core.site_checks import SiteCheck, standing_checks
from duban.core.spot_texts import MATTERS, RESULTS
from duban.core.wording import date_text
from duban.pipeline.figures import Row

Checked = Callable[[datetime], Sequence[SiteCheck]]
"""The checks known at an instant, oldest first."""


def checked_rows(plan: Plan, checks: Sequence[SiteCheck], state: Mapping[str, Mapping[str, Compound]]) -> list[Row]:
    """One row a compound and matter, the last check of each, in the plan's order of offices, then by 小区编号."""
    last = sorted(standing_checks(checks).items())
    return [
        {"office": office.name} | _row(check, state.get(office.code, {}).get(check.compound))
        for office in plan.offices
        for (compound, _), check in last
        if compound.rpartition("-")[0] == office.code
    ]


def _row(check: SiteCheck, compound: Compound | None) -> Row:
    name = compound.name if compound and compound.name else ""
    return {
        "compound": f"{check.compound} {name}".strip(),
        "matter": MATTERS[check.matter],
        "result": RESULTS[check.result],
        "visited": date_text(check.visited_on),
        "by": check.by,
    }
