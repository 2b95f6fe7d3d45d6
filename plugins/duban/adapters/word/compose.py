"""Filling a base document: the Composer port, played by docxtpl's notation."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from duban.adapters.word.drawing import draw
from duban.adapters.word.filled import PROPERTIES, Filled
from duban.adapters.word.fitting import fit_body
from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.preview import blocks
from duban.adapters.word.readback import prove
from duban.adapters.word.reference import DocxtplFilling
from duban.core.errors import InternalError
from duban.core.figures import FigureText
from duban.core.masking import masked
from duban.core.packing import PAPERS
from duban.core.papers import Figure, PaperContent
from duban.core.preview import Block
from duban.core.wording import plain
from duban.core.zips import normalised


class DocxComposer:
    """Composes papers from `templates_dir`/<kind>.docx.

    A template sees the paper's fields by name and `figure`, figure texts by key. Templates run in a sandbox; every
    value is escaped; an unknown name and a value that is no text are errors (InternalError).
    """

    def __init__(self, templates_dir: Path, plan_texts: Sequence[str] = ()) -> None:
        """`plan_texts`: the plan's own texts that hold numbers (`paper_numbers.numbered_texts`)."""
        self._directory = templates_dir
        self._fillings: dict[str, PreparedFilling | DocxtplFilling] = {}
        self._plan_texts = plan_texts

    def compose(self, content: PaperContent) -> bytes:
        """The finished .docx, read back and proved; the same content gives the same bytes."""
        content = masked(content)
        author = plain(str(content.fields.get("issuer", "")))
        filled = self._filled(content)
        with _errors_of(content):
            body = fit_body(filled.body)
        fitted = replace(filled, main=lambda: (body,))
        package = fitted.package(title=plain(content.title), author=author, created=content.as_of)
        finished = _with_charts(package, _charts(content))
        prove(content, finished, filled.says(), self._plan_texts)
        return finished

    def prove(self, content: PaperContent, package: bytes) -> None:
        """Raise InternalError unless `package` says what `content` says, every number of it registered."""
        content = masked(content)
        with _errors_of(content):
            said = self._filled(content).says()
        prove(content, package, said, self._plan_texts)

    def preview(self, content: PaperContent) -> tuple[Block, ...]:
        """The main text as a web page shows it, each figure under its key."""
        with _errors_of(content):
            root, marks = self._filling(content.kind).marked(_fields(content))
        return tuple(blocks(root, marks))

    def _filled(self, content: PaperContent) -> Filled:
        with _errors_of(content):
            return self._filling(content.kind).fill(_fields(content))

    def _filling(self, kind: str) -> PreparedFilling | DocxtplFilling:
        """The way to fill this kind's base document, which is made ready when it is first wanted."""
        if kind not in self._fillings:
            path = self._directory / f"{kind}.docx"
            prepared = PreparedFilling(path)
            self._fillings[kind] = prepared if prepared.possible else DocxtplFilling(path)
        return self._fillings[kind]


@contextmanager
def _errors_of(content: PaperContent) -> Iterator[None]:
    """Whatever is wrong with a base document is an InternalError that names it."""
    try:
        yield
    except TemplateError as error:
        raise InternalError(f"{content.kind}.docx: {error}") from error


def _fields(content: PaperContent) -> dict[str, Any]:
    """What a base document is filled in with."""
    return {**content.fields, "figure": _nested(content.figures)}


def _with_charts(package: bytes, charts: Sequence[Any]) -> bytes:
    if not charts:
        return package
    from docx import Document

    document, target = Document(io.BytesIO(package)), io.BytesIO()
    draw(document, charts)
    document.save(target)
    with zipfile.ZipFile(io.BytesIO(package)) as undrawn:
        return normalised(target.getvalue(), {PROPERTIES: undrawn.read(PROPERTIES)}, PAPERS)


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
