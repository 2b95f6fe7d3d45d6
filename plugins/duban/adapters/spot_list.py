"""The 抽查清单 as a workbook to take along: where to go, why, and room for what is found."""

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

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
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        book.set_properties({"created": as_of.replace(tzinfo=None)})
        sheet = book.add_worksheet("抽查清单")
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, f"{plan.work}现场抽查清单（截至{full_moment_text(as_of)}）", title)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, name, head)
        for number, row in enumerate(_rows(plan, candidates), 1):
            sheet.write_number(number + 1, 0, number, cell)
            for column, text in enumerate(row, 1):
                sheet.write_string(number + 1, column, text, cell)
        if not candidates:
            sheet.write_string(2, 0, EMPTY)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        book.close()
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
