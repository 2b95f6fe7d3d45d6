"""The base documents of papers, by their digests."""

from hashlib import sha256
from pathlib import Path

from duban.core.papers import PaperKind


class TemplateFolder:
    """The folder templates/. A digest is worked out once a process, as a base document is read once a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[PaperKind, str] = {}

    def digest(self, kind: PaperKind) -> str:
        """The sha-256 of a kind's base document; raises FileNotFoundError where there is none."""
        if kind not in self._digests:
            self._digests[kind] = sha256((self._folder / f"{kind}.docx").read_bytes()).hexdigest()
        return self._digests[kind]
