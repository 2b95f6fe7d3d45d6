"""What parsers do not tell of a sheet, whatever its container: error cells, and which lines are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Of one sheet; rows and columns from 0. `faults` has what an error cell shows."""

    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(slots=True, kw_only=True)
class Noted:
    """The marks of a sheet as they are found."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def marks(self) -> Marks:
        """All that was noted."""
        return Marks(
            faults=self.faults,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )
