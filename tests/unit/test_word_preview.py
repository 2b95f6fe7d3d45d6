"""A paper as a web page shows it: what Word lays out is told in blocks of text."""

from lxml import etree

from duban.adapters.word.marks import Marks
from duban.adapters.word.oxml import NAMESPACE
from duban.adapters.word.preview import blocks
from duban.core.preview import Block, Paragraph, Span, Table


def shown(*paragraphs: str) -> list[Block]:
    return list(blocks(etree.fromstring(f'<w:body xmlns:w="{NAMESPACE}">{"".join(paragraphs)}</w:body>'), Marks()))


def test_a_line_that_is_broken_is_broken_in_the_page_too() -> None:
    """A head in two lines is no head with a space in it."""
    cell = "<w:p><w:r><w:t>任务</w:t><w:br/><w:t>基数</w:t></w:r></w:p>"

    [table] = shown(f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")

    assert isinstance(table, Table)
    assert table.rows[0][0].paragraphs[0].spans == (Span("任务"), Span("\n"), Span("基数"))


def test_the_place_of_a_chart_is_known_and_other_empty_lines_are_left_out() -> None:
    """The page says where the chart is to be seen."""
    chart = '<w:p><w:pPr><w:pStyle w:val="Chart"/></w:pPr></w:p>'

    [block] = shown("<w:p/>", chart)

    assert isinstance(block, Paragraph)
    assert (block.chart, block.spans) == (True, ())
