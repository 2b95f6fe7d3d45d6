"""A filled base document as blocks of text, its figures known: what a web page shows of a paper."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml import etree

from duban.adapters.word.marks import Marks
from duban.adapters.word.oxml import W
from duban.adapters.word.sheet import CHART, HEITI, RED, SIZE_3, STYLES, XIAOBIAOSONG, Style
from duban.core.preview import Block, Cell, Paragraph, Span, Table

DISPLAY = (XIAOBIAOSONG, HEITI)
"""The types that look heavier than the body's."""
CONTINUED = "continue"
_STYLES = {style.key: style for style in STYLES}
_ALIGNED = {"center": "center", "right": "right", "end": "right"}


def blocks(body: etree._Element, marks: Marks) -> Iterator[Block]:
    """The paragraphs and tables of a main text that still bears its marks."""
    for element in body.iter(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            if not _within_table(element):
                yield Table(tuple(_rows(element, marks)))
        elif not _within_table(element):
            paragraph = _paragraph(element, marks)
            if paragraph.spans or paragraph.chart:
                yield paragraph


def _within_table(element: etree._Element) -> bool:
    return next(element.iterancestors(f"{W}tbl"), None) is not None


def _rows(table: etree._Element, marks: Marks) -> Iterator[tuple[Cell, ...]]:
    grid = [[*_placed(row)] for row in table.iterchildren(f"{W}tr")]
    for number, row in enumerate(grid):
        yield tuple(
            Cell(tuple(_paragraph(p, marks) for p in cell.iter(f"{W}p")), width, _height(grid[number + 1 :], column))
            for column, width, cell in row
            if _merge(cell) != CONTINUED
        )


def _placed(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells of a row with the column in which each begins and how many it takes."""
    column = 0
    for cell in row.iterchildren(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = 1 if span is None else int(span.get(f"{W}val", "1"))
        yield column, width, cell
        column += width


def _height(below: Sequence[Sequence[tuple[int, int, etree._Element]]], column: int) -> int:
    """How many rows a cell takes: those below it go on as long as they say so."""
    going_on = takewhile(lambda row: any(at == column and _merge(cell) == CONTINUED for at, _, cell in row), below)
    return 1 + sum(1 for _ in going_on)


def _merge(cell: etree._Element) -> str:
    """Empty for a cell of its own, `restart` for the first of several rows, `continue` for the others."""
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if found is None else found.get(f"{W}val", CONTINUED)


def _paragraph(element: etree._Element, marks: Marks) -> Paragraph:
    spans: list[Span] = []
    for text in element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if text.tag == f"{W}t":
            spans += [Span(piece.text, piece.key) for piece in marks.pieces(text.text or "") if piece.text]
        else:
            spans.append(Span("\n" if text.tag == f"{W}br" else " "))
    style = _style(element)
    return Paragraph(
        tuple(spans),
        align=_ALIGNED.get(_own_align(element) or style.align, "left"),
        large=style.size.value > SIZE_3.value,
        red=style.colour == RED,
        bold=style.font in DISPLAY,
        indent=style.first_line > 0,
        chart=style.key == CHART,
    )


def _style(element: etree._Element) -> Style:
    found = element.find(f"{W}pPr/{W}pStyle")
    return _STYLES.get("" if found is None else found.get(f"{W}val", ""), STYLES[0])


def _own_align(element: etree._Element) -> str:
    found = element.find(f"{W}pPr/{W}jc")
    return "" if found is None else found.get(f"{W}val", "")
