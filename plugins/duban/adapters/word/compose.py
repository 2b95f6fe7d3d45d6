"""Filling a base document: the Composer port, played by docxtpl."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from duban.adapters.word.base import set_properties
from duban.adapters.word.determinism import normalised
from duban.adapters.word.fitting import fit
from duban.adapters.word.readback import prove
from duban.core.errors import InternalError
from duban.core.papers import Figure, PaperContent
from duban.core.wording import plain


class DocxComposer:
    """Composes papers from `templates_dir`/<kind>.docx.

    A template sees the paper's fields by name and `figure`, figure texts by key. Templates run in a sandbox; every
    value is escaped; an unknown name and a value that is no text are errors (InternalError).
    """

    def __init__(self, templates_dir: Path) -> None:
        self._directory = templates_dir
        self._environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)

    def compose(self, content: PaperContent) -> bytes:
        """The finished .docx, read back and proved; the same content gives the same bytes."""
        from docxtpl import DocxTemplate

        template = DocxTemplate(self._directory / f"{content.kind}.docx")
        try:
            template.render({**content.fields, "figure": _nested(content.figures)}, self._environment)
        except TemplateError as error:
            raise InternalError(f"{content.kind}.docx: {error}") from error
        fit(template.docx.element)
        author = plain(str(content.fields.get("issuer", "")))
        set_properties(template.docx, title=plain(content.title), author=author, created=content.as_of)
        package = io.BytesIO()
        template.docx.save(package)
        finished = normalised(package.getvalue())
        prove(content, finished)
        return finished


def _nested(figures: Iterable[Figure]) -> dict[str, Any]:
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
    """What a tag prints: an escaped text, or a loop's counter.

    Braces become character references, because docxtpl would take `{_{` in a value for its own notation.
    """
    if isinstance(value, Undefined) or type(value) is int:
        return value  # printing an undefined name raises
    if not isinstance(value, str):
        raise InternalError(f"a paper prints texts, not {value!r}")
    return Markup(str(escape(plain(value))).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704  # escaped here
