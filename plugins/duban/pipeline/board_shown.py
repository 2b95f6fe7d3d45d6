"""What stands at an instant, for the board: as a run kept it, else worked out for this look."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from threading import Lock
from typing import Protocol

from duban.pipeline.board_snapshot import DistrictPart, OfficeHead, OfficePart, Snapshot

REMEMBERED = 2
"""As many snapshots that nobody kept stay in the process: one of a province takes some hundred megabytes."""


class KeptSnapshots(Protocol):
    """The snapshots that runs have kept."""

    def last(self) -> datetime | None: ...

    def lines(self, as_of: datetime, offices: Sequence[str]) -> tuple[DistrictPart, tuple[OfficeHead, ...]] | None: ...

    def office(self, as_of: datetime, office: str) -> OfficePart | None: ...


class Shown:
    """Answers from what was kept. `survey` works a snapshot out; `mark` changes when anything becomes known."""

    def __init__(
        self, kept: KeptSnapshots, survey: Callable[[datetime], Snapshot], mark: Callable[[], Hashable]
    ) -> None:
        self._kept, self._survey, self._mark = kept, survey, mark
        self._remembered: dict[tuple[datetime, Hashable], Snapshot] = {}
        self._working = Lock()

    def last(self) -> datetime | None:
        """The newest instant that a run kept."""
        return self._kept.last()

    def lines(self, as_of: datetime, offices: Sequence[str]) -> tuple[DistrictPart, tuple[OfficeHead, ...]]:
        """The district's part, and the lines of `offices` in their order."""
        found = self._kept.lines(as_of, offices)
        if found is not None:
            return found
        snapshot = self._worked_out(as_of)
        return snapshot.district, tuple(snapshot.offices[code].head for code in offices)

    def office(self, as_of: datetime, office: str) -> OfficePart:
        """One office's part."""
        return self._kept.office(as_of, office) or self._worked_out(as_of).offices[office]

    def _worked_out(self, as_of: datetime) -> Snapshot:
        """One at a time: two readers of one instant wait for one answer."""
        with self._working:
            key = (as_of, self._mark())
            if key not in self._remembered:
                snapshot = self._survey(as_of)
                self._remembered = dict([*self._remembered.items(), (key, snapshot)][-REMEMBERED:])
            return self._remembered[key]
