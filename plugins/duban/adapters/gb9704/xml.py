"""WordprocessingML as the checker reads it: names, switches and measures, whatever a foreign program wrote."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

Element = etree._Element  # noqa: SLF001  # lxml gives its element type no public name

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
POINTS_PER_MM = 72 / 25.4
TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_POINT = 12700
_UNITS = {"pt": 1.0, "mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "in": 72.0, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"(-?(?:\d{1,9}(?:\.\d{1,6})?|\.\d{1,6}))(mm|cm|in|pt|pc|pi)?")
_OFF = {"0", "false", "off", "none"}


@lru_cache(maxsize=4096)
def q(name: str) -> str:
    """`w:p` in Clark notation."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def child(element: Element | None, path: str) -> Element | None:
    """The first element at `path` (`w:pPr/w:ind`) below `element`, None if either is missing."""
    return None if element is None else element.find(path, NAMESPACES)


def children(element: Element | None, path: str) -> list[Element]:
    return [] if element is None else element.findall(path, NAMESPACES)


def value(element: Element | None, name: str = "w:val") -> str | None:
    """An attribute, None if it or its element is missing."""
    return None if element is None else element.get(q(name))


def is_on(text: str | None) -> bool:
    """A switch: there without a value is on."""
    return text is not None and text.lower() not in _OFF


def switched(element: Element | None) -> bool:
    return element is not None and is_on(element.get(q("w:val"), "1"))


def points(text: str | None, unit: float = TWIPS_PER_POINT) -> float | None:
    """A measure in points: a plain number counts 1/`unit` points, else its own unit holds. None if it is no measure."""
    found = _MEASURE.fullmatch((text or "").strip())
    if found is None:
        return None
    number = float(found[1])
    return number * _UNITS[found[2]] if found[2] else number / unit


def number(text: str | None) -> int | None:
    """A whole number of ordinary size, None for anything else."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def millimetres(length: float) -> float:
    """Points in millimetres."""
    return length / POINTS_PER_MM


def preferred(element: Element) -> Iterator[Element]:
    """The children of an element, of alternative contents the first choice only, so that nothing is read twice."""
    for below in element:
        if below.tag == q("mc:AlternateContent"):
            chosen = child(below, "mc:Choice")
            chosen = child(below, "mc:Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from preferred(chosen)
        else:
            yield below
