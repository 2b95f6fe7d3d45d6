"""Everything received and issued, by its content (architecture.md, decision 4): written once, read-only, verified."""

import hashlib
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from duban.core.errors import ConflictError

SHA256 = re.compile(r"[0-9a-f]{64}")
READ_ONLY = 0o444


class FileArchive:
    """ports.Archive in a folder: `<root>/aa/bb/<sha-256>`, where aa and bb are the digest's first four digits."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep `content`, safely on the disk when this returns; returns its sha-256 in hex.

        Raises ConflictError when what stands under that digest is damaged.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            _write_once(target, content)
        self.get(sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content of that digest; raises FileNotFoundError, and ConflictError when its bytes were changed."""
        path = self.path(sha256)
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise ConflictError(f"{path} is damaged: its bytes have the sha-256 {found}")
        return content

    def path(self, sha256: str) -> Path:
        """Where the content of that digest stands, or would."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"no sha-256: {sha256!r}")
        return self._root / sha256[:2] / sha256[2:4] / sha256


def _write_once(target: Path, content: bytes) -> None:
    """The whole content or nothing, whenever the power goes; who comes second leaves the first one's file alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".") as unfinished:
        unfinished.write(content)
        unfinished.flush()
        os.fchmod(unfinished.fileno(), READ_ONLY)
        os.fsync(unfinished.fileno())
        try:
            os.link(unfinished.name, target)
        except FileExistsError:
            return
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """A file's name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
