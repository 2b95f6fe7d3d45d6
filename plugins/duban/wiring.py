"""The composition root: which adapter plays which port. Nothing else decides that; no Airflow here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from duban.adapters import store
from duban.adapters.annex import XlsxAnnexWriter
from duban.adapters.archive import FileArchive
from duban.adapters.clock import SystemClock
from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.expectations import ExpectationsRecord, load_suites
from duban.adapters.inbox import open_inbox
from duban.adapters.markup import WorkbookMarker
from duban.adapters.planfile import load_plan
from duban.adapters.settings import Settings
from duban.adapters.shelf import FileShelf
from duban.adapters.text import TextComposer
from duban.adapters.word import DocxComposer
from duban.adapters.workbook import BlankWorkbooks, WorkbookReader
from duban.core.assessment import Assessment
from duban.core.gate import Gate
from duban.core.paper_numbers import numbered_texts
from duban.core.papers import PaperKind
from duban.core.plan import Plan
from duban.core.returns import Form, declare_form
from duban.core.rules import Suites
from duban.core.rules_form import fit
from duban.core.state import fold
from duban.core.weeks import Weeks
from duban.pipeline.ask_changes import AskChanges
from duban.pipeline.assess import Assess
from duban.pipeline.blanks import NextBlanks
from duban.pipeline.check import Checker
from duban.pipeline.collect import Collect
from duban.pipeline.csv_folders import CsvFolders, ReturnReader
from duban.pipeline.drafting import Desk
from duban.pipeline.hand_back import HandBack
from duban.pipeline.judge import Judge
from duban.pipeline.periodic_papers import PeriodicPapers
from duban.pipeline.report_annex import ReportAnnex
from duban.pipeline.return_files import Marking, ReturnFiles
from duban.pipeline.return_life import ReturnLives
from duban.pipeline.return_slip import ReturnSlip
from duban.pipeline.sign import Sign
from duban.pipeline.trace import Replay, Trace
from duban.pipeline.trace_rows import RowReader
from duban.pipeline.verify import Verify
from duban.pipeline.watch_deadlines import WatchDeadlines
from duban.pipeline.weekly_report import WeeklyReport

if TYPE_CHECKING:
    from sqlalchemy import Engine

BUSINESS_DATABASE, AIRFLOW_DATABASE = "duban", "airflow"


@dataclass(frozen=True)
class Offline:
    """What needs no database: the plan, the form and the rules. `duban check` and `duban blank` use no more."""

    settings: Settings

    @cached_property
    def plan(self) -> Plan:
        return load_plan(self.settings.plan)

    @cached_property
    def weeks(self) -> Weeks:
        reporting = self.plan.reporting
        return Weeks(self.plan.calendar, reporting.first_day, reporting.cutoff_time)

    @cached_property
    def form(self) -> Form:
        aims = tuple((aim.key, aim.name) for aim in self.plan.aims)
        return declare_form(aims, self.plan.departments)

    @cached_property
    def suites(self) -> Suites:
        """The rules of expectations/, with this plan's aims and departments in place of the first plan's."""
        return fit(load_suites(self.settings.root / "expectations"), self.form)

    @cached_property
    def gate(self) -> Gate:
        return Gate(self.suites)

    @cached_property
    def checker(self) -> Checker:
        return Checker(self.plan, self.form, self.weeks, self.gate)

    @cached_property
    def workbooks(self) -> WorkbookReader:
        return WorkbookReader()

    @cached_property
    def reader(self) -> ReturnReader:
        return ReturnReader(self.workbooks, self.form)

    @cached_property
    def marking(self) -> Marking:
        return Marking(self.reader, WorkbookMarker(self.form))

    def close(self) -> None:
        if "workbooks" in self.__dict__:
            self.workbooks.close()


@dataclass(frozen=True)
class App(Offline):
    """The whole product, opened on its database."""

    engine: "Engine" = field(kw_only=True)

    @cached_property
    def ledger(self) -> store.PostgresLedger:
        return store.PostgresLedger(self.engine, self.plan.key, fold, tuple(aim.key for aim in self.plan.aims))

    @cached_property
    def decisions(self) -> store.PostgresDecisions:
        return store.PostgresDecisions(self.engine, self.plan.key)

    @cached_property
    def register(self) -> store.PostgresRegister:
        return store.PostgresRegister(self.engine, self.plan.key)

    @cached_property
    def archive(self) -> FileArchive:
        return FileArchive(self.settings.archive_path)

    @cached_property
    def shelf(self) -> FileShelf:
        return FileShelf(self.settings.papers_path)

    @cached_property
    def composer(self) -> DocxComposer:
        return DocxComposer(self.settings.root / "templates", numbered_texts(self.plan))

    @cached_property
    def collect(self) -> Collect:
        inbox = open_inbox(self.settings.inbox_url, SystemClock())
        folders = CsvFolders(self.reader, self.checker)
        return Collect(inbox, self.archive, self.ledger, folders, [office.code for office in self.plan.offices])

    @cached_property
    def judging(self) -> Judge:
        record = ExpectationsRecord(self.suites)
        return Judge(self.archive, self.ledger, self.reader, self.checker, record, decisions=self.decisions)

    @cached_property
    def assessing(self) -> Assess:
        return Assess(self.plan, self.weeks, self.ledger, self.decisions)

    @cached_property
    def signing(self) -> Sign:
        return Sign(self.plan, store.PostgresLife(self.engine, self.plan.key), self.composer, self.shelf, self.archive)

    @cached_property
    def verifying(self) -> Verify:
        return Verify(self.plan, store.PostgresBooks(self.engine, self.plan.key), self.archive, self.shelf)

    @cached_property
    def weekly_report(self) -> WeeklyReport:
        ports = (self.ledger, self.composer, self.register, self.shelf)
        report = WeeklyReport(self.plan, self.weeks, self.assess, *ports)
        return report.correcting(self.assessing.restated).listing(self.decisions.waivers)

    @cached_property
    def report_annex(self) -> ReportAnnex:
        return ReportAnnex(self.plan, self.weeks, self.assess, self.ledger, XlsxAnnexWriter(), self.shelf)

    @cached_property
    def periodic_papers(self) -> PeriodicPapers:
        desk = Desk(self.plan, self.composer, self.register, self.shelf)
        return PeriodicPapers.of(self.plan, self.weeks, self.assessing, self.ledger, desk)

    @cached_property
    def watch_deadlines(self) -> WatchDeadlines:
        return WatchDeadlines(self.plan, self.weeks, self.assess, self.ledger, self.composer, self.register, self.shelf)

    @cached_property
    def return_slip(self) -> ReturnSlip:
        return ReturnSlip(self.plan, self.weeks, self.composer, self.register, self.shelf, self.lives.compare)

    @cached_property
    def trace(self) -> Trace:
        rows = RowReader(self.form, self.ledger, self.archive, self.reader)
        letters = {PaperKind(rung.paper): self.watch_deadlines.replay for rung in self.plan.ladder}
        replays: dict[PaperKind, Replay] = {
            **letters,
            **self.periodic_papers.replays(),
            PaperKind.WEEKLY_REPORT: self.weekly_report.replay,
            PaperKind.RETURN_SLIP: lambda paper: self.return_slip.replay(paper, self.ledger),
        }
        return Trace(self.plan, self.register, self.ledger, self.archive, rows, self.assessing.facts, replays)

    @cached_property
    def lives(self) -> ReturnLives:
        return ReturnLives(self.form, self.ledger)

    @cached_property
    def texts(self) -> TextComposer:
        return TextComposer(self.settings.root / "templates")

    @cached_property
    def return_files(self) -> ReturnFiles:
        return ReturnFiles(self.plan, self.weeks, self.lives, self.archive, self.marking, self.texts, self.outbox)

    @cached_property
    def ask_changes(self) -> AskChanges:
        return AskChanges(self.plan, self.weeks, self.form, self.lives, self.texts, self.outbox)

    @cached_property
    def outbox(self) -> FileShelf:
        return FileShelf(self.settings.outbox_path)

    @cached_property
    def handing_back(self) -> HandBack:
        return HandBack(self.ledger, self.return_files.issue, self.return_slip.draft, self.shelf, self.outbox)

    @cached_property
    def next_blanks(self) -> NextBlanks:
        return NextBlanks(self.plan, self.weeks, self.form, self.gate, self.ledger, BlankWorkbooks(), self.outbox)

    def discover(self, as_of: datetime) -> list[int]:
        """Collect the inbox as it was at `as_of`; returns the ids of returns that wait for judgement."""
        return list(self.collect.discover(as_of))

    def judge(self, return_ids: Sequence[int], as_of: datetime) -> dict[str, int]:
        """Read, check and record these returns; returns counts by status."""
        return dict(self.judging.run(return_ids, as_of).counts)

    def assess(self, as_of: datetime) -> Assessment:
        """The plan at `as_of`."""
        return self.assessing.at(as_of)

    def hand_back(self, as_of: datetime) -> list[int]:
        """Answer every judged return that has no answer yet; returns the ids of the correction slips."""
        return list(self.handing_back.run(as_of))

    def draft_weekly_report(self, as_of: datetime) -> list[int]:
        """Draft the weekly report of the cut-off `as_of`, with its annex; returns the paper's id, or nothing."""
        record = self.weekly_report.draft(as_of)
        if record is None:
            return []
        self.report_annex.lay_beside(record)
        return [record.id]

    def draft_monthly_papers(self, as_of: datetime) -> list[int]:
        """Draft what the first working day of a month brings; returns the papers' ids."""
        return [record.id for record in self.periodic_papers.monthly(as_of)]

    def draft_year_assessment(self, as_of: datetime) -> list[int]:
        """Draft the year's assessment at the cut-off that judges a year; returns the paper's id, or nothing."""
        record = self.periodic_papers.yearly(as_of)
        return [record.id] if record else []

    def letters_due(self, as_of: datetime) -> bool:
        """Whether the ladder lets any letter through at `as_of`; nothing is written."""
        return bool(self.watch_deadlines.due(as_of))

    def draft_due_letters(self, as_of: datetime) -> list[int]:
        """Draft every letter that the ladder lets through at `as_of`; returns their ids."""
        return [record.id for record in self.watch_deadlines.draft(as_of)]


def server(settings: Settings) -> EmbeddedPostgres:
    """The embedded PostgreSQL of this home."""
    return EmbeddedPostgres(settings.home)


def database_url(settings: Settings) -> str:
    """Where the business database is; starts the embedded server when none is named."""
    return settings.database_url or server(settings).url(BUSINESS_DATABASE)


@contextmanager
def open_offline(settings: Settings | None = None) -> Iterator[Offline]:
    """What can be done without a database."""
    offline = Offline(settings or Settings())
    try:
        yield offline
    finally:
        offline.close()


@contextmanager
def open_app(settings: Settings | None = None) -> Iterator[App]:
    """The whole product on a migrated database."""
    settings = settings or Settings()
    engine = store.create_engine(database_url(settings))
    store.migrate(engine, settings.root / "sql" / "migrations")
    app = App(settings, engine=engine)
    try:
        yield app
    finally:
        app.close()
        engine.dispose()
