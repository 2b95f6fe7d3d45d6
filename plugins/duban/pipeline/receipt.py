"""回执: what an office is told of every return, clean or not (returns.md). Its wording is templates/receipt.txt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from duban.core.cleaning import clean
from duban.core.empty import HINT as EMPTY
from duban.core.findings import Finding, FindingClass
from duban.core.life_texts import FIRST, row_text, summary
from duban.core.marking import Heading, to_be_mended
from duban.core.messages import message
from duban.core.wording import date_text, full_moment_text
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.return_life import Comparison

MOST_TOLD = 20
"""Findings that a receipt repeats; all of them stand in the marked workbook and in the slip."""

TEMPLATE = "receipt"

Fields = Mapping[str, object]


def receipt_fields(record: ReturnRecord, heading: Heading, marked: str | None, changed: Fields) -> Fields:
    """What the template shows; `marked` is the name of the marked workbook that goes along, None without one.

    `changed` is what `compared` says.
    """
    counts = Counter(finding.cls for finding in record.findings)
    questions = [finding for finding in record.findings if finding.cls is FindingClass.C]
    faults = file_faults(record.findings) if marked else [*filter(to_be_mended, record.findings)]
    return {
        "return_id": record.return_id,
        "office": heading.office,
        "file": heading.file,
        "received": full_moment_text(record.received_at),
        "sha256": record.sha256,
        "cutoff": _date(heading.cutoff),
        "status": record.status.value,
        "rows": record.rows,
        "counts": {cls.value: counts[cls] for cls in FindingClass},
        "faults": _told(faults),
        "more_faults": max(len(faults) - MOST_TOLD, 0),
        "questions": _told(questions),
        "more_questions": max(len(questions) - MOST_TOLD, 0),
        "to_mend": any(map(to_be_mended, record.findings)),
        "marked": marked,
        "deadline": _date(heading.deadline),
        "after_signature": record.after_signature,
        "asks": heading.asks,
        "unconfirmed": _told([finding for finding in record.findings if finding.code == EMPTY]),
        **changed,
    }


def compared(comparison: Comparison | None) -> Fields:
    """What the template shows of the changes: a sentence, and the rows; nothing where nothing was taken.

    Where all is new the sentence says so, and no row has to.
    """
    changes = comparison.changes if comparison else ()
    listed = () if comparison is None or comparison.first else changes[:MOST_TOLD]
    return {
        "changed": summary_of(comparison),
        "changes": [line(row_text(change)) for change in listed],
        "more_changes": len(changes) - len(listed) if listed else 0,
    }


def summary_of(comparison: Comparison | None) -> str:
    """What a return changed, in a sentence; empty where nothing of it was taken."""
    if comparison is None:
        return ""
    return FIRST if comparison.first else summary(comparison.changes)


def file_faults(findings: Sequence[Finding]) -> list[Finding]:
    """Those that send the whole file back."""
    return [finding for finding in findings if finding.code[0] == "F" and finding.cls is FindingClass.A]


def file_name(path: str) -> str:
    """The name of a file as one line of text: names are never trusted (faults.md B-45)."""
    return line(PurePosixPath(path).name)


def line(text: str) -> str:
    """`text` without anything that would begin another line or cannot be seen."""
    return clean(text)[0]


def _told(findings: Sequence[Finding]) -> list[str]:
    return [line(message(finding)) for finding in findings[:MOST_TOLD]]


def _date(day: date | None) -> str:
    return date_text(day) if day else ""
