"""Why an entry stands in the plan: the source says so, or we decided it (domain.md §2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an entry stands in the plan: exactly one of `clause` and `decision` is not None."""

    clause: str | None
    decision: str | None

    @property
    def is_clause(self) -> bool:
        return self.clause is not None
