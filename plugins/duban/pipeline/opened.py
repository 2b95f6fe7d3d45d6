"""A return on its way to its verdict: opened as a file, then a case beside what was known of its office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from duban.core.compound import Compound
from duban.core.errors import UnreadableReturnError
from duban.core.findings import Finding
from duban.core.gate.cover import Cover
from duban.core.gate.frame import Surroundings
from duban.core.gate.reasons import Reasons, StandingReason, read_reasons
from duban.core.tables import ReadReturn, ReadTable
from duban.core.waivers import Lifted, Waiver, lifted

# With these nothing can be said of the rows: whose they are is not known, or there are too many.
BLOCKING = frozenset({"F06", "F07", "F08"})


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of an office before its return came: its folded state (None: not given), the reasons that stood,

    the waivers in force.
    """

    last: Mapping[str, Compound] | None = None
    reasons: Sequence[StandingReason] = ()
    waivers: Sequence[Waiver] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook laid out as a file, before anything is asked about its office."""

    read: ReadReturn
    cover: Cover
    faults: tuple[Finding, ...]

    @property
    def subject(self) -> tuple[str, str] | None:
        """The office and the week (their keys) whose rows can be judged; None where they cannot be."""
        blocked = BLOCKING.intersection(finding.code for finding in (*self.cover.findings, *self.faults))
        if self.cover.office is None or self.cover.week is None or blocked:
            return None
        return self.cover.office, self.cover.week.key


Book = Opened | UnreadableReturnError


def subject_of(book: Book) -> tuple[str, str] | None:
    """As Opened.subject; None of what could not be read."""
    return book.subject if isinstance(book, Opened) else None


@dataclass(frozen=True, slots=True)
class Case:
    """An opened workbook before its rows are judged; `around` is None where they cannot be."""

    read: ReadReturn
    cover: Cover
    faults: tuple[Finding, ...]
    around: Surroundings | None
    reasons: Reasons
    waived: Lifted


def case_of(opened: Opened, known: Known) -> Case:
    """The case of an opened workbook."""
    read, cover, subject, around = opened.read, opened.cover, opened.subject, None
    if subject is not None and cover.week is not None:
        work_ids = _compound_ids(read.tables.get("work"))
        around = Surroundings(subject[0], cover.week.cutoff.date(), work_ids, known.last)
    reasons = replace(read_reasons(read), standing=known.reasons)
    return Case(read, cover, opened.faults, around, reasons, lifted(known.waivers))


def _compound_ids(work: ReadTable | None) -> frozenset[str] | None:
    if work is None or "compound_id" not in work.columns:
        return None
    values = (row.cells["compound_id"].value for row in work.rows)
    return frozenset(value for value in values if isinstance(value, str))
