"""Filling a base document many times: docxtpl makes its XML ready once, Jinja compiles that once (performance.md §3).

What comes out is what docxtpl itself gives (`reference`), part by part; tested for every base document that we ship.
Between fields and file there is only text, no tree; `ready` says for which documents that comes to the same.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from duban.adapters.word import ready
from duban.adapters.word.filled import BODY, PROPERTIES, Filled, Properties, parts_of, serialised, stories_of
from duban.adapters.word.marks import Marks, Piece, Printed, stands_as_it_is
from duban.adapters.word.oxml import W
from duban.adapters.word.rows import FILTER, OF_DICTS, TEXTS, OtherRowsError, Quickened, Rows, rows_filled
from duban.adapters.word.transcript import Transcript, pieces_in, transcribe
from duban.core.packing import PAPERS
from duban.core.zips import Entry, entry

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

# For the line numbers of its errors docxtpl begins every paragraph on a line of its own, and undoes that afterwards.
_LINE_OF_ITS_OWN = re.compile(r"\n(?=<w:p[ >])")
_BODY = re.compile(r"<w:body[^>]*>(.*)</w:body>", re.DOTALL)


class PreparedFilling:
    """One base document, read and compiled once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def possible(self) -> bool:
        """Whether this document can be filled in this way; if not, docxtpl has to (images, footnotes, properties)."""
        return ready.leaves_nothing_to_docxtpl(self._parts, self._roots) and ready.is_plain(self._source, _ENVIRONMENT)

    def fill(self, fields: Mapping[str, Any]) -> Filled:
        """The document filled in with `fields`."""
        return Filled(self._entries, lambda: self._texts(fields), self._properties, lambda: self._transcript(fields))

    def by_jinja_alone(self, fields: Mapping[str, Any]) -> bytes:
        """The main text, value by value: what the quicker way is tested against, and what it leaves to others."""
        return ready.canonical("".join(self._compiled.generate(fields)).encode())

    def _texts(self, fields: Mapping[str, Any]) -> Iterator[bytes]:
        """The main text in pieces. Where rows turn out to be for Jinja alone, its text goes on where ours has ended."""
        given = 0
        try:
            for text in _written(self._quickened.generate(fields)):
                given += len(text)
                yield text
        except OtherRowsError:
            yield self.by_jinja_alone(fields)[given:]

    def marked(self, fields: Mapping[str, Any]) -> tuple[etree._Element, Marks]:
        """The root of the main text filled in, marks around its values."""
        marks = Marks()
        chunks = self._compiled.generate(fields)
        text = "".join(marks.around(chunk.value) if isinstance(chunk, Printed) else chunk for chunk in chunks)
        return etree.fromstring(text.encode()), marks

    def _transcript(self, fields: Mapping[str, Any]) -> Transcript:
        """Filled in once more: of a long annex the chunks are too many to be kept in case they are asked for."""
        return Transcript((*pieces_in(self._compiled.generate(fields)), *self._feet))

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
    def _source(self) -> str:
        """The part of the main text as docxtpl makes it ready for Jinja, its frame around it."""
        frame = copy.deepcopy(self._roots[BODY])
        for body in frame.iterchildren(f"{W}body"):
            body.clear()
        before, _, after = serialised(frame).decode().partition("<w:body/>")
        patched = _BODY.sub(r"<w:body>\1</w:body>", self._docxtpl.patch_xml(self._docxtpl.get_xml()))
        return before + _LINE_OF_ITS_OWN.sub("", patched) + after

    @cached_property
    def _compiled(self) -> Template:
        return _ENVIRONMENT.from_string(self._source)

    def parsed(self) -> nodes.Template:
        """The document as Jinja reads it."""
        return _WRITING.parse(self._source)

    @cached_property
    def _quickened(self) -> Template:
        """The same for the text alone: its chunks do not know of what value they are."""
        return _WRITING.from_string(Quickened().visit(self.parsed()).set_environment(_WRITING))

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        """The parts that no paper changes, deflated once."""
        changed = (BODY, PROPERTIES)
        return {name: entry(name, content, PAPERS) for name, content in self._parts.items() if name not in changed}

    @cached_property
    def _properties(self) -> Properties:
        return Properties(self._parts[PROPERTIES])

    @cached_property
    def _feet(self) -> tuple[Piece, ...]:
        """What headers and footers say."""
        return transcribe((root for name, root in self._roots.items() if name != BODY), Marks()).pieces


@pass_context
def _printed(_context: Context, value: object) -> object:
    """What a tag prints. Asking for the context keeps Jinja from printing what is constant while it compiles."""
    return value if isinstance(value, Undefined) else Printed.of(value)


@pass_context
def _plainly(context: Context, value: object) -> object:
    """As `_printed`, without the knowledge: most texts stand in a file as they are."""
    if isinstance(value, str) and type(value) in TEXTS and stands_as_it_is(value):
        return value
    return value if type(value) is Rows else _printed(context, value)


def _written(chunks: Iterable[str]) -> Iterator[bytes]:
    """The bytes of chunks of text; no element reaches from rows into what stands around them."""
    texts: list[str] = []
    for chunk in chunks:
        if isinstance(chunk, Rows):
            yield ready.canonical(b"".join(map(str.encode, texts)))
            yield chunk.written
            texts.clear()
        else:
            texts.append(chunk)
    yield ready.canonical(b"".join(map(str.encode, texts)))


class _Environment(SandboxedEnvironment):
    """As the sandbox, without the detour by an exception for each step into a mapping."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in OF_DICTS:
            return obj[attribute]
        return super().getattr(obj, attribute)


# `Printed` escapes, so Jinja must not do it again.
_ENVIRONMENT = _Environment(autoescape=False, undefined=StrictUndefined, finalize=_printed)
_WRITING = _Environment(autoescape=False, undefined=StrictUndefined, finalize=_plainly)
_WRITING.filters[FILTER] = rows_filled
