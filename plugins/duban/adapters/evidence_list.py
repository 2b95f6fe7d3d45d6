"""The 证据清单 that goes with a letter, as a workbook: for each item what was due, and every file that came for it."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import xlsxwriter

from duban.core.evidence_texts import COLUMNS, NOTHING_CAME, STATUSES, TITLE
from duban.core.masking import mask

Document = Mapping[str, Any]


class XlsxEvidenceList:
    """Writes the list; the same evidence gives the same bytes."""

    def write(self, title: str, evidence: Document) -> bytes:
        """One sheet: a line for each file that came, or one that nothing came; ready to print on A4 across."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": _moment(evidence["as_of"])})
        sheet = book.add_worksheet("证据清单")
        heading = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, TITLE.format(title=title, as_of=evidence["as_of"]), heading)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, name, head)
        for line, row in enumerate(_rows(evidence), 2):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text, cell)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        book.close()
        return buffer.getvalue()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


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
