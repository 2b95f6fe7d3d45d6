"""The next blank: each office's workbook for a week, filled with what it last had accepted (issue 3, item 5)."""

import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from duban.core.compound import Compound
from duban.core.errors import ConflictError
from duban.core.findings import Finding, FindingClass
from duban.core.gate.executor import Gate
from duban.core.plan import Office, Plan
from duban.core.prefill import COMPOUND_ID, Known, Place, Prefilled, overdue, prefill
from duban.core.returns import Form
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.ports import Before, LastRow, Ledger
from duban.pipeline.return_files import Outbox

LOG = logging.getLogger(__name__)
FILE = "{cutoff}-周报表.xlsx"


class BlankWriter(Protocol):
    """Writes blanks; the same arguments give the same bytes."""

    def write(self, office: Office, cutoff: date, filled: Prefilled) -> bytes: ...


class NextBlanks:
    """Fills blanks from the ledger and hands them out."""

    def __init__(
        self, plan: Plan, weeks: Weeks, form: Form, gate: Gate, ledger: Ledger, writer: BlankWriter, outbox: Outbox
    ) -> None:
        self._plan, self._weeks, self._form, self._gate = plan, weeks, form, gate
        self._ledger, self._writer, self._outbox = ledger, writer, outbox

    def hand_out(self, as_of: datetime) -> list[str]:
        """Put every office's blank for the week of `as_of` into its folder; returns the paths in the outbox.

        A blank once handed out stays as it is: the office may be at work on it. Before the first reporting week there
        is none.
        """
        today = as_of.astimezone(ZONE).date()
        week = self._weeks.covering(today, today)
        return [self._hand_out(office, week, as_of) for office in self._plan.offices] if week else []

    def _hand_out(self, office: Office, week: ReportingWeek, as_of: datetime) -> str:
        path = f"{office.code}/{FILE.format(cutoff=week.cutoff.date().isoformat())}"
        try:
            self._outbox.put(path, self.compose(office, week, as_of))
        except ConflictError:
            LOG.info("%s was handed out before and stays as it is", path)
        return path

    def compose(self, office: Office, week: ReportingWeek, as_of: datetime) -> bytes:
        """The blank of `office` for `week`, with what was accepted by `as_of`."""
        cutoff = week.cutoff.date()
        [compounds] = self._ledger.states_of(office.code, [as_of])
        filled = prefill(self._form, self._gate, self._known(office, week, compounds, as_of))
        late = overdue(self._plan, compounds, as_of.astimezone(ZONE).date())
        return self._writer.write(office, cutoff, replace(filled, overdue=late))

    def _known(self, office: Office, week: ReportingWeek, compounds: Mapping[str, Compound], as_of: datetime) -> Known:
        last = [one for one in self._ledger.last_rows(office.code, as_of) if one.row.compound in compounds]
        return Known(
            compounds=compounds,
            rows={(one.row.table, one.row.compound): one.row for one in last},
            refused=dict(self._refused(last)),
            reasons=self._ledger.standing_reasons([Before(office.code, week.key, as_of)])[0],
        )

    def _refused(self, last: Sequence[LastRow]) -> Iterator[tuple[Place, Set[str]]]:
        """Of each rejected row the columns that it was refused for."""
        rejected = [one for one in last if one.row.reason is not None]
        records = self._ledger.return_records_of(sorted({one.return_id for one in rejected}))
        findings = {record.return_id: record.findings for record in records}
        for one in rejected:
            told = (f for f in findings[one.return_id] if (f.compound, f.row) == (one.row.compound, one.row.row))
            columns = {f.column for f in told if _refuses(f) and f.column}
            yield (one.row.table, one.row.compound), columns - {COMPOUND_ID}


def _refuses(finding: Finding) -> bool:
    return finding.cls is FindingClass.A or (finding.cls is FindingClass.B and finding.reason is None)
