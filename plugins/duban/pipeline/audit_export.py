"""The chain of changes as a table for an auditor: who did what to which paper, when, with every digest."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from duban.core.audit import Link
from duban.core.weeks import ZONE


def audit_json(links: Sequence[Link], since: datetime) -> str:
    """A JSON list, oldest first."""
    return json.dumps(list(_rows(links, since)), ensure_ascii=False, indent=1) + "\n"


def audit_csv(links: Sequence[Link], since: datetime) -> str:
    """A CSV with a header, marked as UTF-8 so that Excel reads it."""
    text = io.StringIO()
    rows = list(_rows(links, since))
    writer = csv.DictWriter(text, rows[0].keys() if rows else ("seq",))
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + text.getvalue()


def _rows(links: Sequence[Link], since: datetime) -> Iterator[dict[str, object]]:
    for link in links:
        if link.entry.recorded_at >= since:
            row = asdict(link.entry) | {"digest": link.digest}
            yield {name: _told(value) for name, value in row.items()}


def _told(value: object) -> object:
    return value.astimezone(ZONE).isoformat() if isinstance(value, datetime) else value


def _safe(value: object) -> object:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
