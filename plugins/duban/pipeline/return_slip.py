"""The correction slip 退回补正通知单: why a return came back and what is wanted (domain.md §7; 条例 24(三))."""

from collections.abc import Callable
from datetime import datetime

from duban.core.checked import Status
from duban.core.errors import InternalError
from duban.core.figures import Figures
from duban.core.findings import Finding, FindingClass
from duban.core.life_texts import row_in_a_paper
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.reporting import correction_due
from duban.core.typography import sentence
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import DASH, day_text, moment_text
from duban.pipeline.drafting import Desk, addressed, issue_fields, recipients, titled
from duban.pipeline.figures import Row
from duban.pipeline.paper_ports import Composer, PaperShelf, Register
from duban.pipeline.ports import Ledger, ReturnRecord
from duban.pipeline.receipt import file_name, line
from duban.pipeline.return_life import Comparison

RETURN = "return:"
SENT_BACK = (Status.RETURNED, Status.PARTIAL)
TOLD = (FindingClass.A, FindingClass.B, FindingClass.C)
MOST_CHANGES = 5
"""Changed rows that a slip tells; all of them stand in the receipt."""


def _not_compared(_record: ReturnRecord) -> Comparison | None:
    return None


class ReturnSlip:
    """Drafts the slip of a return of which something was sent back."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        composer: Composer,
        register: Register,
        shelf: PaperShelf,
        compare: Callable[[ReturnRecord], Comparison | None] = _not_compared,
    ) -> None:
        """`compare` tells what a return changed against its office's last version."""
        self._plan = plan
        self._compare = compare
        self._weeks = weeks
        self._desk = Desk(plan, composer, register, shelf)

    def draft(self, record: ReturnRecord, as_of: datetime) -> PaperRecord | None:
        """Draft the slip of `record`; None when every row of it was accepted, or its office is not in the plan."""
        office = self._plan.office(record.office)
        if office is None or record.status not in SENT_BACK:
            return None
        content = self.content(record, office.name, as_of)
        name = self._plan.paper(content.kind).name
        day = as_of.astimezone(ZONE).date()
        return self._desk.file(content, f"{content.kind}/{day}/{name}-{record.office}-{record.return_id}.docx")

    def content(self, record: ReturnRecord, office: str, as_of: datetime) -> PaperContent:
        """What the slip of one return says."""
        rule = self._plan.paper(PaperKind.RETURN_SLIP)
        figures = Figures()
        whole = record.status is Status.RETURNED
        for name in () if whole else ("read", "accepted", "rejected", "ignored"):
            figures.add(f"rows.{name}", str(record.rows.get(name, 0)), "returns.md row accounting", [record.return_id])
        findings = sorted((f for f in record.findings if f.cls in TOLD), key=_order)
        file = file_name(record.path)
        changes, more = self._changes(record)
        fields = issue_fields(self._plan, rule, as_of) | {
            "name": rule.name,
            **titled(self._plan, rule.name),
            **addressed(recipients(rule.to, office), recipients(rule.copy, office)),
            "received": moment_text(record.received_at),
            "file": file,
            "whole": whole,
            "week": self._week(record, as_of),
            "findings": [_row(finding) for finding in findings],
            "changes": changes,
            "more_changes": more,
            "deadline": self._deadline(as_of),
        }
        return PaperContent(
            kind=PaperKind.RETURN_SLIP,
            title=f"{rule.name}（{office}）",
            to=recipients(rule.to, office),
            cc=recipients(rule.copy, office),
            as_of=as_of,
            fields=fields,
            figures=figures.all(),
            office=record.office,
            week=record.week,
            items=(f"{RETURN}{record.return_id}",),
            quoted=(file, *changes, *(text for finding in findings for text in _outside(finding))),
            constants=tuple(sentence(finding.expected) for finding in findings),
        )

    def replay(self, paper: PaperRecord, ledger: Ledger) -> PaperContent:
        """What a slip of the register says, worked out anew from its return in the ledger."""
        [record] = ledger.return_records_of([int(paper.items[0].removeprefix(RETURN))])
        office = self._plan.office(record.office)
        return self.content(record, office.name if office else record.office, paper.as_of)

    def _changes(self, record: ReturnRecord) -> tuple[list[str], bool]:
        """The first rows that changed, and whether there are more; of a first version there is nothing to say."""
        comparison = self._compare(record)
        changes = comparison.changes if comparison and not comparison.first else ()
        return [line(row_in_a_paper(change)) for change in changes[:MOST_CHANGES]], len(changes) > MOST_CHANGES

    def _week(self, record: ReturnRecord, as_of: datetime) -> str:
        """The cut-off day of the week that the return is for; empty when its cover did not tell."""
        if record.week is None:
            return ""
        return day_text(self._weeks.of_key(record.week, as_of.astimezone(ZONE).date()).cutoff.date())

    def _deadline(self, as_of: datetime) -> str:
        """The day by which a corrected workbook is wanted: the plan's working days after the slip."""
        due = correction_due(self._plan, as_of)
        if due is None:
            raise InternalError("a slip is drafted under a plan that gives no time for corrections")
        return day_text(due)


def _order(finding: Finding) -> tuple[str, str, int, str]:
    """What must be corrected first, then by place."""
    return finding.cls.value, finding.sheet or "", finding.row or 0, finding.code


def _outside(finding: Finding) -> tuple[str, ...]:
    """What a row of the slip takes over from the return: the sheet's name, the 小区编号, what stands there."""
    return finding.sheet or DASH, finding.compound or DASH, finding.found


def _row(finding: Finding) -> Row:
    return {
        "sheet": finding.sheet or DASH,
        "cell": finding.cell or DASH,
        "compound": finding.compound or DASH,
        "code": finding.code,
        "found": finding.found,
        "expected": sentence(finding.expected),
        "class": finding.cls.value,
    }
