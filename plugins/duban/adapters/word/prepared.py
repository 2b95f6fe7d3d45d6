"""Filling a base document many times: docxtpl makes its XML ready once, Jinja compiles that once (performance.md §3).

What comes out is what docxtpl itself gives (`reference`), part by part; tested for every base document that we ship.
"""

import copy
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from duban.adapters.word.filled import BODY, PROPERTIES, Filled, parts_of, stories_of
from duban.adapters.word.oxml import W

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

# docxtpl has Jinja render these as well, or numbers them anew; no base document of ours needs either.
_RENDERED_TOO = re.compile(rb"\{\{|\{%|\{#")
_NUMBERED = b"docPr"
_RENDERED_PARTS = (PROPERTIES, "word/footnotes.xml")
# docxtpl's own notation for braces, and the characters within a value that it makes breaks of.
_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_BREAKS = ("\t", "\n", "\a", "\f")
# For the line numbers of its errors docxtpl begins every paragraph on a line of its own, and undoes that afterwards.
_LINE_OF_ITS_OWN = re.compile(r"\n(?=<w:p[ >])")
_TAGS = re.compile(r"<[^>]*>")
_CELLS = re.compile(r"\{%[-+]?\s*(tc|colspan|hm|vm)\b|\{#\s*tc\b")
_ROW_OF_TAGS = re.compile(r"\{[%#]tr\b")


class PreparedFilling:
    """One base document, read and compiled once."""

    def __init__(self, path: Path, environment: SandboxedEnvironment) -> None:
        self._path, self._environment = path, environment

    @property
    def possible(self) -> bool:
        """Whether this document can be filled in this way; if not, docxtpl has to (images, footnotes, properties)."""
        marked = any(_RENDERED_TOO.search(self._parts.get(name, b"")) for name in _RENDERED_PARTS)
        return not marked and not any(_NUMBERED in self._parts[name] for name in self._roots)

    def fill(self, fields: Mapping[str, Any]) -> Filled:
        """The document filled in with `fields`; raises jinja2's TemplateError."""
        written = {name: self._story(name, template, fields) for name, template in self._compiled.items()}
        return Filled(self._parts, {**self._roots, **written}, frozenset(self._roots.keys() - written.keys()))

    def _story(self, name: str, template: Template, fields: Mapping[str, Any]) -> etree._Element:
        """One text part; of the body alone docxtpl replaces no more than the element inside, and mends the tables."""
        text = template.render(fields)
        for written, meant in _BRACES:
            text = text.replace(written, meant)
        if any(character in text for character in _BREAKS):
            text = self._docxtpl.resolve_listing(text)
        if name != BODY:
            return etree.fromstring(text)
        root = copy.copy(self._frame)
        root.replace(root[0], etree.fromstring(text) if self._grids_stand else self._docxtpl.fix_tables(text))
        return root

    @cached_property
    def _docxtpl(self) -> "DocxTemplate":
        from docxtpl import DocxTemplate

        template = DocxTemplate(self._path)
        template.render_init()
        return template

    @cached_property
    def _parts(self) -> Mapping[str, bytes]:
        return parts_of(self._docxtpl.docx)

    @cached_property
    def _roots(self) -> Mapping[str, etree._Element]:
        return stories_of(self._parts)

    @cached_property
    def _frame(self) -> etree._Element:
        """The root of the main text with an empty body."""
        frame = copy.deepcopy(self._roots[BODY])
        for body in frame.iterchildren(f"{W}body"):
            body.clear()
        return frame

    @cached_property
    def _compiled(self) -> Mapping[str, Template]:
        """The text parts that print anything, ready to be filled."""
        sources = {name: self._docxtpl.xml_to_string(root) for name, root in self._roots.items()}
        sources[BODY] = self._docxtpl.get_xml()
        return {name: self._ready(source) for name, source in sources.items() if name == BODY or "{" in source}

    def _ready(self, source: str) -> Template:
        return self._environment.from_string(_LINE_OF_ITS_OWN.sub("", self._docxtpl.patch_xml(source)))

    @cached_property
    def _grids_stand(self) -> bool:
        """Whether every table fits its grid whatever is filled in, so that docxtpl would find nothing to mend.

        No tag makes cells, and the rows that remain are all as wide as the grid; the first one always remains.
        """
        body = self._roots[BODY]
        cells_made = _CELLS.search(_TAGS.sub("", self._docxtpl.get_xml()))
        return not cells_made and all(_fits(table) for table in body.iter(f"{W}tbl"))


def _fits(table: etree._Element) -> bool:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = [row for row in table.iter(f"{W}tr") if not _ROW_OF_TAGS.search("".join(map(str, row.itertext())))]
    return rows[:1] == table.findall(f"{W}tr")[:1] != [] and all(_width(row) == columns for row in rows)


def _width(row: etree._Element) -> int:
    """In columns of the grid."""
    spans = {cell: cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")}
    return sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans.values())
