"""The city's roll-up over the plans of an installation, all of them on one database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duban.adapters.cityfile import load_city
from duban.adapters.settings import Settings
from duban.adapters.word import DocxComposer
from duban.core import city_texts as texts
from duban.core.city import City
from duban.core.errors import UsageError
from duban.core.paper_numbers import numbered_texts
from duban.core.plan_heads import PlanHead
from duban.pipeline.city_report import CityReport, DistrictBooks, RollUp
from duban.wiring import App, open_app
from duban.wiring.plans import plan_heads


@dataclass(frozen=True)
class CityApp:
    """The roll-up, and what its 通报 is composed with: the base document of a city."""

    report: CityReport
    composer: DocxComposer

    def at(self, as_of: datetime) -> RollUp:
        """The districts as of an instant."""
        return self.report.at(as_of)

    def compose(self, found: RollUp) -> bytes:
        """The 通报 as .docx; the same roll-up gives the same bytes."""
        return self.composer.compose(found.content())


@contextmanager
def open_city(settings: Settings | None = None) -> Iterator[CityApp]:
    """The city that DUBAN_CITY names; raises UsageError without one, and for a plan that the installation has not."""
    settings = (settings or Settings()).whole
    if not settings.city:
        raise UsageError(texts.NO_CITY)
    city, heads = load_city(Path(settings.city)), plan_heads(settings)
    _require(city, heads)
    with ExitStack() as opened:
        apps = [opened.enter_context(open_app(settings.of_plan(heads, key))) for key in city.plans]
        plan_texts = tuple(dict.fromkeys(text for app in apps for text in numbered_texts(app.plan)))
        composer = DocxComposer(settings.templates_path / "city", plan_texts)
        yield CityApp(CityReport(city, [_books(app) for app in apps]), composer)


def _require(city: City, heads: tuple[PlanHead, ...]) -> None:
    known = [head.key for head in heads if head.key]
    missing = [key for key in city.plans if key not in known]
    if missing:
        raise UsageError(texts.NOT_AMONG.format(missing="、".join(missing), known="、".join(known) or "无"))


def _books(app: App) -> DistrictBooks:
    return DistrictBooks(app.plan, app.weeks, app.assess, app.ledger)
