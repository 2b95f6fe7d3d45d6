"""A city over its districts: which plans belong to it, and what their figures come to together (全市汇总)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from duban.core.assessment import Assessment, Indicator, Light, ObligationStatus, Progress, State
from duban.core.ranking import ranked
from duban.core.weeks import ZONE


@dataclass(frozen=True, slots=True)
class CityIssuer:
    """Who issues the city's 通报. Its registry gives the number: duban keeps no register of a city's."""

    name: str
    mark: str
    prefix: str
    contact: str
    telephone: str


@dataclass(frozen=True, slots=True)
class City:
    """A city: `plans` are the keys of its districts' plans in the order in which they are told."""

    key: str
    name: str
    work: str
    issuer: CityIssuer
    to: tuple[str, ...]
    copy: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class District:
    """One district at an instant."""

    key: str
    name: str
    assessment: Assessment

    @property
    def progress(self) -> Progress:
        return self.assessment.district

    @property
    def provisional(self) -> bool:
        """Whether an office of its has no baseline yet."""
        return any(office.provisional for office in self.assessment.offices)

    @property
    def missing(self) -> tuple[Progress, ...]:
        """The offices of which nothing came for the week, where a return is owed."""
        return tuple(office for office in self.assessment.offices if office.return_missing)

    @property
    def lights(self) -> Mapping[Light, int]:
        """How many offices show each overall light."""
        return Counter(office.light for office in self.assessment.offices)

    def overdue(self, but: frozenset[str] = frozenset()) -> tuple[ObligationStatus, ...]:
        """What is overdue, but for the rules named; soonest due first."""
        found = (one for one in self.assessment.obligations if one.state is State.OVERDUE and one.rule not in but)
        return tuple(sorted(found, key=lambda one: (one.due.astimezone(ZONE), one.key)))


@dataclass(frozen=True, slots=True)
class Together:
    """One indicator of all districts: sums, and the rate of the sums. An average of rates would weigh a district of

    ten compounds as one of a thousand. Required is summed, not worked out anew: each district rounds up its own.
    """

    required: int
    done: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.done, self.required) if self.required else None


def together(indicators: Sequence[Indicator]) -> Together:
    """The sums of an indicator."""
    return Together(sum(one.required for one in indicators), sum(one.done for one in indicators))


def in_order_of_merit(districts: Sequence[District]) -> Mapping[str, Progress]:
    """The key of each district → its progress with its rank among them, as offices are ranked in a district."""
    placed = ranked([replace(district.progress, office=district.key) for district in districts])
    return {district.key: progress for district, progress in zip(districts, placed, strict=True)}
