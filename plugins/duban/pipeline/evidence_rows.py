"""The evidence of a letter as lines of texts: for its workbook, and for the board's page."""

from collections.abc import Iterator, Mapping
from typing import Any

from duban.core.evidence_texts import NOTHING_CAME, STATUSES
from duban.core.masking import mask

Document = Mapping[str, Any]


def evidence_rows(evidence: Document) -> Iterator[tuple[str, ...]]:
    """A line for each file that came for an item, or one that nothing came; as core.evidence_texts.COLUMNS.

    Names of files are masked: they may hold telephones of private persons.
    """
    years = "、".join(f"{one['year']}（{one['published']}）" for one in evidence["calendar"])
    for item in evidence["items"]:
        ground = item["ground"]
        told = (item["key"], item["deliverable"], ground["clause"] or ground["decision"] or "", _minute(item["due"]))
        overdue = f"{item['days_overdue']}/{item['working_days_overdue']}"
        for came in item["received"] or [None]:
            yield (*told, overdue, *_came(came), years)


def _came(came: Document | None) -> tuple[str, ...]:
    if came is None:
        return (NOTHING_CAME, "", "", "", "")
    cells = "；".join(f"{one['code']} {one['sheet'] or ''}{one['cell'] or ''}".strip() for one in came["cells"])
    return (mask(came["file"]), _minute(came["received_at"]), came["sha256"], STATUSES[came["status"]], cells)


def _minute(instant: str) -> str:
    """2018-07-30 23:59, as the pages write an instant."""
    return instant[: len("2018-07-30T23:59")].replace("T", " ")
