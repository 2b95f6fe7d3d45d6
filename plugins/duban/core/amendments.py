"""Amendments of the baseline (domain.md §5): proposed by what offices return, switched in by the bureau alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from duban.core.baseline import in_scope
from duban.core.compound import Compound
from duban.core.facts import Baseline


class Change(StrEnum):
    """What an amendment does."""

    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A compound switched into or out of its office's baseline, with who, when and why."""

    office: str
    compound: str
    change: Change
    reason: str
    by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A compound that came or went after the freeze, and waits for the bureau.

    `since` is when the return that told so was received, `return_id` that return; None where it cannot be named.
    """

    office: str
    compound: str
    name: str | None
    change: Change
    since: datetime | None = None
    return_id: int | None = None


def amended(baseline: Baseline | None, amendments: Iterable[Amendment]) -> Baseline | None:
    """The baseline with the amendments of its office, oldest first; before the freeze there is none to amend."""
    if baseline is None:
        return None
    compounds = set(baseline.compounds)
    for amendment in amendments:
        if amendment.change is Change.ADD:
            compounds.add(amendment.compound)
        else:
            compounds.discard(amendment.compound)
    return replace(baseline, compounds=frozenset(compounds))


def newcomers(baseline: Baseline, compounds: Mapping[str, Compound], kinds: Sequence[str]) -> list[str]:
    """Compounds in scope that are known and stand outside of the baseline."""
    return sorted(in_scope(compounds, kinds) - baseline.compounds)
