"""What the board's pages show: one view a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.assessment import Assessment, ObligationStatus, Progress
from duban.core.compound import Compound
from duban.core.delivery import Delivery
from duban.core.ladder import Letter
from duban.core.matters import OwedMatter
from duban.core.papers import PaperRecord
from duban.core.preview import Block
from duban.core.weeks import ReportingWeek
from duban.pipeline.ports import ReturnRecord


@dataclass(frozen=True, slots=True)
class Point:
    """Counts done by the end of a day, by the days of 备案 and 验收, as known at the board's instant."""

    day: date
    committees: int
    improvements: int


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation with its words and its last working day."""

    status: ObligationStatus
    deliverable: str
    due: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The page 总览. `cells` are the offices' obligations by (office, rule); `tomorrow` the next working morning."""

    assessment: Assessment
    history: tuple[Point, ...]
    rules: tuple[str, ...]
    cells: Mapping[tuple[str, str], ObligationStatus]
    due_soon: tuple[Duty, ...]
    tomorrow: datetime
    letters: tuple[Letter, ...]
    missing: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """The page of one office; `matters` are what it has put to departments."""

    progress: Progress
    compounds: tuple[Compound, ...]
    baseline: frozenset[str] | None
    returns: tuple[ReturnRecord, ...]
    files: Mapping[int, tuple[str, ...]]
    duties: tuple[Duty, ...]
    papers: tuple[PaperRecord, ...]
    deliveries: Mapping[int, tuple[Delivery, ...]]
    assessment: Assessment
    matters: tuple[OwedMatter, ...]
    history: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ReturnsPage:
    """The page 报送. `first` is the first return of an office for a week, `counted` the one that counts."""

    weeks: tuple[ReportingWeek, ...]
    first: Mapping[tuple[str, str], ReturnRecord]
    counted: Mapping[tuple[str, str], ReturnRecord]
    records: tuple[ReturnRecord, ...]
    codes: tuple[tuple[str, int], ...]

    def passed(self, office: str) -> tuple[int, int]:
        """Of an office's weeks with a return: those whose first return was accepted whole, and all of them."""
        found = [record for (code, _), record in self.first.items() if code == office]
        return sum(record.status.value == "accepted" for record in found), len(found)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper; `blocks` is empty where its content was not kept, `proven` says that it has its evidence."""

    record: PaperRecord
    blocks: tuple[Block, ...]
    deliveries: tuple[Delivery, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The evidence of a letter; `rows` as core.evidence_texts.COLUMNS."""

    record: PaperRecord
    rows: tuple[tuple[str, ...], ...]
