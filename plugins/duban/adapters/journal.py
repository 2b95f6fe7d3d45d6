"""The journal of what was issued: one JSON line each in a file of the plan, only ever longer."""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from duban.core.errors import UsageError
from duban.core.issued import Issue
from duban.core.numbering import Series

TAIL_BYTES = 1 << 16
"""About 200 entries: more than signers are at work at once."""


class FileJournal:
    """issued.Journal in `<folder>/<plan>.jsonl`."""

    def __init__(self, folder: Path, plan: str) -> None:
        self._path = folder / f"{quote(plan, safe='')}.jsonl"

    def tail(self) -> list[Issue]:
        """As Journal.tail."""
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - TAIL_BYTES))
                if size > TAIL_BYTES:
                    file.readline()
                return list(self._issues(file.read()))
        except FileNotFoundError:
            return []

    def all(self) -> list[Issue]:
        """As Journal.all."""
        return list(self._issues(self._path.read_bytes())) if self._path.exists() else []

    def append(self, issue: Issue) -> None:
        """As Journal.append."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(asdict(issue), ensure_ascii=False).encode() + b"\n"
        with self._path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _issues(self, content: bytes) -> Iterator[Issue]:
        """What the lines say; a last line that a power cut left unfinished is none."""
        lines = content.split(b"\n")
        for line in lines[:-1]:
            try:
                read = json.loads(line)
                series = read.pop("series")
                yield Issue(**read, series=series and Series(**series))
            except (ValueError, TypeError, KeyError) as error:
                raise UsageError(f"签发记录 {self._path} 有无法识别的行，请从备份恢复这个文件。") from error
