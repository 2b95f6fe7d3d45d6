"""The 证据清单 that goes with a letter, as a workbook: for each item what was due, and every file that came for it."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from duban.adapters.lists import sheet as sheets
from duban.adapters.lists.sheet import book_of
from duban.core.evidence_texts import COLUMNS, TITLE
from duban.core.wording import full_moment_text
from duban.pipeline.evidence_rows import evidence_rows

Document = Mapping[str, Any]


class XlsxEvidenceList:
    """Writes the list; the same evidence gives the same bytes."""

    def write(self, title: str, evidence: Document) -> bytes:
        """One sheet: a line for each file that came, or one that nothing came; ready to print on A4 across."""
        buffer = io.BytesIO()
        as_of = datetime.fromisoformat(evidence["as_of"])
        with book_of(buffer, as_of, strings_to_urls=False) as book:
            sheet = book.add_worksheet("证据清单")
            heading, head, cell = (book.add_format(look) for look in (sheets.TITLE, sheets.HEAD, sheets.CELL))
            sheets.begin(sheet, TITLE.format(title=title, as_of=full_moment_text(as_of)), COLUMNS, (heading, head))
            for place, row in enumerate(evidence_rows(evidence), sheets.FIRST):
                sheets.line(sheet, place, row, COLUMNS, cell)
            sheets.for_print(sheet)
        return buffer.getvalue()
