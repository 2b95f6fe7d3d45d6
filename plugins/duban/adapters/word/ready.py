"""Which base documents can be filled in as text alone, so that it is the text that docxtpl would have written.

Whatever is not plainly so is not. docxtpl works on a tree: it mends grids, numbers drawings, makes breaks of
characters, fills in properties and footnotes; and a tree that is written down has one form for each element.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateError, nodes
from lxml import etree

from duban.adapters.word.filled import BODY, PROPERTIES, serialised
from duban.adapters.word.oxml import W

_PARTS_RENDERED_TOO = (PROPERTIES, "word/footnotes.xml")
_TAG = re.compile(rb"\{\{|\{%|\{#")
_NUMBERED = b"docPr"
# docxtpl's own notation for braces, and the characters that it makes breaks of.
_MEANT_OTHERWISE = re.compile(r"\{_\{|\}_\}|\{_%|%_\}|[\t\a\f]|\n(?!<w:document[ >])")
_NAMES = re.compile(r"<[^>]*>")
_CELLS = re.compile(r"\{%[-+]?\s*(tc|colspan|hm|vm)\b|\{#\s*tc\b")
_ROW_OF_TAGS = re.compile(r"\{[%#]tr\b")
# Statements that print as they go; any other would hold texts back and hand them over as one.
_STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign)
_VALUE = "\ufdd0"


def canonical(written: bytes) -> bytes:
    """Filled-in XML as a tree would be written: a text that a tag left empty is closed at once.

    Nothing but its beginning can end in `>` before a text's end: in texts that character is written `&gt;`.
    """
    return written.replace(b"></w:t>", b"/>")


def leaves_nothing_to_docxtpl(parts: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> bool:
    """Whether only the main text is to be filled in, without drawings to number or tables to mend in it."""
    elsewhere = any(_TAG.search(parts.get(name, b"")) for name in _PARTS_RENDERED_TOO)
    others = any(b"{" in parts[name] for name in roots if name != BODY)
    drawn = any(_NUMBERED in parts[name] for name in roots)
    return not elsewhere and not others and not drawn and _grids_stand(roots[BODY])


def is_plain(source: str, environment: Environment) -> bool:
    """Whether this document, tags and all, gives canonical XML whatever is filled in, with values only in its texts."""
    if _MEANT_OTHERWISE.search(source):
        return False
    try:
        statements = environment.parse(source).find_all(nodes.Stmt)
        plain = all(isinstance(one, _STATEMENTS) and not getattr(one, "recursive", False) for one in statements)
        return plain and all(map(_is_canonical, _unfolded(source, environment)))
    except (TemplateError, etree.XMLSyntaxError):
        return False


def _unfolded(source: str, environment: Environment) -> Iterator[str]:
    """The document without anything conditional, then with one more level of its blocks each time."""
    parts = list(_levels(source, environment))
    for deepest in range(max(level for level, _ in parts) + 1):
        yield "".join(text for level, text in parts if level <= deepest)


def _levels(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """The stretches of the document and the places of its values, each with the number of blocks around it."""
    level, statement = 0, False
    for _, kind, text in environment.lex(source):
        if kind == "data":
            yield level, text
        elif kind == "variable_begin":
            yield level, _VALUE
        elif statement and kind == "name":
            level += {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(text, 0)
        statement = kind == "block_begin" or (statement and kind == "whitespace")


def _is_canonical(text: str) -> bool:
    root = etree.fromstring(text.encode())
    if serialised(root) != canonical(text.encode()):
        return False
    values = 0
    for element in root.iter():
        if element.tag == f"{W}t":
            values += (element.text or "").count(_VALUE)
        elif element.text:
            return False
        if element.tail or (element.tag == f"{W}p" and next(element.iterancestors(f"{W}p"), None) is not None):
            return False
    return values == text.count(_VALUE)


def _grids_stand(body: etree._Element) -> bool:
    """Whether every table fits its grid whatever is filled in, so that docxtpl would find nothing to mend.

    No tag makes cells, and the rows that remain are all as wide as the grid; the first one always remains.
    """
    cells_made = _CELLS.search(_NAMES.sub("", etree.tostring(body, encoding="unicode")))
    return not cells_made and all(_fits(table) for table in body.iter(f"{W}tbl"))


def _fits(table: etree._Element) -> bool:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = [row for row in table.iter(f"{W}tr") if not _ROW_OF_TAGS.search("".join(map(str, row.itertext())))]
    return rows[:1] == table.findall(f"{W}tr")[:1] != [] and all(_width(row) == columns for row in rows)


def _width(row: etree._Element) -> int:
    """In columns of the grid."""
    spans = {cell: cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")}
    return sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans.values())
