"""What depends on a text's length and so cannot stand in a base document: the mark's width and place, the date under
its name, the lines that must stay on the signature's page.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from duban.adapters.word.filled import serialised
from duban.adapters.word.oxml import NAMESPACE, W
from duban.adapters.word.sheet import LINE_PITCH, MARK_SIZE, SIZE_3, TYPE_WIDTH
from duban.core.titles import set_width, width

if TYPE_CHECKING:
    from collections.abc import Mapping

FILL = 0.96
NARROWEST = 0.6
FEW = 6
SHORT_TABLE = 10
SPREAD = 0.25
MARK_LINE = 1.04  # so that the mark's upper edge is the upper edge of its line, whatever its size
SEALED_NAME, SEALED_DATE = 2.0, 4.0
PLAIN_NAME, PLAIN_STEP = 2.0, 2.0
HEAD_STYLES = ("Serial", "Secrecy", "Urgency")
SIGNATURES = {"Signature": "Dated", "SignaturePlain": "DatedPlain"}
TEXT_STYLES = ("BodyText", "Heading3", "Heading4", "Addressee")


def fit_body(body: bytes) -> bytes:
    """The part of a main text with everything in it fitted."""
    root = etree.fromstring(body)
    fit(root)
    return serialised(root)


def fit(root: "etree._Element") -> None:
    """Fit every mark, and every date under the name above it, below `root`; keep each name with its text."""
    styled = _by_style(root)
    for mark in styled["Mark"]:
        if _text(mark):
            _fit_mark(mark)
    lines = sum(len(styled[style]) for style in HEAD_STYLES)
    deepen(root, -lines * LINE_PITCH.twips)
    for signature, dated in SIGNATURES.items():
        for name, date in zip(styled[signature], styled[dated], strict=True):
            _fit_signature(name, date, sealed=signature == "Signature")
            _keep_with_text(name)
    for table in root.iter(f"{W}tbl"):
        _keep_whole(table)


def deepen(root: "etree._Element", twips: int) -> None:
    """Make the white space above the mark so much higher, or lower: the mark stays where the standard puts it."""
    for drop in (paragraph for paragraph in root.iter(f"{W}p") if style_of(paragraph) == "Drop"):
        spacing = drop.find(f"{W}pPr/{W}spacing")
        if spacing is not None:
            spacing.set(f"{W}line", str(max(1, int(spacing.get(f"{W}line", "0")) + twips)))


def style_of(paragraph: "etree._Element") -> str | None:
    """The key of a paragraph's style; None where it names none."""
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if named is None else named.get(f"{W}val")


def _by_style(root: "etree._Element") -> "Mapping[str | None, list[etree._Element]]":
    """The paragraphs below `root` in one walk: of a long paper it is the walk that costs."""
    found: defaultdict[str | None, list[etree._Element]] = defaultdict(list)
    for paragraph in root.iter(f"{W}p"):
        found[style_of(paragraph)].append(paragraph)
    return found


def _text(paragraph: "etree._Element") -> str:
    return "".join(element.text or "" for element in paragraph.iter(f"{W}t"))


def _fit_mark(paragraph: "etree._Element") -> None:
    """The mark stands in one line: long names grow narrow, then small; short ones are spread (7.2.4)."""
    from docx.oxml import parse_xml

    size, children = _mark_properties(width(_text(paragraph)))
    for properties in paragraph.iter(f"{W}rPr"):
        properties.extend(parse_xml(f'<w:rPr xmlns:w="{NAMESPACE}">{children}</w:rPr>'))
    line = f'w:before="0" w:after="0" w:line="{round(size * MARK_LINE)}" w:lineRule="exact"'
    for properties in paragraph.findall(f"{W}pPr"):
        properties.append(parse_xml(f'<w:spacing xmlns:w="{NAMESPACE}" {line}/>'))


def _mark_properties(ems: float) -> tuple[int, str]:
    """Size in twips and run properties for a mark of so many characters: spacing, width in per cent, size."""
    size = MARK_SIZE.twips
    if ems <= FEW:
        return size, f'<w:spacing w:val="{round(size * SPREAD)}"/>'
    share = min(1.0, TYPE_WIDTH.twips * FILL / (ems * size))
    if share < NARROWEST:
        size, share = int(size * share / NARROWEST), NARROWEST
    half_points = size // 10
    return size, f'<w:w w:val="{int(share * 100)}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _fit_signature(name: "etree._Element", date: "etree._Element", *, sealed: bool) -> None:
    """Name and date at the right.

    Sealed (7.3.5.1): the date four characters from the edge with the name centred over it; a name too long for that
    stands two characters from the edge, and the date is centred under it. Not sealed (7.3.5.2): the name two characters
    from the edge, the date begins two characters after it; a date too long for that stands at the edge, and the name
    moves.
    """
    names, dates = set_width(_text(name)), set_width(_text(date))
    if sealed:
        over = (names - dates) / 2
        date_indent = max(SEALED_DATE, SEALED_NAME + over)
        name_indent = date_indent - over
    else:
        date_indent = max(PLAIN_NAME, PLAIN_NAME + names - PLAIN_STEP - dates)
        name_indent = date_indent + dates + PLAIN_STEP - names
    _indent(date, date_indent)
    _indent(name, name_indent)


def _indent(paragraph: "etree._Element", characters: float) -> None:
    from docx.oxml import parse_xml

    chars, twips = round(characters * 100), round(characters * SIZE_3.twips)
    ind = f'<w:ind xmlns:w="{NAMESPACE}" w:rightChars="{chars}" w:right="{twips}"/>'
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        properties.append(parse_xml(ind))


def _keep_with_text(name: "etree._Element") -> None:
    """Chain the name to the last paragraph of text above it: it never stands alone on a page (7.3.5.5)."""
    above = name.getprevious()
    while above is not None and above.tag == f"{W}p":
        _keep_next(above)
        if style_of(above) in TEXT_STYLES and _text(above):
            return
        above = above.getprevious()


def _keep_whole(table: "etree._Element") -> None:
    """A short table stays on one page with its caption."""
    rows = table.findall(f"{W}tr")
    if len(rows) <= SHORT_TABLE:
        for row in rows[:-1]:
            for paragraph in row.iter(f"{W}p"):
                _keep_next(paragraph)


def _keep_next(paragraph: "etree._Element") -> None:
    from docx.oxml import parse_xml

    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return
    for old in properties.findall(f"{W}keepNext"):
        properties.remove(old)
    place = 1 if properties.find(f"{W}pStyle") is not None else 0
    properties.insert(place, parse_xml(f'<w:keepNext xmlns:w="{NAMESPACE}"/>'))
