"""Printing the register: every number of a year, by series (domain.md §7)."""

from collections.abc import Iterable, Mapping, Sequence

from duban.core.issuers import Numbering
from duban.core.numbering import Series
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.register_rows import NumberLine, register_lines
from duban.pipeline.signing_ports import NumberUsed


def registers_of(
    plan: Plan, numbers: Iterable[NumberUsed], papers: Sequence[PaperRecord], year: int, issuer: str | None = None
) -> Mapping[Series, Sequence[NumberLine]]:
    """The registers of `year`, of every issuer or of the one with that key."""
    used: dict[Series, dict[int, tuple[str, int]]] = {}
    for one in numbers:
        if one.series.year == year and issuer in (None, one.series.issuer):
            used.setdefault(one.series, {})[one.number] = (one.printed, one.paper_id)
    by_id = {paper.id: paper for paper in papers}
    return {
        series: tuple(register_lines(used[series], by_id, own=_is_own(plan, series)))
        for series in sorted(used, key=lambda series: (series.issuer, series.series))
    }


def _is_own(plan: Plan, series: Series) -> bool:
    return plan.issuer(series.issuer).numbering is Numbering.OWN
