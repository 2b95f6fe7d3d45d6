"""What the board's pages show: one view a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.assessment import ObligationStatus, Progress, State
from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.delivery import Delivery
from duban.core.matters import OwedMatter
from duban.core.papers import PaperRecord
from duban.core.plan import Office
from duban.core.preview import Block
from duban.core.weeks import ReportingWeek
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.traced import FigureTrace


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
class NextLetter:
    """A letter that would go out: to whom, of which rung, for items of which rules."""

    office: str
    rung: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list a page shows, counted from 1, and of how many (None: not known); `more`: others follow."""

    number: int
    of: int | None
    more: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The page 总览. `offices` are the progress and the states by rule of those in this part of the plan's offices.

    `tomorrow` is the next working morning; of each list the first lines, and how many there are.
    """

    district: Progress
    due: date
    offices: tuple[tuple[Progress, Mapping[str, State]], ...]
    history: tuple[Point, ...]
    rules: tuple[str, ...]
    due_soon: tuple[Duty, ...]
    due_soon_count: int
    tomorrow: datetime
    letters: tuple[NextLetter, ...]
    letters_count: int
    missing: tuple[str, ...]
    missing_count: int
    part: Part


@dataclass(frozen=True, slots=True)
class OfficePage:
    """The page of one office; `matters` are what it has put to departments, `outside` what is not in its baseline.

    Of returns and papers the newest.
    """

    progress: Progress
    compounds: tuple[Compound, ...]
    outside: frozenset[str]
    returns: tuple[ReturnRecord, ...]
    files: Mapping[int, tuple[str, ...]]
    duties: tuple[Duty, ...]
    papers: tuple[PaperRecord, ...]
    deliveries: Mapping[int, tuple[Delivery, ...]]
    due: date
    matters: tuple[OwedMatter, ...]
    history: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A return as the page 报送 shows it; how many `findings` it has that want something of the office, and `hints`."""

    return_id: int
    office: str
    week: str
    received_at: datetime
    status: Status
    findings: int
    hints: int


@dataclass(frozen=True, slots=True)
class ReturnsPage:
    """The page 报送. `first` is the first return of an office for a week, `counted` the one that counts."""

    weeks: tuple[ReportingWeek, ...]
    offices: tuple[Office, ...]
    first: Mapping[tuple[str, str], ReturnLine]
    counted: Mapping[tuple[str, str], ReturnLine]
    codes: tuple[tuple[str, int], ...]
    part: Part
    span: Part

    def passed(self, office: str) -> tuple[int, int]:
        """Of an office's weeks shown with a return: those whose first return was accepted whole, and all of them."""
        found = [line for (code, _), line in self.first.items() if code == office]
        return sum(line.status is Status.ACCEPTED for line in found), len(found)


@dataclass(frozen=True, slots=True)
class PapersPage:
    """A part of the register, the latest first."""

    papers: tuple[PaperRecord, ...]
    deliveries: Mapping[int, tuple[Delivery, ...]]
    part: Part


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A figure; `whole`: worked out anew, down to the cells. Of the returns the first, and how many there are."""

    trace: FigureTrace
    whole: bool
    returns_count: int


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
