"""The city's roll-up as a plain document: what `duban city-report --json` prints."""

from fractions import Fraction

from duban.core.assessment import Progress
from duban.core.city import District
from duban.core.formatting import percent
from duban.core.papers import Figure
from duban.pipeline.city_report import SHOWN, DistrictBooks, RollUp
from duban.pipeline.figures import INDICATORS, indicator_of
from duban.pipeline.status import light_text, obligation_document

Document = dict[str, object]


def city_document(found: RollUp) -> Document:
    """The districts in the city's order, what they come to together, and each printed figure with its source."""
    ranks = found.ranks
    return {
        "city": found.city.key,
        "name": found.city.name,
        "as_of": found.as_of.isoformat(),
        "districts": [
            _district(district, books, ranks[district.key])
            for books, district in zip(found.books, found.districts, strict=True)
        ],
        "total": _total(found),
        "figures": [_figure(figure) for figure in found.content().figures],
    }


def _district(district: District, books: DistrictBooks, placed: Progress) -> Document:
    progress = district.progress
    return {
        "plan": district.key,
        "district": district.name,
        "baseline": progress.baseline,
        "provisional": district.provisional,
        **{
            name: _counts(one.required, one.done, one.rate)
            for name, one in ((name, indicator_of(progress, name)) for name in INDICATORS)
        },
        "light": light_text(progress.light),
        "lights": {light.value: district.lights.get(light, 0) for light in SHOWN},
        "rank": placed.rank,
        "rank_shared": placed.rank_shared,
        "offices": len(district.assessment.offices),
        "not_returned": [office.office for office in district.missing],
        "overdue": [obligation_document(item) for item in district.overdue(but=books.weekly)],
    }


def _total(found: RollUp) -> Document:
    districts = found.districts
    return {
        "baseline": sum(one.progress.baseline for one in districts),
        **{name: _counts(one.required, one.done, one.rate) for name, one in found.sums.items()},
        "lights": {light.value: sum(one.lights.get(light, 0) for one in districts) for light in SHOWN},
        "offices": sum(len(one.assessment.offices) for one in districts),
        "not_returned": sum(len(one.missing) for one in districts),
        "overdue": sum(len(one.overdue(but=books.weekly)) for books, one in zip(found.books, districts, strict=True)),
    }


def _counts(required: int, done: int, rate: Fraction | None) -> Document:
    """`rate` in per cent as papers print it; None when nothing is required."""
    return {"required": required, "done": done, "rate": None if rate is None else percent(rate)}


def _figure(figure: Figure) -> Document:
    return {
        "key": figure.key,
        "text": figure.text,
        "definition": figure.definition,
        "source": figure.rule.source,
        "returns": list(figure.returns),
    }
