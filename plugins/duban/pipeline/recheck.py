"""Rechecking: which accepted returns the rules of today would refuse, without changing anything (issue 3, item 9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from duban.core.checked import Status, Verdict
from duban.core.findings import Finding, FindingClass
from duban.core.messages import message
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.core.wording import full_moment_text
from duban.pipeline.examine import Examiner
from duban.pipeline.ports import Ledger, ReceivedReturn, ReturnRecord
from duban.pipeline.receipt import file_name
from duban.pipeline.return_files import Outbox, TextTemplates

TEMPLATE = "recheck"
NOTE = "{period}-{return_id}-规则变更-{version}.txt"
TOLD = (FindingClass.A, FindingClass.B, FindingClass.C)

Identity = tuple[str, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """An accepted return that the rules of today judge otherwise: its record, what would become of it, and which
    findings it would have besides (`new`) and no longer (`gone`).
    """

    record: ReturnRecord
    status: Status
    rejected: int
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether more of it would be refused than was."""
        return self.status is Status.RETURNED or self.rejected > self.record.rows["rejected"]


class Recheck:
    """Judges accepted returns again as of their receipt, with the rules of today; the ledger stays as it is."""

    def __init__(
        self, plan: Plan, ledger: Ledger, examiner: Examiner, rules_version: str, texts: TextTemplates, outbox: Outbox
    ) -> None:
        self._plan, self._ledger, self._examiner = plan, ledger, examiner
        self._rules_version, self._texts, self._outbox = rules_version, texts, outbox

    def concerned(self, since: datetime) -> list[ReturnRecord]:
        """The returns received from `since` on that count, oldest first."""
        records = self._ledger.return_records()
        return [record for record in records if record.received_at >= since and record.status.counts]

    def run(self, record: ReturnRecord) -> Rechecked | None:
        """What one return would become today; None when nothing that an office is told of would change."""
        received = ReceivedReturn(record.return_id, record.office, record.path, record.sha256, record.received_at)
        checked = self._examiner.examine(received).checked
        before, now = dict(_told(record.findings)), dict(_told(checked.findings))
        new = tuple(finding for key, finding in now.items() if key not in before)
        gone = tuple(finding for key, finding in before.items() if key not in now)
        if not new and not gone and checked.status is record.status:
            return None
        return Rechecked(record, checked.status, checked.count(Verdict.REJECTED), new, gone)

    def tell(self, rechecked: Rechecked) -> str:
        """Put a note about one return into its office's folder; returns its path in the outbox.

        The same call again changes nothing: a note belongs to a return and a version of the rules.
        """
        record = rechecked.record
        period = record.week or record.received_at.astimezone(ZONE).date().isoformat()
        name = NOTE.format(period=period, return_id=record.return_id, version=self._rules_version)
        path = f"{record.office}/{name}"
        self._outbox.put(path, self._texts.compose(TEMPLATE, self._fields(rechecked)))
        return path

    def _fields(self, rechecked: Rechecked) -> Mapping[str, object]:
        record = rechecked.record
        office = self._plan.office(record.office)
        return {
            "office": office.name if office else record.office,
            "return_id": record.return_id,
            "file": file_name(record.path),
            "received": full_moment_text(record.received_at),
            "version": self._rules_version,
            "refused": rechecked.refused,
            "new": [message(finding) for finding in rechecked.new],
            "gone": [message(finding) for finding in rechecked.gone],
        }


def _told(findings: tuple[Finding, ...]) -> Iterator[tuple[Identity, Finding]]:
    """What an office is told of, each by what makes two findings the same."""
    for finding in findings:
        if finding.cls in TOLD:
            yield (finding.code, finding.sheet, finding.cell, finding.compound, finding.column), finding
