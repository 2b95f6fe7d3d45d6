"""Filling a base document as docxtpl is documented to: what the prepared way is measured and tested against.

It takes everything that docxtpl takes, so it also fills what `prepared` refuses.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from duban.adapters.word.filled import BODY, PROPERTIES, Filled, Properties, parts_of, serialised, stories_of
from duban.adapters.word.marks import Marks
from duban.adapters.word.transcript import transcribe
from duban.core.packing import PAPERS
from duban.core.zips import entry

# Where a filling's marks stand among its fields; no field of a paper has such a name.
_MARKS = "__marks__"


class DocxtplFilling:
    """One base document, read and compiled anew for every paper."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fill(self, fields: Mapping[str, Any]) -> Filled:
        """The document filled in with `fields`; raises jinja2's TemplateError."""
        parts, marks = self._parts(fields)
        roots = stories_of(parts)
        transcript = transcribe(roots.values(), marks)
        others = {**parts, **{name: serialised(root) for name, root in roots.items()}}
        body, properties = others.pop(BODY), Properties(others.pop(PROPERTIES))
        entries = {name: entry(name, content, PAPERS) for name, content in others.items()}
        return Filled(entries, lambda: (body,), properties, lambda: transcript)

    def marked(self, fields: Mapping[str, Any]) -> tuple[etree._Element, Marks]:
        """The root of the main text filled in, marks around its values."""
        parts, marks = self._parts(fields)
        return stories_of(parts)[BODY], marks

    def _parts(self, fields: Mapping[str, Any]) -> tuple[Mapping[str, bytes], Marks]:
        from docxtpl import DocxTemplate

        template, marks = DocxTemplate(self._path), Marks()
        template.render({**fields, _MARKS: marks}, _environment())
        return parts_of(template.docx), marks


def _environment() -> SandboxedEnvironment:
    """In a sandbox, every value escaped and marked, an unknown name an error."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


@pass_context
def _printable(context: Context, value: object) -> object:
    """What a tag prints; printing an undefined name raises."""
    marks: Marks = context[_MARKS]
    return value if isinstance(value, Undefined) else marks.around(value)
