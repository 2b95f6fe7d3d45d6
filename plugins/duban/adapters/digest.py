"""The digest of files: it changes when one of them does."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def digest_of(files: Iterable[Path]) -> str:
    """One sha-256 (hex) over the bytes of all of them, in this order."""
    whole = sha256()
    for file in files:
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()
