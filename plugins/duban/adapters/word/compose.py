"""Filling a base document: the Composer port, played by docxtpl."""

import io
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.adapters.word.base import set_properties
from duban.adapters.word.determinism import normalised
from duban.adapters.word.fitting import fit
from duban.adapters.word.readback import prove
from duban.core.errors import InternalError
from duban.core.papers import Figure, PaperContent
from duban.core.wording import plain

if TYPE_CHECKING:
    from jinja2 import Environment


class DocxComposer:
    """Composes papers from `templates_dir`/<kind>.docx.

    A template sees the paper's fields by name, `title`, and `figure`, figure texts by key. Templates run in
    a sandbox; every value is escaped, an unknown name or a value that is no text is an error (InternalError).
    """

    def __init__(self, templates_dir: Path) -> None:
        self._directory = templates_dir

    def compose(self, content: PaperContent) -> bytes:
        """The finished .docx, read back and proved; the same content gives the same bytes."""
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError

        template = DocxTemplate(self._directory / f"{content.kind}.docx")
        try:
            template.render(_context(content), self._environment)
        except TemplateError as error:
            raise InternalError(f"{content.kind}.docx: {error}") from error
        fit(template.docx.element)
        author = content.fields.get("issuer", "")
        set_properties(template.docx, title=plain(content.title), author=str(author), created=content.as_of)
        package = io.BytesIO()
        template.docx.save(package)
        finished = normalised(package.getvalue())
        prove(content, finished)
        return finished

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


def _context(content: PaperContent) -> dict[str, object]:
    return {"title": content.title, "figure": _nested(content.figures), **content.fields}


def _nested(figures: Iterable[Figure]) -> dict[str, object]:
    """Figure texts under the parts of their keys: `district.baseline` stands for figure["district"]["baseline"]."""
    root: dict[str, Any] = {}
    for figure in figures:
        *path, name = figure.key.split(".")
        branch = root
        for part in path:
            branch = branch.setdefault(part, {})
        branch[name] = figure.text
    return root


def _printable(value: object) -> object:
    """What a tag prints. Braces become references, because docxtpl would take `{_{` in a value for its own notation."""
    from jinja2 import Undefined
    from markupsafe import Markup, escape

    if isinstance(value, Undefined | int) and not isinstance(value, bool):
        return value  # an unknown name raises when printed; whole numbers come from loop counters
    if not isinstance(value, str):
        raise InternalError(f"a paper prints texts, not {value!r}")
    return Markup(escape(plain(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704  # escaped here
