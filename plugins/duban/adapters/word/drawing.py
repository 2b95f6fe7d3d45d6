"""Native Word charts: columns of rates beside the pace line, told apart in black and white by pattern and marker."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from duban.adapters.word.fitting import style_of
from duban.adapters.word.oxml import NAMESPACE, W
from duban.adapters.word.sheet import CHART, CHART_HEIGHT, FANGSONG, TYPE_WIDTH
from duban.core.wording import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

EMU_PER_MM = 36_000
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
CHART_RELATION, BOOK_RELATION = f"{_OFFICE}/relationships/chart", f"{_OFFICE}/relationships/package"
SHEET = "Sheet1"
BOOK_DATE = datetime(2012, 7, 1)  # noqa: DTZ001  # XlsxWriter writes naive times; one for all, so that bytes repeat
PER_CENT = "0.0&quot;%&quot;"
_FIRST_ID = 1000

Series = Mapping[str, Any]
"""`name`, and `values` as printed (`66.7%`, a dash where there is none), one an office."""


def draw(document: "Document", charts: Sequence[Mapping[str, Any]]) -> None:
    """Put a chart into each paragraph of the style Chart, in order.

    A chart has `alt`, its description, `offices` and two `series`: columns, and the line beside them.
    """
    places = [paragraph for paragraph in document.element.iter(f"{W}p") if style_of(paragraph) == CHART]
    for number, (place, chart) in enumerate(zip(places, charts, strict=False), start=1):
        relation = document.part.relate_to(_chart_part(document, chart, number), CHART_RELATION)
        place.append(_inline(relation, number, str(chart["alt"])))


def _chart_part(document: "Document", chart: Mapping[str, Any], number: int) -> "Part":
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, _book(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    part._blob = _chart_xml(chart, part.relate_to(book, BOOK_RELATION)).encode()  # noqa: SLF001  # it names its book
    return part


def _inline(relation: str, number: int, alt: str) -> Any:
    from docx.oxml import parse_xml

    width, height = round(TYPE_WIDTH.value * EMU_PER_MM), round(CHART_HEIGHT.value * EMU_PER_MM)
    identity = f'id="{_FIRST_ID + number}" name="chart{number}" descr="{escape(plain(alt))}"'
    return parse_xml(
        f'<w:r xmlns:w="{NAMESPACE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
        f' xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}/relationships"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr {identity}/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _book(chart: Mapping[str, Any]) -> bytes:
    """The workbook behind the chart, so that Word can show and edit its data."""
    import xlsxwriter  # noqa: PLC0415  # only reports have charts

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": BOOK_DATE})
    sheet = book.add_worksheet(SHEET)
    for row, office in enumerate(chart["offices"], start=1):
        sheet.write_string(row, 0, plain(str(office)))
    for column, series in enumerate(chart["series"], start=1):
        sheet.write_string(0, column, plain(str(series["name"])))
        for row, text in enumerate(series["values"], start=1):
            value = _number(text)
            if value is not None:
                sheet.write_number(row, column, float(value))
    book.close()
    return target.getvalue()


def _number(text: str) -> str | None:
    """66.7 of `66.7%`; None of a dash."""
    value = str(text).removesuffix("%")
    return value if value.replace(".", "", 1).isdigit() else None


def _chart_xml(chart: Mapping[str, Any], book: str) -> str:
    columns, line = chart["series"]
    offices = chart["offices"]
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    bars = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_series(0, columns, offices, _HATCHED + _labels())}<c:gapWidth val="90"/>{axes}</c:barChart>'
    )
    pace = (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{_series(1, line, offices, _DASHED + _MARKER, _STRAIGHT)}<c:marker val="1"/>{axes}</c:lineChart>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{_DRAWING}/chart"'
        f' xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}/relationships"><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{bars}{pace}{_AXES}</c:plotArea>'
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{_PLAIN}{_type(900)}<c:externalData r:id="{book}">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(index: int, series: Series, offices: Sequence[str], looks: str, end: str = "") -> str:
    last, column = len(offices) + 1, "BC"[index]
    name = f"<c:strRef><c:f>{SHEET}!${column}$1</c:f>{_texts([series['name']])}</c:strRef>"
    categories = f"<c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>{_texts(offices)}</c:strRef>"
    values = f"<c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f>{_numbers(series['values'])}</c:numRef>"
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx>{looks}'
        f"<c:cat>{categories}</c:cat><c:val>{values}</c:val>{end}</c:ser>"
    )


def _texts(texts: Iterable[str]) -> str:
    points = [f'<c:pt idx="{n}"><c:v>{escape(plain(text), quote=False)}</c:v></c:pt>' for n, text in enumerate(texts)]
    return f'<c:strCache><c:ptCount val="{len(points)}"/>{"".join(points)}</c:strCache>'


def _numbers(texts: Sequence[str]) -> str:
    values = [_number(text) for text in texts]
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    code = f"<c:formatCode>{PER_CENT}</c:formatCode>"
    return f'<c:numCache>{code}<c:ptCount val="{len(values)}"/>{points}</c:numCache>'


def _type(size: int) -> str:
    faces = f'<a:latin typeface="{FANGSONG}"/><a:ea typeface="{FANGSONG}"/>'
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{_INK}{faces}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _labels() -> str:
    return (
        f'<c:dLbls><c:numFmt formatCode="{PER_CENT}" sourceLinked="0"/><c:spPr>{_PAPER}</c:spPr>{_type(800)}'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


_INK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_PAPER = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_PLAIN = f"<c:spPr>{_PAPER}<a:ln><a:noFill/></a:ln></c:spPr>"
_HATCHED = (
    '<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
    f'<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:ln w="9525">{_INK}</a:ln></c:spPr>'
    '<c:invertIfNegative val="0"/>'
)
_DASHED = f'<c:spPr><a:ln w="15875">{_INK}<a:prstDash val="dash"/></a:ln></c:spPr>'
# A mark of the line's own shape: between two offices without a task a line of one point would not be seen.
_MARKER = f'<c:marker><c:symbol val="dash"/><c:size val="9"/><c:spPr>{_INK}</c:spPr></c:marker>'
_STRAIGHT = '<c:smooth val="0"/>'
_LINE = f'<c:spPr><a:ln w="6350">{_INK}</a:ln></c:spPr>'
_GRID = (
    '<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    "</c:majorGridlines>"
)
_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
    f'{_LINE}<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    f'<c:delete val="0"/><c:axPos val="l"/>{_GRID}<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/>'
    '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    f'{_LINE}<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
)
