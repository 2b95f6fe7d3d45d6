"""The city's roll-up 全市汇总: the figures of its districts side by side and together, as a 通报 and as a document.

Nothing is counted here: each figure of a district is that of its own assessment, and names the returns behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duban.core import city_texts as texts
from duban.core.assessment import Assessment, Light, Progress
from duban.core.city import City, District, Together, in_order_of_merit, together
from duban.core.figures import Figures
from duban.core.formatting import percent
from duban.core.moment import Moment
from duban.core.papers import PaperContent, PaperKind
from duban.core.plan import Evidence, Plan
from duban.core.titles import title_lines
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import DASH, date_text, full_moment_text, listed, moment_text
from duban.pipeline.drafting import UNNUMBERED, Fields
from duban.pipeline.duties import Duties, due_text
from duban.pipeline.figures import INDICATORS, LIGHTS, NO_TASK, TIED, Row, indicator_of, rate_text
from duban.pipeline.sources import Resting, all_of, sources_of

SHOWN = (Light.GREEN, Light.YELLOW, Light.BLUE, Light.RED)
RULE = "domain.md §5 "
STATE_RULE = "domain.md §4 state"


@dataclass(frozen=True)
class DistrictBooks:
    """A district as the roll-up asks it: its plan, its weeks, its assessment at an instant, and its ledger."""

    plan: Plan
    weeks: Weeks
    assess: Callable[[datetime], Assessment]
    ledger: Resting

    @property
    def weekly(self) -> frozenset[str]:
        """The rules of weekly returns: who has not sent one is told by name instead."""
        return frozenset(rule.key for rule in self.plan.obligations if rule.evidence is Evidence.WEEKLY_RETURN)


@dataclass(frozen=True)
class CityReport:
    """The roll-up of a city over the books of its districts, in the city's order."""

    city: City
    books: Sequence[DistrictBooks]

    def at(self, as_of: datetime) -> "RollUp":
        """Everything as of an instant."""
        districts = tuple(District(one.plan.key, one.plan.district, one.assess(as_of)) for one in self.books)
        sources = {
            one.plan.key: all_of(sources_of(one.ledger, as_of, district.assessment))
            for one, district in zip(self.books, districts, strict=True)
        }
        return RollUp(self.city, tuple(self.books), districts, as_of, sources)


