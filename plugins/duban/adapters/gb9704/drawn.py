"""Lines that are drawn: borders, thin bars, VML and DrawingML shapes, each with its length, thickness and colour."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from duban.adapters.gb9704.looks import BLACK, Edge, Shape, colour_of, is_red
from duban.adapters.gb9704.xml import EMU_PER_POINT, NAMESPACES, Element, child, local, points, preferred, q

THICKEST = 8.0
"""Points: a shape higher than this is no line."""

SHORTEST = 28.0
THICKEST_BAR = 4.0
_VML = {"line", "rect", "shape", "roundrect"}
_LINES = {"line", "straightConnector1", "rect"}
_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_NAMED = {"red": "FF0000", "black": BLACK, "window": "FFFFFF", "white": "FFFFFF"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as drawn; `length` is None where it is as wide as its surroundings, `thickness` 0 where not given."""

    kind: str
    side: str
    length: float | None
    thickness: float
    colour: str
    style: str = "single"

    @property
    def red(self) -> bool:
        return is_red(self.colour)


def paragraph_lines(shape: Shape, width: float) -> Iterator[Line]:
    """The borders of a paragraph in a type area of `width` points; a filled paragraph no higher than a line is one."""
    length = (points(shape.frame.get("w")) or width) - shape.left - shape.right
    for side, edge in shape.edges.items():
        yield Line("border", side, length, edge.width, edge.colour, edge.style)
    if shape.fill and shape.rule == "exact" and shape.line is not None and shape.line <= THICKEST_BAR:
        yield Line("bar", "middle", length, shape.line, shape.fill)


def shape_lines(element: Element) -> Iterator[Line]:
    """The lines among the shapes that a paragraph holds; of alternatives the first is taken."""
    for shape in preferred(element):
        if shape.tag == q("w:txbxContent"):
            continue  # read as paragraphs
        if etree.QName(shape).namespace == NAMESPACES["v"] and local(shape) in _VML:
            yield from _vml(shape)
        elif shape.tag in {q("wp:anchor"), q("wp:inline")}:
            yield from _drawing(shape)
        yield from shape_lines(shape)


def _vml(shape: Element) -> Iterator[Line]:
    style = dict(_STYLE.findall(shape.get("style", "")))
    start, end = _pair(shape.get("from")), _pair(shape.get("to"))
    if local(shape) == "line" and start and end:
        width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
    else:
        width, height = _vml_length(style.get("width")), _vml_length(style.get("height"))
    if width < SHORTEST or height > THICKEST:
        return
    stroked = shape.get("stroked", "t").lower() not in {"f", "false"}
    thickness = _vml_length(shape.get("strokeweight", "0.75pt")) if stroked else height
    colour = shape.get("strokecolor") if stroked else shape.get("fillcolor")
    yield Line("vml", "middle", width, thickness, _vml_colour(colour))


def _pair(text: str | None) -> tuple[float, float] | None:
    parts = (text or "").split(",")
    return (_vml_length(parts[0]), _vml_length(parts[1])) if len(parts) == 2 else None


def _vml_length(text: str | None) -> float:
    return points(text, unit=EMU_PER_POINT if (text or "").isdigit() and len(text or "") > 5 else 4 / 3) or 0.0


def _vml_colour(text: str | None) -> str:
    plain = (text or "").split(" ")[0].lower().removeprefix("#")
    if len(plain) == 3 and plain not in _NAMED:
        plain = "".join(digit * 2 for digit in plain)
    return _NAMED.get(plain, colour_of(plain or None))


def _drawing(anchor: Element) -> Iterator[Line]:
    extent = child(anchor, "wp:extent")
    width, height = (points(extent.get(side) if extent is not None else None, EMU_PER_POINT) for side in ("cx", "cy"))
    geometry = next(anchor.iter(q("a:prstGeom")), None)
    if geometry is None or geometry.get("prst") not in _LINES:
        return
    if not width or width < SHORTEST or (height or 0) > THICKEST:
        return
    properties = geometry.getparent()
    stroke = child(properties, "a:ln")
    own = child(stroke, "a:solidFill/a:srgbClr")
    filled = child(properties, "a:solidFill/a:srgbClr")
    given = filled if own is None else own
    colour = colour_of(given.get("val")) if given is not None else BLACK
    thickness = points(stroke.get("w"), EMU_PER_POINT) if stroke is not None else None
    yield Line("drawing", "middle", width, thickness or height or 0.0, colour)


def edge_lines(edges: Mapping[str, Edge], width: float | None) -> Iterator[Line]:
    """The borders of a table."""
    for side, edge in edges.items():
        yield Line("table", side, width, edge.width, edge.colour, edge.style)
