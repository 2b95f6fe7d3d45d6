"""What goes back to an office for a return, besides the slip: the marked workbook and the receipt 回执."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from duban.core.communities import NOWHERE
from duban.core.errors import UnreadableReturnError
from duban.core.findings import Finding
from duban.core.marking import Heading, MarkedWorkbook, to_be_mended
from duban.core.plan import Plan
from duban.core.reporting import correction_due
from duban.core.sheets import RawBook
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.ports import Archive, Reader, ReturnRecord
from duban.pipeline.receipt import TEMPLATE, compared, file_name, receipt_fields
from duban.pipeline.return_life import ReturnLives

MARKED = "{period}-{return_id}-补正.xlsx"
RECEIPT = "{period}-{return_id}-回执.txt"


class Marker(Protocol):
    """Marks workbooks."""

    def mark_up(
        self,
        content: bytes,
        book: RawBook,
        findings: Sequence[Finding],
        heading: Heading,
        communities: Mapping[str, str] = NOWHERE,
    ) -> MarkedWorkbook | None:
        """The workbook marked, with 补正清单 in front and a sheet for each 社区; None when that cannot be done.

        `communities` gives 社区 by 小区编号 for compounds that the workbook leaves out.
        """
        ...


class TextTemplates(Protocol):
    """Fills the templates of plain texts."""

    def compose(self, name: str, fields: Mapping[str, object]) -> bytes: ...


class Outbox(Protocol):
    """The folder that offices fetch from ($DUBAN_OUTBOX), with a folder for each."""

    def put(self, path: str, content: bytes) -> None:
        """Place `content` at `path`; the same bytes again change nothing. Raises ConflictError for other bytes."""
        ...


class Marking:
    """Marks a file whose findings are known: a return that goes back, or a file that a clerk checks."""

    def __init__(self, reader: Reader, marker: Marker) -> None:
        self._reader, self._marker = reader, marker

    def run(
        self,
        name: str,
        content: bytes,
        findings: Sequence[Finding],
        heading: Heading,
        communities: Mapping[str, str] = NOWHERE,
    ) -> MarkedWorkbook | None:
        """The marked workbook; None for a file that cannot be read, or not be marked. `name` is as for the reader."""
        [(_, book)] = self._reader.read_all([(name, content)])
        if isinstance(book, UnreadableReturnError):
            return None
        return self._marker.mark_up(content, book, findings, heading, communities)


class ReturnFiles:
    """Issues to the offices what answers their returns."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        lives: ReturnLives,
        archive: Archive,
        marking: Marking,
        texts: TextTemplates,
        outbox: Outbox,
    ) -> None:
        self._plan, self._weeks, self._lives, self._archive = plan, weeks, lives, archive
        self._marking, self._texts, self._outbox = marking, texts, outbox

    def issue(self, return_id: int, as_of: datetime) -> tuple[str, ...]:
        """Issue what answers one judged return; returns the paths in the outbox.

        `as_of` is the tick that judged it, from which the time for corrections runs. The same call again changes
        nothing. Raises UsageError for a return without a verdict, ConflictError when other bytes were issued for it.
        """
        record = self._lives.record(return_id)
        heading = self._heading(record, as_of)
        marked = self._marked(record, heading)
        files = {named(MARKED, record): marked.content} if marked else {}
        fields = receipt_fields(record, heading, next(iter(files), None), compared(self._lives.compare(record)))
        files[named(RECEIPT, record)] = self._texts.compose(TEMPLATE, fields)
        for name, content in files.items():
            self._outbox.put(f"{record.office}/{name}", content)
        return tuple(f"{record.office}/{name}" for name in files)

    def _heading(self, record: ReturnRecord, as_of: datetime) -> Heading:
        office = self._plan.office(record.office)
        return Heading(
            file=file_name(record.path),
            office=office.name if office else record.office,
            cutoff=cutoff_of(self._weeks, record),
            received_at=record.received_at,
            return_id=record.return_id,
            deadline=correction_due(self._plan, as_of),
            asks=tuple(self._lives.open_asks(record)),
        )

    def _marked(self, record: ReturnRecord, heading: Heading) -> MarkedWorkbook | None:
        """None when nothing has to be mended, or there is nothing that could be marked."""
        if not any(map(to_be_mended, record.findings)):
            return None
        content, communities = self._archive.get(record.sha256), self._lives.communities(record)
        return self._marking.run(record.path, content, record.findings, heading, communities)


def named(form: str, record: ReturnRecord, **more: object) -> str:
    """Named by the week of the return, and by the day of its receipt where its cover did not tell."""
    period = record.week or record.received_at.astimezone(ZONE).date().isoformat()
    return form.format(period=period, return_id=record.return_id, **more)


def cutoff_of(weeks: Weeks, record: ReturnRecord) -> date | None:
    """The cut-off day of the week that a return is for; None where its cover did not tell."""
    if record.week is None:
        return None
    return weeks.of_key(record.week, record.received_at.astimezone(ZONE).date()).cutoff.date()
