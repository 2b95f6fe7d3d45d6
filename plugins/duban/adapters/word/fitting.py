"""What depends on a text's length and so cannot stand in a base document: the mark's width, the date under its name."""

from typing import TYPE_CHECKING

from duban.adapters.word.oxml import NAMESPACE, W
from duban.adapters.word.sheet import MARK_SIZE, SIZE_3, TYPE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

FILL = 0.96
NARROWEST = 0.6
FEW = 6
SPREAD = 0.25
NAME_INDENT = 2.0
DATE_INDENT = 4.0


def fit(root: "etree._Element") -> None:
    """Fit every mark, and every date under the name above it, below `root`."""
    for mark in _styled(root, "Mark"):
        _fit_mark(mark)
    for name, date in zip(_styled(root, "Signature"), _styled(root, "Dated"), strict=True):
        _fit_signature(name, date)


def _styled(root: "etree._Element", style: str) -> "Iterator[etree._Element]":
    for paragraph in root.iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            yield paragraph


def _text(paragraph: "etree._Element") -> str:
    return "".join(element.text or "" for element in paragraph.iter(f"{W}t"))


def _ems(text: str) -> float:
    """Width of a text in characters: Latin letters and figures take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _fit_mark(paragraph: "etree._Element") -> None:
    """The mark stands in one line: long names grow narrow, then small; short ones are spread (7.2.4)."""
    from docx.oxml import parse_xml

    children = _mark_properties(_ems(_text(paragraph)))
    for properties in paragraph.iter(f"{W}rPr"):
        properties.extend(parse_xml(f'<w:rPr xmlns:w="{NAMESPACE}">{children}</w:rPr>'))


def _mark_properties(ems: float) -> str:
    """Run properties for a mark of so many characters: spacing, width in per cent, size in half-points."""
    size = MARK_SIZE.twips
    if ems <= FEW:
        return f'<w:spacing w:val="{round(size * SPREAD)}"/>'
    width = min(1.0, TYPE_WIDTH.twips * FILL / (ems * size))
    if width < NARROWEST:
        size, width = int(size * width / NARROWEST), NARROWEST
    half_points = size // 10
    return f'<w:w w:val="{int(width * 100)}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _fit_signature(name: "etree._Element", date: "etree._Element") -> None:
    """The date four characters from the right edge with the name centred over it (7.3.5.1).

    A name too long for that stands two characters from the edge, and the date is centred under it.
    """
    over = (_ems(_text(name)) - _ems(_text(date))) / 2
    date_indent = max(DATE_INDENT, NAME_INDENT + over)
    _indent(date, date_indent)
    _indent(name, date_indent - over)


def _indent(paragraph: "etree._Element", characters: float) -> None:
    from docx.oxml import parse_xml

    chars, twips = round(characters * 100), round(characters * SIZE_3.twips)
    ind = f'<w:ind xmlns:w="{NAMESPACE}" w:rightChars="{chars}" w:right="{twips}"/>'
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        properties.append(parse_xml(ind))
