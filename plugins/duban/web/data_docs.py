"""How the board lists the pages of Data Docs: rules by table, checks by the returns that they looked at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

RULES = "expectations/"
CHECKS = "validations/"
_CHECK = re.compile(CHECKS + r"(\w+)/rules-([^/]+)/(\d{8}T\d{6})\.\d+Z/returns-(\d+)-(\d+)\.html")

IN_ORDER = ("cover", "work_ledger", "project_ledger", "activities", "across_weeks")
"""The suites as the form has its tables."""

PageOf = tuple[str, str]
"""A suite and the place of its page."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked in one go: when, which returns (the first and the last), by which version of the rules."""

    at: datetime
    first: int
    last: int
    version: str
    pages: tuple[PageOf, ...]


@dataclass(frozen=True, slots=True)
class DocsPage:
    """The page, ready to be shown; `others` are pages whose names Great Expectations would not give."""

    rules: tuple[PageOf, ...] = ()
    checks: tuple[Check, ...] = ()
    others: tuple[str, ...] = ()


def docs_page(places: Iterable[str]) -> DocsPage:
    """The pages of a site, the latest checks first."""
    rules: list[PageOf] = []
    found: list[tuple[tuple[datetime, int, int, str], PageOf]] = []
    others: list[str] = []
    for place in places:
        if parsed := _CHECK.fullmatch(place):
            suite, version, written, *returns = parsed.groups()
            moment = datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(((moment, int(returns[0]), int(returns[1]), version), (suite, place)))
        elif place.startswith(RULES):
            rules.append((place.removeprefix(RULES).removesuffix(".html"), place))
        elif place.startswith(CHECKS):
            others.append(place)
    found.sort(key=lambda one: (*one[0], one[1]), reverse=True)
    grouped = groupby(found, key=lambda one: one[0])
    checks = tuple(
        Check(at, first, last, version, _in_order(page for _, page in members))
        for (at, first, last, version), members in grouped
    )
    return DocsPage(_in_order(rules), checks, tuple(others))


def _in_order(pages: Iterable[PageOf]) -> tuple[PageOf, ...]:
    places = {suite: place for place, suite in enumerate(IN_ORDER)}
    return tuple(sorted(pages, key=lambda page: (places.get(page[0], len(places)), page)))
