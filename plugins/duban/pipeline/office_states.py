"""Folded states, read office by office when they are asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from duban.core.compound import Compound

ReadStates = Callable[[str, Sequence[datetime]], Sequence[Mapping[str, Compound]]]
"""As ports.Ledger.states_of."""


class OfficeStates:
    """The states of the offices at instants, each read once and only where it is needed.

    When an item was first met is looked for at other instants for each office: read whole, a province's would be all of
    its history. But from one office to the next they are much the same, so what was asked about the office before is
    read in one go.
    """

    def __init__(self, offices: Sequence[str], read: ReadStates) -> None:
        self._offices, self._read = offices, read
        self._known: dict[str, dict[datetime, Mapping[str, Compound]]] = defaultdict(dict)
        self._asked: dict[str, set[datetime]] = defaultdict(set)
        self._before = self._current = ""

    def at(self, as_of: datetime) -> Mapping[str, Mapping[str, Compound]]:
        """The states of an instant, office → 小区编号 → compound; nothing is read yet."""
        return _OfficeByOffice(self._offices, lambda office: self.of(office, as_of))

    def of(self, office: str, as_of: datetime) -> Mapping[str, Compound]:
        """The state of one office at an instant."""
        if office != self._current:
            self._before, self._current = self._current, office
        self._asked[office].add(as_of)
        known = self._known[office]
        if as_of not in known:
            instants = sorted({as_of, *self._asked[self._before]} - known.keys())
            known.update(zip(instants, self._read(office, instants), strict=True))
        return known[as_of]


class _OfficeByOffice(Mapping[str, Mapping[str, Compound]]):
    """The states of an instant, each read when it is asked for."""

    def __init__(self, offices: Sequence[str], read: Callable[[str], Mapping[str, Compound]]) -> None:
        self._offices, self._read = offices, read

    def __getitem__(self, office: str) -> Mapping[str, Compound]:
        return self._read(office)

    def __iter__(self) -> Iterator[str]:
        return iter(self._offices)

    def __len__(self) -> int:
        return len(self._offices)


class RememberedStates:
    """States read once for several questions about one instant."""

    def __init__(self, read: ReadStates) -> None:
        self._read = read
        self._known: dict[str, dict[datetime, Mapping[str, Compound]]] = defaultdict(dict)

    def of(self, office: str, instants: Sequence[datetime]) -> Sequence[Mapping[str, Compound]]:
        """As ports.Ledger.states_of."""
        known = self._known[office]
        missing = [instant for instant in instants if instant not in known]
        if missing:
            known.update(zip(missing, self._read(office, missing), strict=True))
        return [known[instant] for instant in instants]