@dataclass(frozen=True)
class RollUp:
    """The districts at an instant, and the figures that the 通报 prints of them; `sources`: each district's returns."""

    city: City
    books: tuple[DistrictBooks, ...]
    districts: tuple[District, ...]
    as_of: datetime
    sources: Mapping[str, Sequence[int]]
    figures: Figures = field(default_factory=Figures)

    @property
    def ranks(self) -> Mapping[str, Progress]:
        return in_order_of_merit(self.districts)

    @property
    def sums(self) -> Mapping[str, Together]:
        """Each indicator of all districts."""
        return {
            name: together([indicator_of(district.progress, name) for district in self.districts])
            for name in INDICATORS
        }

    def content(self) -> PaperContent:
        """What the 通报 says; a draft, for the number is the issuer's registry's to give."""
        title = texts.TITLE.format(mark=self.city.issuer.mark, name=self.city.name, work=self.city.work)
        fields = self._head(title) | self._overall() | self._tables()
        return PaperContent(
            kind=PaperKind.CIRCULAR,
            title=title,
            to=self.city.to,
            cc=self.city.copy,
            as_of=self.as_of,
            fields=fields,
            figures=self.figures.all(),
            constants=(title,),
        )

    def _head(self, title: str) -> Fields:
        issuer, day = self.city.issuer, self.as_of.astimezone(ZONE).date()
        names = {issuer.name, issuer.mark, self.city.name, self.city.work}
        return {
            "issuer": issuer.name,
            "mark": issuer.mark,
            "number": texts.NUMBER.format(prefix=issuer.prefix, year=day.year, number=UNNUMBERED),
            "dated": date_text(day),
            "contact": issuer.contact,
            "telephone": issuer.telephone,
            "acting_seal": False,
            "copy_number": "",
            "secrecy": "",
            "urgency": "",
            "title_lines": list(title_lines(title, names)),
            "addressee": listed(self.city.to),
            "copy": listed(self.city.copy) if self.city.copy else "",
        }

    def _overall(self) -> Fields:
        """The prose: what the districts come to together."""
        self._put("city.districts", str(len(self.districts)), RULE + "plan")
        self._put("city.offices", str(sum(len(one.assessment.offices) for one in self.districts)), RULE + "plan")
        for light in SHOWN:
            count = sum(district.lights.get(light, 0) for district in self.districts)
            self._put(f"city.lights.{light}", str(count), RULE + "light")
        missing = sum(len(district.missing) for district in self.districts)
        self._put("city.missing", str(missing), "domain.md §4 W")
        return {
            "as_of": moment_text(self.as_of),
            "as_of_full": full_moment_text(self.as_of),
            "city": self.city.name,
            "work": self.city.work,
            "provisional": listed(one.name for one in self.districts if one.provisional),
            "any_provisional": any(one.provisional for one in self.districts),
        }

    def _tables(self) -> Fields:
        ranks = self.ranks
        return {
            "standing": [*(self._standing(one, ranks[one.key]) for one in self.districts), self._together()],
            "returns": [self._returned(one) for one in self.districts],
            "overdue": [row for pair in zip(self.books, self.districts, strict=True) for row in self._overdue(*pair)],
        }

    def _standing(self, district: District, placed: Progress) -> Row:
        """A district's row of table 1."""
        key, progress = district.key, district.progress
        row = {
            "district": district.name,
            "baseline": self._put(f"{key}.baseline", str(progress.baseline), RULE + "denominator", key),
            "rank": self._rank(key, placed),
            "light": LIGHTS[progress.light],
        }
        for name in INDICATORS:
            indicator = indicator_of(progress, name)
            row |= self._indicator(key, name, indicator.required, indicator.done, rate_text(indicator))
        return row

    def _together(self) -> Row:
        """The last row of table 1: sums, and the rates of the sums."""
        baseline = sum(district.progress.baseline for district in self.districts)
        row: Row = {
            "district": texts.WHOLE_CITY,
            "baseline": self._put("city.baseline", str(baseline), RULE + "denominator"),
            "rank": DASH,
            "light": DASH,
        }
        for name, found in self.sums.items():
            rate = DASH if found.rate is None else percent(found.rate) + "%"
            row |= self._indicator("city", name, found.required, found.done, rate)
        return row

    def _indicator(self, key: str, name: str, required: int, done: int, rate: str) -> Row:
        printed = {
            "required": (str(required), "required"),
            "done": (str(done), f"{name} done"),
            "rate": (rate, "rate"),
        }
        return {
            f"{name}_{part}": self._put(f"{key}.{name}.{part}", text, RULE + rule, key)
            for part, (text, rule) in printed.items()
        }

    def _rank(self, key: str, placed: Progress) -> str:
        if placed.rank is None:
            return DASH if placed.provisional else NO_TASK
        text = f"{TIED}{placed.rank}" if placed.rank_shared else str(placed.rank)
        return self._put(f"{key}.rank", text, RULE + "ranking")

    def _returned(self, district: District) -> Row:
        """A district's row of table 2."""
        key, offices, missing = district.key, district.assessment.offices, district.missing
        counts = {"due": len(offices), "met": len(offices) - len(missing), "missing": len(missing)}
        row = {name: self._put(f"{key}.{name}", str(count), "domain.md §4 W", key) for name, count in counts.items()}
        plan = self._books_of(district.key).plan
        names = [office.name for office in plan.offices if office.code in {one.office for one in missing}]
        return row | {"district": district.name, "names": listed(names)}

    def _overdue(self, books: DistrictBooks, district: District) -> list[Row]:
        """A district's rows of table 3, one an item."""
        duties = Duties(books.plan, books.weeks, Moment.at(self.as_of, books.plan.calendar))
        return [
            {
                "district": district.name,
                "deliverable": duties.deliverable(item),
                "owners": duties.owners([item]),
                "due": due_text(item.due),
                "days": self.figures.add(
                    f"{district.key}.{item.key}.days", str(item.days_overdue), STATE_RULE, item.received
                ),
            }
            for item in district.overdue(but=books.weekly)
        ]

    def _books_of(self, key: str) -> DistrictBooks:
        return next(one for one in self.books if one.plan.key == key)

    def _put(self, key: str, text: str, rule: str, district: str = "") -> str:
        """Register a figure with the returns behind it: a district's own, or those of all."""
        ids = self.sources[district] if district in self.sources else all_of(self.sources)
        return self.figures.add(key, text, rule, ids)
