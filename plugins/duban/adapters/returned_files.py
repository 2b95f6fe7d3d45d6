"""The folder into which returned 回执 are dropped: $DUBAN_HOME/receipts (pipeline.receipts.ReturnedFiles)."""

from collections.abc import Iterator
from pathlib import Path

from duban.core.receipt_texts import RETURNED_FILE

LARGEST = 20 * 1024 * 1024
"""Bytes; a larger file is no 回执."""


class ReceiptFolder:
    """Files named 回执-<code>.* ; those registered are put into the folder `registered` below it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """As ReturnedFiles.waiting: plain files alone, no links."""
        for path in sorted(self._root.glob(f"{RETURNED_FILE}*")):
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
                yield path.name, path.read_bytes()

    def registered(self, name: str) -> None:
        """As ReturnedFiles.registered."""
        done = self._root / "registered"
        done.mkdir(exist_ok=True)
        (self._root / name).replace(done / name)
