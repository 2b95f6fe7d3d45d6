"""A paper as a page shows it: its paragraphs and tables, each figure known by its key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A text, and the key of the figure that it is (empty: none)."""

    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `align` is left, center or right, `large` one in letters larger than the body's, `bold` one in a
    type heavier than it, `indent` one whose first line stands in; `chart` is the place of a chart, which Word draws. A
    new line within a paragraph is one in its text.
    """

    spans: tuple[Span, ...]
    align: str = "left"
    large: bool = False
    red: bool = False
    bold: bool = False
    indent: bool = False
    chart: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that stretches over `width` columns and `height` rows."""

    paragraphs: tuple[Paragraph, ...]
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table
