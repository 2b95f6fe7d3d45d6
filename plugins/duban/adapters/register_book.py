"""The register of numbers as a workbook to print and bind: one sheet a series."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from duban.core.numbering import Series
from duban.core.papers import PaperState
from duban.core.plan import Plan
from duban.core.register_rows import NumberLine, missing
from duban.core.signing_texts import STATES
from duban.core.wording import date_text, listed

COLUMNS = (("序号", 6), ("编号", 26), ("标题", 48), ("主送", 26), ("成文日期", 16), ("签发人", 12), ("状态", 10))
MISSING, NOTHING_MISSING = "漏号：{numbers}。", "连续编号，无漏号。"
GAP = "（漏号）"
VOID = (PaperState.VOID, PaperState.REVOKED)
NAME_LIMIT = 31  # Excel's, for the name of a sheet


class XlsxRegister:
    """Writes the register of a year; the same lines give the same bytes."""

    def write(self, plan: Plan, registers: Mapping[Series, Sequence[NumberLine]], created: datetime) -> bytes:
        """One sheet for each series, A4 across, its head on every page."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        book.set_properties({"created": created.replace(tzinfo=None)})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "head": book.add_format({"bold": True, "border": 1, "align": "center"}),
            "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "void": book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_strikeout": True}),
        }
        for series, lines in registers.items():
            _sheet(book, plan, series, lines, formats)
        if not registers:
            book.add_worksheet("登记簿").write_string(0, 0, "本年没有编号。")
        book.close()
        return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    plan: Plan,
    series: Series,
    lines: Sequence[NumberLine],
    formats: Mapping[str, object],
) -> None:
    issuer = plan.issuer(series.issuer).name
    sheet = book.add_worksheet(f"{series.series}-{series.issuer}"[:NAME_LIMIT])
    title = f"{issuer}{series.year}年{series.series}登记簿"
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, formats["title"])
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, formats["head"])
    for place, line in enumerate(lines, 2):
        void = line.paper is not None and line.paper.state in VOID
        for column, text in enumerate(_cells(line)):
            sheet.write_string(place, column, text, formats["void" if void else "cell"])
    gaps = missing(lines)
    told = MISSING.format(numbers=listed(str(number) for number in gaps)) if gaps else NOTHING_MISSING
    sheet.write_string(len(lines) + 2, 0, told)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _cells(line: NumberLine) -> tuple[str, ...]:
    paper = line.paper
    if paper is None or paper.signature is None:
        return (str(line.number), GAP, "", "", "", "", "")
    return (
        str(line.number),
        line.printed,
        paper.title,
        listed(paper.to),
        date_text(paper.signature.dated),
        paper.signature.by,
        STATES[paper.state],
    )
