"""Filling a base document: the Composer port, played by docxtpl."""

import io
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment

from duban.adapters.word.base import set_properties
from duban.adapters.word.drawing import draw
from duban.adapters.word.fitting import fit
from duban.adapters.word.marks import Marks
from duban.adapters.word.readback import Transcript, prove, transcribe
from duban.core.errors import InternalError
from duban.core.figures import FigureText
from duban.core.papers import Figure, PaperContent
from duban.core.wording import plain
from duban.core.zips import normalised

if TYPE_CHECKING:
    from docx.document import Document


class DocxComposer:
    """Composes papers from `templates_dir`/<kind>.docx.

    A template sees the paper's fields by name and `figure`, figure texts by key. Templates run in a sandbox; every
    value is escaped; an unknown name and a value that is no text are errors (InternalError).
    """

    def __init__(self, templates_dir: Path, plan_texts: Sequence[str] = ()) -> None:
        """`plan_texts`: the plan's own texts that hold numbers (`paper_numbers.numbered_texts`)."""
        self._directory = templates_dir
        self._plan_texts = plan_texts

    def compose(self, content: PaperContent) -> bytes:
        """The finished .docx, read back and proved; the same content gives the same bytes."""
        document, expected = self._filled(content)
        draw(document, _charts(content))
        fit(document.element)
        author = plain(str(content.fields.get("issuer", "")))
        set_properties(document, title=plain(content.title), author=author, created=content.as_of)
        package = io.BytesIO()
        document.save(package)
        finished = normalised(package.getvalue())
        prove(content, finished, expected, self._plan_texts)
        return finished

    def prove(self, content: PaperContent, package: bytes) -> None:
        """Raise InternalError unless `package` says what `content` says, every number of it registered."""
        _, expected = self._filled(content)
        prove(content, package, expected, self._plan_texts)

    def _filled(self, content: PaperContent) -> tuple["Document", Transcript]:
        """The base document filled in, and what it then says."""
        from docxtpl import DocxTemplate

        marks = Marks()
        environment = SandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, finalize=partial(_printable, marks)
        )
        template = DocxTemplate(self._directory / f"{content.kind}.docx")
        try:
            template.render({**content.fields, "figure": _nested(content.figures)}, environment)
        except TemplateError as error:
            raise InternalError(f"{content.kind}.docx: {error}") from error
        return template.docx, transcribe(template.docx, marks)


def _charts(content: PaperContent) -> list[Any]:
    charts = content.fields.get("charts", [])
    return charts if isinstance(charts, list) else []


def _nested(figures: Iterable[Figure]) -> dict[str, Any]:
    """Figure texts under the parts of their keys: `district.baseline` stands for figure["district"]["baseline"]."""
    root: dict[str, Any] = {}
    for figure in figures:
        *path, name = figure.key.split(".")
        branch = root
        for part in path:
            branch = branch.setdefault(part, {})
        branch[name] = FigureText.of(figure.text, figure.key)
    return root


def _printable(marks: Marks, value: object) -> object:
    """What a tag prints; printing an undefined name raises."""
    return value if isinstance(value, Undefined) else marks.around(value)
