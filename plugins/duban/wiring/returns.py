"""The use cases of the offices' returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duban.adapters.clock import SystemClock
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.inbox import open_inbox
from duban.adapters.text import TextComposer
from duban.adapters.workbook import BlankWorkbooks
from duban.pipeline.ask_changes import AskChanges
from duban.pipeline.blanks import NextBlanks
from duban.pipeline.collect import Collect
from duban.pipeline.csv_folders import CsvFolders
from duban.pipeline.judge import Judge
from duban.pipeline.limit_offices import LimitOffices
from duban.pipeline.return_files import ReturnFiles
from duban.pipeline.return_life import ReturnLives
from duban.pipeline.return_slip import ReturnSlip
from duban.wiring.stores import Stores


@dataclass(frozen=True)
class Returns(Stores):
    """What is done with the offices' returns: collected, judged, answered."""

    @cached_property
    def collect(self) -> Collect:
        inbox = open_inbox(self.settings.inbox_url, SystemClock())
        folders = CsvFolders(self.reader, self.checker)
        limit = LimitOffices(self.plan, self.ledger.taken_on, self.outbox)
        offices = [office.code for office in self.plan.offices]
        return Collect(inbox, self.archive, self.ledger, folders, offices, limit)

    @cached_property
    def judging(self) -> Judge:
        record = ExpectationsRecord(self.suites)
        return Judge(self.archive, self.ledger, self.reader, self.checker, record, decisions=self.decisions)

    @cached_property
    def lives(self) -> ReturnLives:
        return ReturnLives(self.form, self.ledger)

    @cached_property
    def texts(self) -> TextComposer:
        return TextComposer(self.settings.templates_path)

    @cached_property
    def return_slip(self) -> ReturnSlip:
        return ReturnSlip(self.plan, self.weeks, self.composer, self.register, self.shelf, self.lives.compare)

    @cached_property
    def return_files(self) -> ReturnFiles:
        return ReturnFiles(self.plan, self.weeks, self.lives, self.archive, self.marking, self.texts, self.outbox)

    @cached_property
    def ask_changes(self) -> AskChanges:
        return AskChanges(self.plan, self.weeks, self.form, self.lives, self.texts, self.outbox)

    @cached_property
    def next_blanks(self) -> NextBlanks:
        return NextBlanks(self.plan, self.weeks, self.form, self.gate, self.ledger, BlankWorkbooks(), self.outbox)

    def discover(self, as_of: datetime) -> list[int]:
        """Collect the inbox as it was at `as_of`; returns the ids of returns that wait for judgement."""
        return list(self.collect.discover(as_of))

    def judge(self, return_ids: Sequence[int], as_of: datetime) -> dict[str, int]:
        """Read, check and record these returns; returns counts by status."""
        return dict(self.judging.run(return_ids, as_of).counts)
