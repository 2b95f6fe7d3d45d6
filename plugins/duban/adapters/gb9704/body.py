"""Reading the content of a part: paragraphs, tables and text boxes in the order of the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.document import Paragraph, Place, Row, Run, Section, Table
from duban.adapters.gb9704.drawn import edge_lines, paragraph_lines, shape_lines
from duban.adapters.gb9704.looks import Edge, Look, edge_of, look_of, shape_of
from duban.adapters.gb9704.numbering import Numbering
from duban.adapters.gb9704.styles import Bag, StyleSheet, Theme, direct, toggled
from duban.adapters.gb9704.xml import Element, child, children, local, number, points, preferred, q, switched, value
from duban.core.errors import UsageError

MOST_PARAGRAPHS = 20_000
PAGE_BREAK = "\f"
_WRAPPERS = {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_BLOCK_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}
_PIECES = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NEW_PAGE = {"nextPage", "oddPage", "evenPage"}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the reader is: in which place, table, row and table style."""

    place: Place = Place.FLOW
    table: int | None = None
    row: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _Content:
    """What a paragraph holds, gathered run by run."""

    runs: list[tuple[str, Element]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    graphic: bool = False


class BodyReader:
    """Reads one part; `paragraphs` and `tables` grow in the order of the text."""

    def __init__(
        self, part: str, styles: StyleSheet, theme: Theme, numbering: Numbering, sections: tuple[Section, ...]
    ) -> None:
        self._part = part
        self._styles = styles
        self._theme = theme
        self._numbering = numbering
        self._sections = sections
        self._section = 0
        self._new_page = False
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []

    def read(self, container: Element, spot: "_Spot | None" = None) -> None:
        """Read everything in a body, cell, text box, header or footer."""
        spot = spot or _Spot()
        for element in preferred(container):
            name = local(element)
            if name == "p":
                self._paragraph(element, spot)
            elif name == "tbl":
                self._table(element, spot)
            elif name in _BLOCK_WRAPPERS:
                self.read(element, spot)

    def _paragraph(self, element: Element, spot: _Spot) -> None:
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise UsageError(texts.TOO_MANY_PARAGRAPHS.format(limit=MOST_PARAGRAPHS))
        content = _Content()
        _gather(element, content)
        self.paragraphs.append(self._settled(element, content, spot))
        for box in content.boxes:
            self.read(box, _Spot(Place.BOX))
        self._end_section(element)

    def _settled(self, element: Element, content: _Content, spot: _Spot) -> Paragraph:
        own = direct(element, "w:pPr")
        inherited, base = self._styles.paragraph(own.get("pStyle.val"), spot.style)
        flat, label = self._numbered(own, inherited)
        runs = [Run(text, self._look(run, base)) for text, run in content.runs]
        mark = look_of(base | direct_mark(element), self._theme)
        first = next((run.look for run in runs if run.text.strip()), mark)
        section = self._sections[min(self._section, len(self._sections) - 1)]
        shape = shape_of(flat, first.size, section.pitch, self._styles.name(own.get("pStyle.val")))
        place = Place.FRAME if shape.frame and spot.place is Place.FLOW else spot.place
        return Paragraph(
            part=self._part,
            number=len(self.paragraphs) + 1,
            runs=tuple(Run(run.text.replace(PAGE_BREAK, ""), run.look) for run in runs if not run.look.hidden),
            shape=shape,
            mark=mark,
            place=place,
            section=min(self._section, len(self._sections) - 1),
            label=label,
            table=spot.table,
            row=spot.row,
            starts_page=self._starts_page(shape.page_break_before, content),
            fields=tuple(content.fields),
            lines=(*paragraph_lines(shape, section.type_width), *shape_lines(element)),
            graphic=content.graphic,
        )

    def _numbered(self, own: Bag, inherited: Bag) -> tuple[Bag, str]:
        """All paragraph properties, and the number that Word writes before the text."""
        merged = inherited | own
        list_id, depth = merged.get("numPr.numId"), number(merged.get("numPr.ilvl")) or 0
        if not list_id or list_id == "0":
            return merged, ""
        shape = self._numbering.shape(list_id, depth)
        from_style = "numPr.numId" not in own
        flat = shape | inherited | own if from_style else inherited | shape | own
        return flat, self._numbering.label(list_id, depth)

    def _look(self, run: Element, base: Bag) -> Look:
        own = direct(run, "w:rPr")
        style = own.get("rStyle.val")
        return look_of((toggled(base, self._styles.character(style)) if style else base) | own, self._theme)

    def _starts_page(self, before: bool, content: _Content) -> bool:  # noqa: FBT001  # private, named in its one call
        text = "".join(text for text, _ in content.runs)
        head = text.split(PAGE_BREAK, maxsplit=1)[0]
        starts = before or self._new_page or (PAGE_BREAK in text and not head.strip())
        self._new_page = PAGE_BREAK in text and bool(head.strip() or not text.strip()) and text.endswith(PAGE_BREAK)
        if self._new_page and starts and not text.strip(PAGE_BREAK).strip():
            return before
        return starts

    def _end_section(self, element: Element) -> None:
        if child(element, "w:pPr/w:sectPr") is None:
            return
        self._section += 1
        following = self._sections[min(self._section, len(self._sections) - 1)]
        self._new_page = self._new_page or following.starts in _NEW_PAGE

    def _table(self, element: Element, spot: _Spot) -> None:
        properties = child(element, "w:tblPr")
        style = value(child(properties, "w:tblStyle"))
        index, first = len(self.tables), len(self.paragraphs)
        borders = {**_borders(self._styles, style), **_edges(child(properties, "w:tblBorders"))}
        width = child(properties, "w:tblW")
        drawn = points(value(width, "w:w")) if value(width, "w:type") in {"dxa", None} else None
        placeholder = _outline(element, index, first, drawn, borders, nested=spot.table is not None)
        self.tables.append(placeholder)
        rows = [self._row(row, _Spot(Place.CELL, index, at, style)) for at, row in enumerate(_rows(element))]
        self.tables[index] = replace(placeholder, rows=tuple(rows))

    def _row(self, row: Element, spot: _Spot) -> Row:
        cells = []
        for cell in (found for found in row.iter(q("w:tc")) if _owner(found) is row):
            start = len(self.paragraphs)
            self.read(cell, spot)
            cells.append("\n".join(line.text for line in self.paragraphs[start:]))
        properties = child(row, "w:trPr")
        head = switched(child(properties, "w:tblHeader"))
        return Row(head, switched(child(properties, "w:cantSplit")), tuple(cells))


def direct_mark(element: Element) -> Bag:
    """The direct run properties of a paragraph's mark."""
    properties = child(element, "w:pPr")
    return {} if properties is None else direct(properties, "w:rPr")


def _gather(container: Element, content: _Content) -> None:
    for element in preferred(container):
        name = local(element)
        if name == "r":
            _gather_run(element, content)
        elif name in _WRAPPERS:
            if name == "fldSimple":
                content.fields.append(value(element, "w:instr") or "")
            _gather(element, content)


def _gather_run(run: Element, content: _Content) -> None:
    pieces = []
    for piece in preferred(run):
        name = local(piece)
        if name == "t":
            pieces.append(piece.text or "")
        elif name == "br":
            pieces.append(PAGE_BREAK if value(piece, "w:type") == "page" else "\n")
        elif name == "instrText":
            content.fields.append(piece.text or "")
        elif name == "ruby":
            pieces.extend(text.text or "" for base in children(piece, "w:rubyBase") for text in base.iter(q("w:t")))
        elif name in {"drawing", "pict", "object"}:
            boxes = list(_boxes(piece))
            content.boxes += boxes
            content.graphic = content.graphic or not boxes
        else:
            pieces.append(_PIECES.get(name, ""))
    if pieces:
        content.runs.append(("".join(pieces), run))


def _boxes(shape: Element) -> Iterator[Element]:
    """The text boxes in a shape, not those inside another box."""
    for element in preferred(shape):
        if element.tag == q("w:txbxContent"):
            yield element
        else:
            yield from _boxes(element)


def _rows(table: Element) -> Iterator[Element]:
    for element in preferred(table):
        if local(element) == "tr":
            yield element
        elif local(element) in _BLOCK_WRAPPERS:
            yield from _rows(element)


def _owner(cell: Element) -> Element | None:
    """The row that a cell belongs to, through the wrappers between."""
    above = cell.getparent()
    while above is not None and local(above) in _BLOCK_WRAPPERS:
        above = above.getparent()
    return above


def _edges(borders: Element | None) -> dict[str, Edge | None]:
    """Borders by side; None for one that is switched off."""
    found = () if borders is None else preferred(borders)
    return {local(side): edge_of({str(k).rsplit("}", 1)[-1]: str(v) for k, v in side.attrib.items()}) for side in found}


def _borders(styles: StyleSheet, style: str | None) -> dict[str, Edge | None]:
    found: dict[str, Edge | None] = {}
    for element in styles.chain(style):
        found |= _edges(child(element, "w:tblPr/w:tblBorders"))
    return found


def _outline(
    element: Element, index: int, first: int, width: float | None, borders: dict[str, Edge | None], *, nested: bool
) -> Table:
    properties = child(element, "w:tblPr")
    seen = {side: edge for side, edge in borders.items() if edge is not None}
    inner = [edge for cell in element.iter(q("w:tcBorders")) for edge in _edges(cell).values() if edge is not None]
    return Table(
        index=index,
        first=first,
        rows=(),
        widths=tuple(points(value(column, "w:w")) or 0.0 for column in children(element, "w:tblGrid/w:gridCol")),
        width=width,
        indent=points(value(child(properties, "w:tblInd"), "w:w")) or 0.0,
        fixed=value(child(properties, "w:tblLayout"), "w:type") == "fixed",
        floating=child(properties, "w:tblpPr") is not None,
        ruled="insideV" in seen or sum(1 for _ in inner) > len(list(element.iter(q("w:tc")))),
        nested=nested,
        lines=tuple(edge_lines({**seen, **{f"cell{at}": edge for at, edge in enumerate(inner)}}, width)),
    )
