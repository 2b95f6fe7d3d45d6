"""The ports of the papers in memory: a ledger with given returns, a register, a shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from duban.core.facts import ReturnFact
from duban.core.papers import Figure, PaperContent, PaperRecord, PaperState
from duban.pipeline.drafting import Desk
from duban.pipeline.paper_ports import Composer
from duban.pipeline.ports import ReturnRecord
from fakes.small_plan import SMALL_PLAN


@dataclass
class FakeLedger:
    """Answers the questions that papers ask; every return is given beforehand, and holds its office's whole state."""

    records: Sequence[ReturnRecord] = ()
    facts: Mapping[str, tuple[ReturnFact, ...]] = field(default_factory=dict)

    def returns(self, as_of: datetime) -> Mapping[str, tuple[ReturnFact, ...]]:
        return {office: tuple(f for f in facts if f.received_at <= as_of) for office, facts in self.facts.items()}

    def resting(self, asked: Sequence[tuple[str, datetime]]) -> Sequence[tuple[int, ...]]:
        return [self._last(office, at) for office, at in asked]

    def _last(self, office: str, at: datetime) -> tuple[int, ...]:
        known = [one for one in self.facts.get(office, ()) if one.counts and one.received_at <= at]
        return tuple(one.return_id for one in known[-1:])

    def return_records(self, as_of: datetime | None = None, since: datetime | None = None) -> Sequence[ReturnRecord]:
        known = [record for record in self.records if as_of is None or record.received_at <= as_of]
        return [record for record in known if since is None or record.received_at > since]

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]:
        return [record for record in self.records if record.return_id in return_ids]

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"papers have no business with the ledger's {name}")


@dataclass
class MemoryRegister:
    """A register that remembers; the same kind, office, as_of and items are one draft."""

    records: list[PaperRecord] = field(default_factory=list)
    kept: dict[int, Sequence[Figure]] = field(default_factory=dict)

    def add(self, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        for record in self.records:
            if (record.kind, record.office, record.as_of, record.items) == (
                content.kind,
                content.office,
                content.as_of,
                content.items,
            ):
                return record
        record = PaperRecord(
            id=len(self.records) + 1,
            kind=content.kind,
            title=content.title,
            to=content.to,
            cc=content.cc,
            number=None,
            state=PaperState.DRAFTED,
            as_of=content.as_of,
            path=path,
            sha256=sha256,
            office=content.office,
            week=content.week,
            rung=content.rung,
            items=content.items,
        )
        self.records.append(record)
        self.kept[record.id] = content.figures
        return record

    def figures(self, paper_id: int) -> Sequence[Figure]:
        return self.kept[paper_id]

    def papers(self, as_of: datetime | None = None) -> Sequence[PaperRecord]:
        return [one for one in self.records if as_of is None or one.as_of <= as_of]


@dataclass
class MemoryShelf:
    """A shelf of bytes by path."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, path: str, content: bytes) -> None:
        self.files[path] = content


def desk_of(composer: Composer, shelf: MemoryShelf | None = None, register: MemoryRegister | None = None) -> Desk:
    """The desk of the small plan; shelf and register are its own unless given."""
    return Desk(SMALL_PLAN, composer, register or MemoryRegister(), shelf or MemoryShelf())
