"""Returns, findings and papers as plain documents: what the --json commands print and outside checks rely on."""

from duban.core.asks import Ask
from duban.core.changes import RowChange
from duban.core.checked import Value, Verdict
from duban.core.findings import Finding
from duban.core.life_texts import NOT_COMPARED, STAGES, SYSTEM, WHY, place_text, row_text
from duban.core.messages import message
from duban.core.papers import PaperRecord, Signature
from duban.core.plan import Plan
from duban.core.returns import Form
from duban.core.weeks import Weeks
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.receipt import file_name, summary_of
from duban.pipeline.return_life import Step, Story
from duban.pipeline.verify import Verification

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
        "id": record.return_id,
        "file": record.path,
        "office": record.office,
        "week": _cutoff_date(record, weeks),
        "received_at": record.received_at.isoformat(),
        "status": record.status.value,
        "replaced_by": record.replaced_by,
        "after_signature": record.after_signature,
        "rows": dict(record.rows),
        "findings": [finding_document(finding) for finding in record.findings],
    }


def story_document(story: Story, plan: Plan, weeks: Weeks, form: Form) -> Document:
    """The life of one return: its record, steps, rows by table, requests, and what it changed (None: nothing taken)."""
    comparison = story.comparison
    return return_document(story.record, weeks) | {
        "life": [_step(step, story, plan, form) for step in story.steps],
        "tables": {
            form.table(key).sheet: {verdict.value: counts.get(verdict, 0) for verdict in Verdict}
            for key, counts in story.tables.items()
        },
        "asks": [_ask(ask, form) for ask in story.asks],
        "summary": summary_of(comparison) or NOT_COMPARED,
        "changes": None if comparison is None else [_change(change) for change in comparison.changes],
    }


def _step(step: Step, story: Story, plan: Plan, form: Form) -> Document:
    """One step, its name and reason in Chinese."""
    office = plan.office(step.by) if step.by else None
    place, reason = (_place(step.ask, form), step.ask.reason) if step.ask else ("", "")
    why = WHY[step.stage.value].format(
        file=file_name(story.record.path),
        rejected=story.record.rows.get("rejected", 0),
        other=step.other,
        place=place,
        reason=reason,
    )
    return {
        "step": step.stage.value,
        "name": STAGES[step.stage.value],
        "at": step.at.isoformat(),
        "by": office.name if office else step.by or SYSTEM,
        "why": why,
    }


def _ask(ask: Ask, form: Form) -> Document:
    return {
        "id": ask.ask_id,
        "place": _place(ask, form),
        "reason": ask.reason,
        "by": ask.by,
        "asked_at": ask.asked_at.isoformat(),
        "answered_by": ask.answered_by,
    }


def _place(ask: Ask, form: Form) -> str:
    return place_text(form.table(ask.table).sheet if ask.table else None, ask.compound)


def _change(change: RowChange) -> Document:
    """One row; dates are ISO texts and decimals texts, as nothing may be rounded."""
    return {
        "table": change.sheet,
        "compound": change.compound,
        "name": change.name,
        "kind": change.kind.value,
        "row": change.row,
        "cells": [{"column": cell.header, "old": _json(cell.old), "new": _json(cell.new)} for cell in change.cells],
        "text": row_text(change),
    }


def _json(value: Value) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


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
        "signed": _signature(record.signature),
    }


def _signature(signature: Signature | None) -> Document | None:
    """Who signed, when, and the signed paper's file; None before the signature."""
    if signature is None:
        return None
    return {
        "by": signature.by,
        "at": signature.at.isoformat(),
        "dated": signature.dated.isoformat(),
        "path": signature.path,
        "sha256": signature.sha256,
    }


def verification_document(found: Verification) -> Document:
    """What `duban verify` found."""
    entries, digest = found.end
    return {
        "sound": not found.defects,
        "checked": {
            "archived": found.archived,
            "entries": entries,
            "numbers": found.numbers,
            "papers": found.papers,
            "returns": found.returns,
        },
        "chain_end": digest,
        "defects": [{"check": defect.check, "text": defect.text} for defect in found.defects],
        "warnings": [{"check": warning.check, "text": warning.text} for warning in found.warnings],
    }
