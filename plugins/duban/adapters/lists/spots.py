"""The 抽查清单 as a workbook to take along: where to go, why, and room for what is found."""

import io
from collections.abc import Sequence
from datetime import datetime

from duban.adapters.lists import sheet as sheets
from duban.adapters.lists.sheet import book_of
from duban.core.plan import Plan
from duban.core.spot_checks import Candidate
from duban.core.spot_texts import MATTERS, REASONS
from duban.core.wording import full_moment_text

COLUMNS = (
    ("序号", 6),
    ("办事处", 14),
    ("小区编号", 12),
    ("小区名称", 24),
    ("自报事项", 24),
    ("抽查理由", 48),
    ("核查结果（属实/不属实）", 24),
    ("核查日期", 12),
    ("核查人", 12),
)
EMPTY = "目前没有需要现场核查的小区。"


class XlsxSpotList:
    """Writes the list; the same candidates at the same instant give the same bytes."""

    def write(self, plan: Plan, candidates: Sequence[Candidate], as_of: datetime) -> bytes:
        """One sheet, one row a compound, ready to print on A4 across."""
        buffer = io.BytesIO()
        with book_of(buffer, as_of) as book:
            sheet = book.add_worksheet("抽查清单")
            title, head, cell = (book.add_format(look) for look in (sheets.TITLE, sheets.HEAD, sheets.CELL))
            told = f"{plan.work}现场抽查清单（截至{full_moment_text(as_of)}）"
            sheets.begin(sheet, told, COLUMNS, (title, head))
            for number, row in enumerate(_rows(plan, candidates), 1):
                sheet.write_number(number + 1, 0, number, cell)
                sheets.line(sheet, number + 1, row, COLUMNS, cell, first=1)
            if not candidates:
                sheet.write_string(sheets.FIRST, 0, EMPTY)
            sheets.for_print(sheet)
        return buffer.getvalue()


def _rows(plan: Plan, candidates: Sequence[Candidate]) -> list[tuple[str, ...]]:
    names = {office.code: office.name for office in plan.offices}
    return [
        (
            names[one.office],
            one.compound.compound_id,
            one.compound.name or "",
            "、".join(MATTERS[matter] for matter in one.matters),
            "；".join(REASONS[reason] for reason in one.reasons),
            "",
            "",
            "",
        )
        for one in candidates
    ]
