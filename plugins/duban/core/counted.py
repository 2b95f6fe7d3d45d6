"""What a figure of progress counts: which compounds, and which columns of the form say so (domain.md §5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.baseline import denominator
from duban.core.compound import Compound
from duban.core.facts import OfficeFacts
from duban.core.gate.frame import AIMS
from duban.core.plan import Plan
from duban.core.returns import WORK
from duban.core.state import PROJECT
from duban.core.tally import Members, members
from duban.core.weeks import ZONE

DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Counted:
    """The members that a figure counts (a name of `Members`) and the columns that make a compound one of them.

    AIMS among the columns stands for those of all aims.
    """

    members: str
    table: str
    columns: tuple[str, ...]


_KNOWN = Counted("known", WORK.key, ("compound_id",))
_BASE = Counted("base", WORK.key, ("compound_id", "kind"))
_COMMITTEE_BASE = Counted("committee_base", WORK.key, ("compound_id", "kind"))
_COMMITTEES = Counted("committees_done", PROJECT, ("committee_stage", "filed_on"))
_IMPROVEMENTS = Counted("improvements_done", PROJECT, (AIMS, "accepted_on"))
_PARTS_OF_DONE = ("done", "rate", "change", "compared", "weekly", "projected")
COUNTED: Mapping[str, Counted] = {
    "known": _KNOWN,
    "pending": Counted("pending", WORK.key, ("compound_id",)),
    "baseline": _BASE,
    "schemes": Counted("drafted", PROJECT, ("scheme",)),
    "deliberated": Counted("deliberated", PROJECT, ("scheme", "deliberated_on")),
    "preexisting": Counted("preexisting", PROJECT, ("committee_stage", "filed_on")),
    "committees.required": _COMMITTEE_BASE,
    "committees.pace": _COMMITTEE_BASE,
    "committees.beyond": Counted("formed", PROJECT, ("committee_stage", "filed_on")),
    "improvements.required": _BASE,
    "improvements.pace": _BASE,
    "improvements.beyond": Counted("improved", PROJECT, (AIMS, "accepted_on")),
    **{f"committees.{part}": _COMMITTEES for part in _PARTS_OF_DONE},
    **{f"improvements.{part}": _IMPROVEMENTS for part in _PARTS_OF_DONE},
}
"""By the figure's key without its office."""

_WITHOUT_BASE = {"committees.beyond": "committees_done", "improvements.beyond": "improvements_done"}


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one office in a figure: its compounds that count.

    `known_at` is the instant whose rows show it: the freeze for the compounds of a baseline, else that of the figure.
    """

    office: str
    counted: Counted
    compounds: Mapping[str, Compound | None]
    known_at: datetime


def parts_of(key: str, plan: Plan, offices: tuple[OfficeFacts, ...], as_of: datetime) -> tuple[Part, ...]:
    """The compounds behind the figure `key` at `as_of`, office by office; empty for a figure that counts none."""
    owner, _, name = key.partition(".")
    counted = COUNTED.get(name)
    if counted is None:
        return ()
    return tuple(_part(name, counted, plan, facts, as_of) for facts in offices if owner in (DISTRICT, facts.office))


def _part(name: str, counted: Counted, plan: Plan, facts: OfficeFacts, as_of: datetime) -> Part:
    found = members_of(plan, facts, as_of.astimezone(ZONE).date())
    those: frozenset[str] = getattr(found, counted.members)
    if name in _WITHOUT_BASE:
        those -= getattr(found, _WITHOUT_BASE[name])
    frozen = facts.baseline if counted.members in (_BASE.members, _COMMITTEE_BASE.members) else None
    return Part(
        office=facts.office,
        counted=counted,
        compounds={compound: facts.compounds.get(compound) for compound in sorted(those)},
        known_at=frozen.frozen_at if frozen else as_of,
    )


def members_of(plan: Plan, facts: OfficeFacts, today: date) -> Members:
    """Who is counted in one office, by the predicates that count for its progress."""
    base = denominator(plan, facts.baseline, facts.compounds)
    return members(facts.compounds, base, facts.settled.unsuited, plan.source.start, today, facts.settled.refuted)
