"""The evidence of a letter: for each item what was due and on what ground, what came for it and when, and how judged.
Frozen with the draft; worked out anew at any time from what was known then. Nobody is accused without proof.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from duban.core.assessment import ObligationStatus
from duban.core.ladder import Letter
from duban.core.plan import Ground, Plan
from duban.core.weeks import ZONE
from duban.pipeline.duties import Duties
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.status import Document, obligation_document


def evidence(letter: Letter, duties: Duties, returns: Mapping[int, ReturnRecord]) -> Document:
    """The evidence of `letter` at the instant of `duties`, in plain values; `returns` by id, as known then."""
    moment = duties.moment
    return {
        "plan": duties.plan.key,
        "as_of": moment.as_of.astimezone(ZONE).isoformat(),
        "office": letter.office,
        "rung": letter.rung.key,
        "calendar": _calendar(duties.plan, moment.as_of),
        "items": [_item(status, duties, returns) for status in letter.items],
    }


def packed(document: Document) -> str:
    """The text that is kept: the same evidence, the same text."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _calendar(plan: Plan, as_of: datetime) -> list[Document]:
    """The notices of the State Council by which working days were counted: those that had been published."""
    known = plan.calendar.known_on(as_of.astimezone(ZONE).date()).notices.values()
    return [{"year": one.year, "published": one.published.isoformat()} for one in sorted(known, key=lambda n: n.year)]


def _item(status: ObligationStatus, duties: Duties, returns: Mapping[int, ReturnRecord]) -> Document:
    return {
        **obligation_document(status),
        "key": status.key,
        "deliverable": duties.deliverable(status),
        "ground": _ground(duties.ground(status), duties),
        "evidence_rule": duties.rule(status).evidence.value,
        "working_days_overdue": status.working_days_overdue,
        "calendar_provisional": status.provisional,
        "last_working_day": duties.workday_before(status) or None,
        "received": [_received(record) for record in came_for(status, returns)],
    }


def came_for(status: ObligationStatus, returns: Mapping[int, ReturnRecord]) -> Sequence[ReturnRecord]:
    """The returns that came for an item, as far as they are known, oldest first."""
    return sorted((returns[i] for i in status.received if i in returns), key=lambda record: record.received_at)


def _ground(ground: Ground, duties: Duties) -> Document:
    basis = duties.plan.basis
    return {
        "clause": ground.clause,
        "decision": ground.decision,
        "source": duties.plan.source.number,
        "basis": None if ground.clause is not None or basis is None else basis.number,
    }


def _received(record: ReturnRecord) -> Document:
    """A return that came for the item, met or not, with the cells that its office was told of."""
    return {
        "return": record.return_id,
        "file": record.path,
        "received_at": record.received_at.astimezone(ZONE).isoformat(),
        "sha256": record.sha256,
        "status": record.status.value,
        "cells": [{"code": one.code, "sheet": one.sheet, "cell": one.cell} for one in record.findings],
    }


def differences(frozen: Document, again: Document) -> Sequence[str]:
    """The keys of the items that were judged otherwise than they are now; `letter` where the letter itself differs."""
    if frozen == again:
        return ()
    before, now = _by_key(frozen), _by_key(again)
    differing = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
    return differing or ["letter"]


def _by_key(document: Document) -> Mapping[str, Document]:
    items = document["items"]
    assert isinstance(items, list)  # noqa: S101  # as `evidence` makes it
    return {str(item["key"]): item for item in items}
