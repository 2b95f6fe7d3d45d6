"""Waivers, what waits for a decision on a baseline, and rechecked returns as plain documents, for --json."""

from duban.core.amendments import Proposal
from duban.core.empty import WaitingZeroReport
from duban.core.waivers import Waiver
from duban.pipeline.documents import Document, finding_document
from duban.pipeline.recheck import Rechecked


def waiver_document(waiver: Waiver) -> Document:
    """One waiver; `until` is the last day on which it holds."""
    return {
        "rule": waiver.rule,
        "compound": waiver.compound,
        "until": waiver.until.isoformat(),
        "reason": waiver.reason,
        "by": waiver.by,
        "decided_at": waiver.decided_at.isoformat(),
    }


def proposal_document(proposal: Proposal) -> Document:
    """One compound that waits for a decision on the baseline, with the return that told of it."""
    return {
        "office": proposal.office,
        "compound": proposal.compound,
        "name": proposal.name,
        "change": proposal.change.value,
        "since": proposal.since.isoformat() if proposal.since else None,
        "return": proposal.return_id,
    }


def zero_report_document(waiting: WaitingZeroReport) -> Document:
    """One zero report that waits for the bureau, in the shape of a proposal: it is about no compound."""
    return {
        "office": waiting.office,
        "compound": None,
        "name": None,
        "change": "empty",
        "since": waiting.since.isoformat(),
        "return": waiting.return_id,
    }


def rechecked_document(rechecked: Rechecked) -> Document:
    """One return that the rules of today judge otherwise."""
    record = rechecked.record
    return {
        "return": record.return_id,
        "file": record.path,
        "office": record.office,
        "received_at": record.received_at.isoformat(),
        "status": {"then": record.status.value, "now": rechecked.status.value},
        "rejected": {"then": record.rows["rejected"], "now": rechecked.rejected},
        "refused": rechecked.refused,
        "new": [finding_document(finding) for finding in rechecked.new],
        "gone": [finding_document(finding) for finding in rechecked.gone],
    }
