"""Plain texts from templates/*.txt, for what an office opens with a double click and nobody signs."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment


class TextComposer:
    """Fills text templates. They are Jinja2 in its sandbox; a name that the fields lack is an error."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._known: dict[str, Template] = {}

    def compose(self, name: str, fields: Mapping[str, object]) -> bytes:
        """The template `name` (`receipt`) filled in, as a text file for any editor: UTF-8 with its mark, lines by CRLF.

        Raises jinja2.UndefinedError for a field that is missing.
        """
        text = self._template(name).render(fields)
        return text.replace("\n", "\r\n").encode("utf-8-sig")

    def _template(self, name: str) -> Template:
        if name not in self._known:
            environment = SandboxedEnvironment(
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
                autoescape=False,  # plain text: nothing of it is ever read as HTML
            )
            source = (self._templates / f"{name}.txt").read_text(encoding="utf-8")
            self._known[name] = environment.from_string(source)
        return self._known[name]
