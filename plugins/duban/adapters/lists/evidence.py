"""The 证据清单 that goes with a letter, as a workbook: for each item what was due, and every file that came for it."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from duban.adapters.lists import sheet as sheets
from duban.adapters.lists.sheet import book_of
from duban.core.evidence_texts import COLUMNS, NOTHING_CAME, STATUSES, TITLE
from duban.core.masking import mask

Document = Mapping[str, Any]


class XlsxEvidenceList:
    """Writes the list; the same evidence gives the same bytes."""

    def write(self, title: str, evidence: Document) -> bytes:
        """One sheet: a line for each file that came, or one that nothing came; ready to print on A4 across."""
        buffer = io.BytesIO()
        as_of = evidence["as_of"]
        with book_of(buffer, datetime.fromisoformat(as_of), strings_to_urls=False) as book:
            sheet = book.add_worksheet("证据清单")
            heading, head, cell = (book.add_format(look) for look in (sheets.TITLE, sheets.HEAD, sheets.CELL))
            sheets.begin(sheet, TITLE.format(title=title, as_of=as_of), COLUMNS, (heading, head))
            for place, row in enumerate(_rows(evidence), sheets.FIRST):
                sheets.line(sheet, place, row, cell)
            sheets.for_print(sheet)
        return buffer.getvalue()


def _rows(evidence: Document) -> Iterator[tuple[str, ...]]:
    years = "、".join(f"{one['year']}（{one['published']}）" for one in evidence["calendar"])
    for item in evidence["items"]:
        ground = item["ground"]
        told = (item["key"], item["deliverable"], ground["clause"] or ground["decision"] or "", item["due"])
        overdue = f"{item['days_overdue']}/{item['working_days_overdue']}"
        for came in item["received"] or [None]:
            yield (*told, overdue, *_came(came), years)


def _came(came: Document | None) -> tuple[str, ...]:
    if came is None:
        return (NOTHING_CAME, "", "", "", "")
    cells = "；".join(f"{one['code']} {one['sheet'] or ''}{one['cell'] or ''}".strip() for one in came["cells"])
    return (mask(came["file"]), came["received_at"], came["sha256"], STATUSES[came["status"]], cells)
