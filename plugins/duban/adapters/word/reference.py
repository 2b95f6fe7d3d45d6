"""Filling a base document as docxtpl is documented to: what the prepared way is measured and tested against.

It takes everything that docxtpl takes, so it also fills what `prepared` refuses.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

from duban.adapters.word.filled import Filled, parts_of, stories_of


class DocxtplFilling:
    """One base document, read and compiled anew for every paper."""

    def __init__(self, path: Path, environment: SandboxedEnvironment) -> None:
        self._path, self._environment = path, environment

    def fill(self, fields: Mapping[str, Any]) -> Filled:
        """The document filled in with `fields`; raises jinja2's TemplateError."""
        from docxtpl import DocxTemplate

        template = DocxTemplate(self._path)
        template.render(dict(fields), self._environment)
        parts = parts_of(template.docx)
        return Filled(parts, stories_of(parts))
