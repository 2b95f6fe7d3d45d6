"""The use cases of drafts and issued papers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duban.adapters import store
from duban.adapters.journal import FileJournal
from duban.core.papers import PaperKind, PaperRecord
from duban.core.signing import require_content
from duban.core.signing_texts import undrafted
from duban.pipeline.back_test import BackTest
from duban.pipeline.evidence_trace import EvidenceTrace
from duban.pipeline.hand_back import HandBack
from duban.pipeline.issued import GuardedLife, Reconcile
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.remind_persons import RemindPersons
from duban.pipeline.sign import Sign
from duban.pipeline.sign_all import SignAll
from duban.pipeline.sign_off import SignOff
from duban.pipeline.trace import Replay, Trace
from duban.pipeline.trace_rows import RowReader
from duban.pipeline.verify import Verify
from duban.wiring.papers import Papers


@dataclass(frozen=True)
class Issuing(Papers):
    """What is done with drafts and issued papers: signed, traced, verified."""

    @cached_property
    def life(self) -> GuardedLife:
        return GuardedLife(store.PostgresLife(self.engine, self.plan.key, self.templates.digest), self.reconcile)

    @cached_property
    def signing(self) -> Sign:
        from duban.adapters.gb9704 import lint  # noqa: PLC0415 - 1 s to load, and most commands sign nothing

        return Sign(self.plan, self.life, self.composer, lint, self.shelf, self.archive, self.watch_deadlines)

    @cached_property
    def reconcile(self) -> Reconcile:
        journal = FileJournal(self.settings.issued_path, self.plan.key)
        return Reconcile(journal, store.PostgresChainEnd(self.engine, self.plan.key))

    @cached_property
    def signing_all(self) -> SignAll:
        return SignAll(self.plan, self.register, self.signing, self.books.numbers)

    @cached_property
    def sign_off(self) -> SignOff:
        users = self.settings.user_of_person
        return SignOff(self.plan, self.life, self.register, self.signing, self.redraft, users)

    def remind_persons(self, as_of: datetime) -> list[str]:
        """Remind who has let papers wait for a day; returns the keys of the reminders told now."""
        reminders = RemindPersons(self.plan, self.life, self.register, self.signing.issuer).run(as_of)
        return [reminder.key for reminder in reminders if self.alerts.tell(reminder)]

    def redraft(self, paper: PaperRecord) -> PaperRecord:
        """Draft a paper that was sent back once more, worked out anew for its own instant, beside the first draft."""
        replay = self.replays.get(paper.kind)
        content = replay(paper) if replay else require_content(paper, self.life.open(paper.id).content)
        return self.desk.file(content, undrafted(paper.path))

    @cached_property
    def books(self) -> store.PostgresBooks:
        return store.PostgresBooks(self.engine, self.plan.key)

    @cached_property
    def verifying(self) -> Verify:
        return Verify(self.plan, self.books, self.archive, self.shelf, self.templates.digest, self.reconcile.settled)

    @cached_property
    def replays(self) -> dict[PaperKind, Replay]:
        """How what a paper of the register says is worked out anew, by kind."""
        letters = {PaperKind(rung.paper): self.watch_deadlines.replay for rung in self.plan.ladder}
        return {
            **letters,
            **self.periodic_papers.replays(),
            PaperKind.REPORTING_NOTICE: self.reporting_notice.replay,
            PaperKind.WEEKLY_REPORT: self.weekly_report.replay,
            PaperKind.RETURN_SLIP: lambda paper: self.return_slip.replay(paper, self.ledger),
        }

    @cached_property
    def back_testing(self) -> BackTest:
        return BackTest(self.weeks, self.register, self.life, self.composer, self.replays, self.mending_papers)

    @cached_property
    def trace(self) -> Trace:
        rows = RowReader(self.form, self.ledger, self.archive, self.reader)
        return Trace(self.plan, self.register, self.ledger, self.archive, rows, self.assessing.facts, self.replays)

    @cached_property
    def evidence(self) -> EvidenceTrace:
        return EvidenceTrace(
            self.shelf, lambda paper_id: self.life.open(paper_id).content, self.watch_deadlines.evidence
        )

    @cached_property
    def handing_back(self) -> HandBack:
        return HandBack(self.ledger, self.return_files.issue, self._issue_slip, self.shelf, self.outbox)

    def hand_back(self, as_of: datetime) -> list[int]:
        """Answer every judged return that has no answer yet; returns the ids of the correction slips."""
        return list(self.handing_back.run(as_of))

    def _issue_slip(self, record: ReturnRecord, as_of: datetime) -> PaperRecord | None:
        """The slip of a return, issued by the system itself: it only repeats a verdict."""
        slip = self.return_slip.draft(record, as_of)
        return slip and self.signing_all.automatically(slip, as_of)

    def draft_due_letters(self, as_of: datetime) -> list[int]:
        """Draft every letter that the ladder lets through at `as_of`, and issue those that nobody signs; their ids."""
        drafts = self.watch_deadlines.draft(as_of)
        return [self.signing_all.automatically(draft, as_of).id for draft in drafts]
