"""A folder in which each name holds one content for ever: the papers, the outbox."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from duban.core.errors import ConflictError


class FileShelf:
    """paper_ports.PaperShelf in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, path: str, content: bytes) -> None:
        """Place `content` at `path`, relative to the folder; the same bytes again change nothing.

        Raises ConflictError when other bytes stand there, ValueError for a path that leads out of the folder.
        """
        target = self._inside(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".") as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fchmod(unfinished.fileno(), 0o644)
            os.fsync(unfinished.fileno())
            try:
                os.link(unfinished.name, target)
            except FileExistsError as error:
                if target.read_bytes() != content:
                    raise ConflictError(f"{target} holds another content already") from error

    def get(self, path: str) -> bytes:
        """The bytes at `path`; raises FileNotFoundError, ValueError for a path that leads out of the folder."""
        return self._inside(path).read_bytes()

    def paths(self) -> Iterator[str]:
        """Every file, relative to the folder; none when the folder is not there yet."""
        files = (path for path in self._root.rglob("*") if path.is_file() and not path.name.startswith("."))
        return (path.relative_to(self._root).as_posix() for path in files)

    def _inside(self, path: str) -> Path:
        root = self._root.resolve()
        target = (root / path).resolve()
        if not target.is_relative_to(root) or target == root:
            raise ValueError(f"{path} leads out of {root}")
        return target
