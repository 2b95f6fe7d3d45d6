"""Corrected figures as the 更正 box and the 更正通报 print them."""

from collections.abc import Iterable, Sequence

from duban.core.assessment import Assessment
from duban.core.corrected import Corrected
from duban.core.figures import Figures
from duban.core.papers import Figure
from duban.core.plan import Plan
from duban.pipeline.figures import DISTRICT, WHOLE_DISTRICT, ProgressFigures, Row


def standing_figures(plan: Plan, assessment: Assessment) -> tuple[Figure, ...]:
    """The figures of the table of standing at an assessment."""
    progress = ProgressFigures(plan, assessment, None, {})
    progress.standing()
    return progress.figures.all()


def corrected_rows(plan: Plan, found: Iterable[Corrected], figures: Figures) -> list[Row]:
    """One row a corrected figure, as the plan orders its offices: `part` tells the template what it counts."""
    places = {office.code: place for place, office in enumerate(plan.offices)}
    ordered = sorted(found, key=lambda one: places.get(one.office, len(places)))
    return [_row(plan, one, figures) for one in ordered]


def _row(plan: Plan, one: Corrected, figures: Figures) -> Row:
    office = plan.office(one.office)
    was, now = one.was, one.now
    return {
        "office": office.name if office else WHOLE_DISTRICT if one.office == DISTRICT else one.office,
        "part": one.part,
        "was": figures.add(f"corrected.{was.key}.was", was.text, was.definition, was.returns),
        "now": figures.add(f"corrected.{now.key}.now", now.text, now.definition, _sources(was, now)),
    }


def _sources(was: Figure, now: Figure) -> Sequence[int]:
    return tuple(sorted({*was.returns, *now.returns}))
