"""A .docx as the checker sees it: paragraphs with settled properties, tables, sections; lengths in points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from duban.adapters.gb9704.drawn import Line
from duban.adapters.gb9704.looks import Look, Shape
from duban.adapters.gb9704.package import Package
from duban.adapters.gb9704.styles import StyleSheet
from duban.adapters.gb9704.xml import Element
from duban.core.conformance import Where

EXCERPT = 24
"""Characters of a paragraph that a message repeats."""


class Place(StrEnum):
    """Where a paragraph stands."""

    FLOW = "flow"
    CELL = "cell"
    FRAME = "frame"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look."""

    text: str
    look: Look


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `text` as it is read, with the number that Word gives it (`label`) and no hidden words.

    `number` counts the paragraphs of its part from 1. `starts_page` is set for the first one after a page break.
    """

    part: str
    number: int
    runs: tuple[Run, ...]
    shape: Shape
    mark: Look
    place: Place
    section: int
    label: str = ""
    table: int | None = None
    row: int | None = None
    starts_page: bool = False
    fields: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    graphic: bool = False

    @cached_property
    def raw(self) -> str:
        return self.label + "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def blank(self) -> bool:
        """Nothing to be seen but white space."""
        return not self.text and not self.graphic

    @property
    def look(self) -> Look:
        """The look of its first visible characters, else of its mark."""
        return next((run.look for run in self.runs if run.text.strip()), self.mark)

    @property
    def where(self) -> Where:
        text = self.text.replace("\n", "")
        return Where(self.part, self.number, None, text if len(text) <= EXCERPT else text[:EXCERPT] + "…")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whether it is a head repeated on each page, whether it may be split, its cells' texts."""

    head: bool
    kept: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, widths in points; `ruled` tables show lines inside, others only lay out. `first` is its first
    paragraph's index in the document.
    """

    index: int
    first: int
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    width: float | None
    indent: float
    fixed: bool
    floating: bool
    ruled: bool
    nested: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Page setup of one section, in points; `footers` are parts by kind (default, even, first) after inheritance."""

    width: float
    height: float
    margins: Mapping[str, float]
    grid: str
    pitch: float | None
    landscape: bool
    starts: str
    title_page: bool
    footers: Mapping[str, str]

    @property
    def type_width(self) -> float:
        return self.width - self.margins.get("left", 0.0) - self.margins.get("right", 0.0)

    @property
    def type_height(self) -> float:
        return self.height - abs(self.margins.get("top", 0.0)) - abs(self.margins.get("bottom", 0.0))


@dataclass(frozen=True)
class Document:
    """Everything that rules are asked about. `paragraphs` are those of the body in the order of the text, with those
    of tables and text boxes; `margins_text` those of headers and footers by part.
    """

    package: Package
    styles: StyleSheet
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    margins_text: Mapping[str, tuple[Paragraph, ...]]
    settings: Element | None
    properties: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def everything(self) -> tuple[Paragraph, ...]:
        """Body, headers and footers."""
        return self.paragraphs + tuple(line for lines in self.margins_text.values() for line in lines)
