"""Returns, findings and papers as plain documents: what the --json commands print and outside checks rely on."""

from duban.core.findings import Finding
from duban.core.messages import message
from duban.core.papers import PaperRecord
from duban.core.weeks import Weeks
from duban.pipeline.ports import ReturnRecord

Document = dict[str, object]


def finding_document(finding: Finding) -> Document:
    """One finding with its Chinese message."""
    return {
        "code": finding.code,
        "class": finding.cls.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "compound": finding.compound,
        "found": finding.found,
        "expected": finding.expected,
        "message": message(finding),
        "reason": finding.reason,
    }


def return_document(record: ReturnRecord, weeks: Weeks) -> Document:
    """One return; `week` is its cut-off date, None when the cover did not tell."""
    return {
        "file": record.path,
        "office": record.office,
        "week": _cutoff_date(record, weeks),
        "received_at": record.received_at.isoformat(),
        "status": record.status.value,
        "rows": dict(record.rows),
        "findings": [finding_document(finding) for finding in record.findings],
    }


def _cutoff_date(record: ReturnRecord, weeks: Weeks) -> str | None:
    if record.week is None:
        return None
    return weeks.of_key(record.week, record.received_at.date()).cutoff.date().isoformat()


def paper_document(record: PaperRecord) -> Document:
    """One paper of the register; `path` is relative to the papers folder."""
    return {
        "id": record.id,
        "kind": record.kind.value,
        "title": record.title,
        "to": list(record.to),
        "cc": list(record.cc),
        "number": record.number,
        "state": record.state.value,
        "as_of": record.as_of.isoformat(),
        "path": record.path,
        "sha256": record.sha256,
        "office": record.office,
        "items": list(record.items),
    }
