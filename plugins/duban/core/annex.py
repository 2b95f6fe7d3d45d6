"""The spreadsheet annex of the weekly report: the tables behind its figures, as plain rows (issue 4.3)."""

from dataclasses import dataclass
from datetime import date, datetime

AnnexValue = str | int | float | date | None
AnnexRow = tuple[AnnexValue, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Rows of each sheet, in the order of the columns that the writer heads.

    `offices`: name, baseline, then for committees and improvements each: required, done, rate and pace in per cent,
    change, light, needed a week, projected; at the end the overall light and the rank. The district stands last.
    `ranking`: rank as printed, name, overall rate in per cent; best first, offices with a task alone.
    `compounds`: one a row, see `duban.pipeline.report_annex`. `aims`: office, aim, compounds by the aim's state.
    `findings`: one a row, of the returns that came since the last issue.
    """

    title: str
    as_of: datetime
    offices: tuple[AnnexRow, ...]
    ranking: tuple[AnnexRow, ...]
    compounds: tuple[AnnexRow, ...]
    aims: tuple[AnnexRow, ...]
    findings: tuple[AnnexRow, ...]
