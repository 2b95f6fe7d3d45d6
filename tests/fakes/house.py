"""An inbox on the disk with everything behind it, and the workbooks that clerks put into it."""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from duban.adapters.archive import FileArchive
from duban.adapters.inbox import LocalInbox
from duban.adapters.store import PostgresLedger
from duban.core.sheets import RawBook
from duban.pipeline.check import Checker
from duban.pipeline.collect import Collect, Limit, unlimited
from duban.pipeline.csv_folders import CsvFolders, ReturnReader
from duban.pipeline.judge import Judge, Record
from duban.pipeline.ports import ReturnRecord
from fakes.judged import at
from fakes.made_returns import MADE_PLAN, book

OFFICES = tuple(office.code for office in MADE_PLAN.offices)
EA, EB = OFFICES[:2]
CUTOFF = at("09-07 17:00")


class Today:
    """A clock of long afterwards: every file has settled."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class House:
    """The inbox and everything behind it."""

    inbox: Path
    archive: FileArchive
    ledger: PostgresLedger
    folders: CsvFolders
    collect: Collect
    judge: Judge

    def send(self, name: str, content: bytes, received_at: datetime) -> None:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (received_at.timestamp(), received_at.timestamp()))

    def round(self, as_of: datetime) -> dict[str, int]:
        """One run of collect_returns."""
        return dict(self.judge.run(self.collect.discover(as_of), as_of).counts)

    def records(self) -> dict[str, ReturnRecord]:
        """What became of each path, the last return of it."""
        return {record.path: record for record in self.ledger.return_records()}

    def fates(self) -> dict[str, str]:
        return {path: record.status.value for path, record in self.records().items()}

    def households(self, office: str, as_of: datetime) -> list[int | None]:
        return [compound.households for compound in self.ledger.compounds(as_of).get(office, {}).values()]


def open_house(
    root: Path,
    ledger: PostgresLedger,
    reader: ReturnReader,
    record: Record,
    checker: Checker,
    offices: Sequence[str] = OFFICES,
    limit: Limit = unlimited,
) -> House:
    """A house in the folder `root`; several may share one."""
    inbox, archive = root / "inbox", FileArchive(root / "archive")
    inbox.mkdir(exist_ok=True)
    folders = CsvFolders(reader, checker)
    collect = Collect(LocalInbox(inbox, Today()), archive, ledger, folders, offices, limit)
    return House(inbox, archive, ledger, folders, collect, Judge(archive, ledger, reader, checker, record))


def workbook(raw: RawBook) -> bytes:
    """A made return as the .xlsx that a clerk would send."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as file:
        for sheet in raw.sheets:
            page = file.add_worksheet(sheet.name)
            for line, row in enumerate(sheet.rows):
                page.write_row(line, 0, ["" if cell is None else cell for cell in row])
    return written.getvalue()


def weekly(households: int | str = 300, *, cutoff: str = "2018-09-07", office: str = EA) -> bytes:
    """A return with one compound; its number of households tells which return counts."""
    cover = {"office": f"{office}办事处", "week": cutoff}
    row = {"compound_id": f"{office}-001"}
    raw = book([{**row, "households": households}], [row], (), cover=cover)
    return workbook(raw)
