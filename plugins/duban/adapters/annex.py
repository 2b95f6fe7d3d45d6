"""The spreadsheet annex of the weekly report, by XlsxWriter: four sheets with native charts, always the same bytes,
read back before they are handed out.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from duban.core.annex import Annex, AnnexRow, AnnexValue
from duban.core.errors import InternalError
from duban.core.wording import plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "宋体"
LONGEST_TEXT = 32_767  # what a cell of Excel holds
HEAD_ROW = 2
HEAD_HEIGHT = 42  # points: three lines
OFFICES, COMPOUNDS, AIMS, FINDINGS = "办事处进展", "小区明细", "目标进展", "问题明细"
_INDICATORS = ("业主委员会成立", "小区管理提升")
_OF_INDICATOR = ("应完成", "已完成", "完成率", "序时进度", "增减", "亮灯", "周需", "预计")
RATES = (4, 5, 12, 13)  # the columns of rates and pace lines, in per cent
_OF_BOTH = tuple(f"{name}\n{part}" for name in _INDICATORS for part in _OF_INDICATOR)
OFFICE_HEADS = ("办事处", "任务基数", *_OF_BOTH, "综合亮灯", "排名")
RANKING_HEADS = ("名次", "办事处", "综合完成率")
COMPOUND_HEADS = (
    "办事处", "小区编号", "小区名称", "所属社区", "小区类型", "楼栋数", "居民户数", "计划年度", "提升方案",
    "两委议定日期", "业委会阶段", "备案日期", "验收日期", "业委会已成立", "管理提升已完成", "数据待补",
)  # fmt: skip
AIM_HEADS = ("办事处", "目标", "未开始", "进行中", "已完成", "不涉及")
FINDING_HEADS = ("办事处", "文件", "收到时间", "规则", "类别", "工作表", "单元格", "小区编号", "填报内容", "应为")
RATE_TITLE = "{name}：完成率与序时进度"
RANKING_TITLE = "综合完成率排名"
FOOTER = "&C第 &P 页，共 &N 页"
WIDTHS = {
    "小区名称": 24,
    "所属社区": 16,
    "文件": 28,
    "收到时间": 22,
    "填报内容": 30,
    "应为": 44,
    "办事处": 14,
    "目标": 14,
}
USUAL_WIDTH = 11


class XlsxAnnexWriter:
    """ports of duban.pipeline.report_annex.AnnexWriter."""

    def write(self, annex: Annex) -> bytes:
        """The workbook. Texts are texts whatever they begin with; nothing in it is computed by Excel.

        Raises InternalError unless the finished workbook, read back, holds every value of `annex` and no other.
        """
        import xlsxwriter  # noqa: PLC0415  # only the weekly report has an annex

        target = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(target, options)
        created = annex.as_of.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": plain(annex.title), "author": "", "created": created})
        pages = _Pages(book, annex.title)
        offices = pages.sheet(OFFICES, OFFICE_HEADS, annex.offices, per_cent=RATES)
        pages.charts(offices, annex)
        pages.sheet(COMPOUNDS, COMPOUND_HEADS, annex.compounds)
        pages.sheet(AIMS, AIM_HEADS, annex.aims)
        pages.sheet(FINDINGS, FINDING_HEADS, annex.findings)
        book.close()
        _prove(annex, target.getvalue())
        return target.getvalue()


def _prove(annex: Annex, workbook: bytes) -> None:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # as above

    book = CalamineWorkbook.from_object(io.BytesIO(workbook))
    below = (RANKING_HEADS, *annex.ranking)
    for name, heads, rows, more in (
        (OFFICES, OFFICE_HEADS, annex.offices, below),
        (COMPOUNDS, COMPOUND_HEADS, annex.compounds, ()),
        (AIMS, AIM_HEADS, annex.aims, ()),
        (FINDINGS, FINDING_HEADS, annex.findings, ()),
    ):
        wanted = [*_said((heads, *rows)), *_said(more)]
        found = list(_said(book.get_sheet_by_name(name).to_python(skip_empty_area=False)[HEAD_ROW:]))
        if found != wanted:
            number = next((n for n, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]), -1)
            raise InternalError(f"annex, {name}: row {number} of {len(found)} reads otherwise than written")


def _said(rows: Iterable[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    """What each row says: its values up to the last one, texts as they are written; empty rows say nothing."""
    for row in rows:
        values = [plain(value)[:LONGEST_TEXT] if isinstance(value, str) else value for value in row]
        while values and values[-1] in ("", None):
            values.pop()
        if values:
            yield tuple("" if value is None else value for value in values)


class _Pages:
    """The sheets of one workbook, all of one look."""

    def __init__(self, book: "Workbook", title: str) -> None:
        self._book = book
        self._title = title
        cell = {"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter"}
        self._heading = book.add_format({"font_name": FONT, "font_size": 14, "bold": True})
        self._head = book.add_format({
            **cell,
            "bold": True,
            "bg_color": "#D9D9D9",
            "text_wrap": True,
            "align": "center",
        })
        self._text = book.add_format({**cell, "text_wrap": True})
        self._number = book.add_format({**cell, "align": "right"})
        self._rate = book.add_format({**cell, "align": "right", "num_format": '0.0"%"'})
        self._day = book.add_format({**cell, "align": "center", "num_format": "yyyy-mm-dd"})

    def sheet(
        self, name: str, heads: Sequence[str], rows: Sequence[AnnexRow], per_cent: Sequence[int] = ()
    ) -> "Worksheet":
        """A sheet with its title, its heads frozen and repeated on every page, a filter, and one line a row."""
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, plain(self._title), self._heading)
        for column, head in enumerate(heads):
            sheet.write_string(HEAD_ROW, column, head, self._head)
            sheet.set_column(column, column, WIDTHS.get(head, USUAL_WIDTH))
        sheet.set_row(HEAD_ROW, HEAD_HEIGHT)
        for number, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value, column in per_cent)
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer(FOOTER)
        return sheet

    def _write(self, sheet: "Worksheet", row: int, column: int, value: AnnexValue, per_cent: bool) -> None:  # noqa: FBT001  # private, called once
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self._rate if per_cent else self._number)
        elif value:
            sheet.write_string(row, column, plain(value)[:LONGEST_TEXT], self._text)
        else:
            sheet.write_blank(row, column, None, self._text)

    def charts(self, sheet: "Worksheet", annex: Annex) -> None:
        """Below the offices' table: each indicator against its pace line, and the ranking with its own small table."""
        below = HEAD_ROW + len(annex.offices) + 3
        offices = (HEAD_ROW + 1, HEAD_ROW + len(annex.offices))
        if annex.offices:
            for place, (name, rate) in enumerate(zip(_INDICATORS, (4, 12), strict=True)):
                sheet.insert_chart(below, place * 9, self._progress(name, rate, offices))
        start = below + 17
        for column, head in enumerate(RANKING_HEADS):
            sheet.write_string(start, column, head, self._head)
        for number, row in enumerate(annex.ranking, start=start + 1):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value, column == len(RANKING_HEADS) - 1)
        if annex.ranking:
            sheet.insert_chart(start, 4, self._ranking((start + 1, start + len(annex.ranking))))

    def _progress(self, name: str, rate: int, rows: tuple[int, int]) -> Any:
        first, last = rows
        categories = [OFFICES, first, 0, last, 0]
        chart = self._book.add_chart({"type": "column"})
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": "#000000", "bg_color": "#FFFFFF"}
        chart.add_series({
            "name": _OF_INDICATOR[2],
            "categories": categories,
            "values": [OFFICES, first, rate, last, rate],
            "pattern": pattern,
            "border": {"color": "#000000"},
            "data_labels": {"value": True},
        })
        line = self._book.add_chart({"type": "line"})
        line.add_series({
            "name": _OF_INDICATOR[3],
            "categories": categories,
            "values": [OFFICES, first, rate + 1, last, rate + 1],
            "line": {"color": "#000000", "dash_type": "dash"},
            "marker": {"type": "diamond", "fill": {"color": "#FFFFFF"}, "border": {"color": "#000000"}},
        })
        chart.combine(line)
        return _finished(chart, RATE_TITLE.format(name=name))

    def _ranking(self, rows: tuple[int, int]) -> Any:
        first, last = rows
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series({
            "name": RANKING_HEADS[2],
            "categories": [OFFICES, first, 1, last, 1],
            "values": [OFFICES, first, 2, last, 2],
            "fill": {"color": "#7F7F7F"},
            "data_labels": {"value": True},
        })
        chart.set_y_axis({"reverse": True})
        return _finished(chart, RANKING_TITLE)


def _finished(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 310})
    return chart
