"""The register of numbers as a paper to print and bind: one table a series, its heads on every page."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from duban.adapters.word import oxml
from duban.adapters.word.base import set_properties
from duban.adapters.word.paper import BasePaper, Column, heads
from duban.core.numbering import Series
from duban.core.plan import Plan
from duban.core.register_rows import EMPTY, HEADS, NumberLine, cells_of, conclusion_of, title_of
from duban.core.wording import plain
from duban.core.zips import normalised

WIDTHS = (9, 30, 42, 24, 20, 16, 15)
STYLES = ("CellCentre", "CellCentre", "Cell", "Cell", "CellCentre", "CellCentre", "CellCentre")


class WordRegister:
    """Writes the register of a year; the same lines give the same bytes."""

    def write(self, plan: Plan, registers: Mapping[Series, Sequence[NumberLine]], created: datetime) -> bytes:
        """The .docx on our page."""
        paper = BasePaper("登记簿")
        for series, lines in registers.items():
            paper.text("Title", title_of(plan, series))
            paper.part(_table(lines))
            paper.text("Note", conclusion_of(lines))
        if not registers:
            paper.body(EMPTY)
        document, package = paper.document(), io.BytesIO()
        set_properties(document, title="登记簿", author=plan.district, created=created)
        document.save(package)
        return normalised(package.getvalue())


def _table(lines: Sequence[NumberLine]) -> str:
    columns = [Column(head, width, "", style) for head, width, style in zip(HEADS, WIDTHS, STYLES, strict=True)]
    rows = "".join(_row(columns, cells_of(line)) for line in lines)
    return oxml.table([column.twips for column in columns], heads(columns) + rows)


def _row(columns: Sequence[Column], texts: Sequence[str]) -> str:
    cells = zip(columns, texts, strict=True)
    return oxml.row("".join(oxml.cell(c.twips, oxml.paragraph(c.style, plain(text))) for c, text in cells))
