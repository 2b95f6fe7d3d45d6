"""The roll-up of a folded week: its counts, written with it, so that a trend need not read its compounds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Row

from duban.core.compound import FILED, Compound


@dataclass(frozen=True, slots=True)
class Rollup:
    """Counts of an office's folded compounds, every date in them taken as past.

    Whether a compound lies in the baseline and counts on a given day is the assessment's question.
    """

    week: str
    compounds: int
    pending: int
    schemes_drafted: int
    schemes_deliberated: int
    committees_filed: int
    improved: int


def roll_up(week: str, state: Mapping[str, Compound]) -> Rollup:
    """The roll-up of the state that `week` leaves."""
    compounds = state.values()
    return Rollup(
        week=week,
        compounds=len(state),
        pending=sum(compound.pending for compound in compounds),
        schemes_drafted=sum(compound.scheme_drafted for compound in compounds),
        schemes_deliberated=sum(compound.deliberated(date.max) for compound in compounds),
        committees_filed=sum(compound.committee_stage == FILED for compound in compounds),
        improved=sum(compound.improved(date.max) for compound in compounds),
    )


def rollup_of(stored: Row[tuple[object, ...]]) -> Rollup:
    """A row of the roll-up table."""
    return Rollup(*(getattr(stored, field.name) for field in fields(Rollup)))
