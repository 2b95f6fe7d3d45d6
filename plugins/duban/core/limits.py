"""How much an office may send: what goes beyond it is left where it lies, and nobody else has to wait for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """An office's limits, of the plan: files that are taken in on a day, and the megabytes (1024² bytes) of one."""

    files_a_day: int
    megabytes_a_file: int


class Sent(Protocol):
    """A file as far as its limits are concerned; `size` in bytes."""

    @property
    def office(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def size(self) -> int: ...


File = TypeVar("File", bound=Sent)


@dataclass(frozen=True)
class Admitted(Generic[File]):
    """What is taken in now, what is too large whenever it is looked at, and what has to wait for another day."""

    taken: list[File] = field(default_factory=list)
    too_large: list[File] = field(default_factory=list)
    too_many: list[File] = field(default_factory=list)


def admit(limits: Limits, files: Iterable[File], taken_today: Mapping[str, int]) -> Admitted[File]:
    """Sort new files, first come first taken; `taken_today`: office → what was taken in of it on this day before."""
    count, admitted = Counter(taken_today), Admitted[File]()
    for file in files:
        if file.size > limits.megabytes_a_file * MEGABYTE:
            admitted.too_large.append(file)
        elif count[file.office] >= limits.files_a_day:
            admitted.too_many.append(file)
        else:
            count[file.office] += 1
            admitted.taken.append(file)
    return admitted
