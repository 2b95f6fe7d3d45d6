"""The offices' folders: `<inbox>/<office code>/<any name>` (returns.md, "Where files are found").

A plain path or file:// URL is read with the operating system's own calls; anything else (sftp://, s3://, …) through
Airflow's ObjectStoragePath, which knows the connections. The name of a file proves nothing and is never interpreted.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from duban.core.errors import FolderGoneError, InboxError, UsageError
from duban.pipeline.ports import Clock, Inbox, SeenFile

SETTLE = timedelta(seconds=60)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What returns.md names, and WinSCP's own name for a file that is still coming.
UNFINISHED_PREFIXES = ("~$", ".")
UNFINISHED_SUFFIXES = (".tmp", ".part", ".filepart")
# What Windows puts into folders by itself: no clerk sent it.
OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
ESCAPED_BYTE = re.compile(r"\\x([0-9a-f]{2})")


def open_inbox(url: str, clock: Clock) -> Inbox:
    """The inbox at a path or at any URL that ObjectStoragePath knows."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalInbox(Path(unquote(parts.path)), clock)
    if "://" not in url:
        return LocalInbox(Path(url), clock)
    # Airflow takes a second to import and is needed for remote inboxes alone.
    from airflow.sdk import ObjectStoragePath  # noqa: PLC0415 - as above

    return ObjectInbox(ObjectStoragePath(url), clock)


class LocalInbox:
    """ports.Inbox in a local folder. Only regular files count: no links, pipes or devices."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock

    def listing(self, offices: Sequence[str], as_of: datetime) -> Sequence[SeenFile]:
        """As ports.Inbox.listing; raises UsageError without an inbox."""
        if not self._root.is_dir():
            raise UsageError(f"收件目录 {self._root} 不存在，请检查 DUBAN_INBOX 或建立该目录。")
        now = self._clock.now()
        return [file for office in offices for file in visible(self._files(office), as_of=as_of, now=now)]

    def _files(self, office: str) -> Iterator[SeenFile]:
        folder = self._root / office
        if not folder.is_dir():
            raise FolderGoneError(f"{folder} is not there")
        try:
            yield from self._files_of(office, folder)
        except OSError as error:
            raise InboxError(f"{folder}: {error}") from error

    def _files_of(self, office: str, folder: Path) -> Iterator[SeenFile]:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and is_cutoff(entry.name):
                    yield from self._tables(office, Path(entry.path))
                elif seen := _local(office, entry, printable(entry.name)):
                    yield seen

    @staticmethod
    def _tables(office: str, folder: Path) -> Iterator[SeenFile]:
        with os.scandir(folder) as entries:
            for entry in entries:
                seen = _local(office, entry, f"{printable(folder.name)}/{printable(entry.name)}")
                if seen and is_table(entry.name):
                    yield seen

    def read(self, path: str, limit: int) -> bytes:
        """As ports.Inbox.read; what became a link since it was listed is not followed."""
        try:
            return _read_regular(_find(self._root, path), limit)
        except OSError as error:
            raise InboxError(f"{path}: {error}") from error


def _local(office: str, entry: "os.DirEntry[str]", name: str) -> SeenFile | None:
    if is_unfinished(entry.name):
        return None
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # taken away since the folder was read
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    modified_at = EPOCH + timedelta(seconds=status.st_mtime_ns // 1_000_000_000)  # a due day ends with its last second
    return SeenFile(office, f"{office}/{name}", status.st_size, modified_at)


def _read_regular(path: Path, limit: int) -> bytes:
    # O_NONBLOCK: a pipe put in the file's place must not hold up the round.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is no regular file")
        return file.read(limit)


class RemoteFolder(Protocol):
    """A folder as ObjectStoragePath has it: a path in a file system of fsspec."""

    @property
    def path(self) -> str: ...

    @property
    def fs(self) -> Any: ...


class ObjectInbox:
    """ports.Inbox in a folder or bucket that fsspec reaches. A prefix without objects is a folder that is not there."""

    def __init__(self, root: RemoteFolder, clock: Clock) -> None:
        self._root = root
        self._clock = clock

    def listing(self, offices: Sequence[str], as_of: datetime) -> Sequence[SeenFile]:
        """As ports.Inbox.listing."""
        now = self._clock.now()
        self._root.fs.invalidate_cache()
        return [file for office in offices for file in visible(self._files(office), as_of=as_of, now=now)]

    def _files(self, office: str) -> Iterator[SeenFile]:
        for entry in self._entries(office):
            name = PurePosixPath(entry["name"]).name
            if entry["type"] == "directory" and is_cutoff(name):
                for table in self._entries(f"{office}/{name}"):
                    if is_table(PurePosixPath(table["name"]).name):
                        yield from _remote(office, table, f"{office}/{name}")
            else:
                yield from _remote(office, entry, office)

    def _entries(self, folder: str) -> Iterable[dict[str, Any]]:
        """What fsspec says of each entry of a folder."""
        try:
            entries: list[dict[str, Any]] = self._root.fs.ls(f"{self._root.path}/{folder}", detail=True)
        except FileNotFoundError as error:
            raise FolderGoneError(f"{self._root}/{folder} is not there") from error
        except Exception as error:  # each file system of fsspec has its own
            raise InboxError(f"{self._root}/{folder}: {error}") from error
        return entries

    def read(self, path: str, limit: int) -> bytes:
        """As ports.Inbox.read."""
        try:
            with self._root.fs.open(f"{self._root.path}/{path}", "rb") as file:
                content: bytes = file.read(limit)
        except Exception as error:  # each file system of fsspec has its own
            raise InboxError(f"{path}: {error}") from error
        return content


def _remote(office: str, entry: dict[str, Any], folder: str) -> Iterator[SeenFile]:
    name = PurePosixPath(entry["name"]).name
    modified = entry.get("mtime") or entry.get("LastModified")
    marks_folder = entry["name"].endswith("/")  # some stores keep an empty object in a folder's place
    if entry["type"] != "file" or marks_folder or entry.get("islink") or is_unfinished(name) or modified is None:
        return
    modified_at = modified if isinstance(modified, datetime) else EPOCH + timedelta(seconds=modified)
    yield SeenFile(office, f"{folder}/{name}", entry["size"] or 0, modified_at)


def visible(files: Iterable[SeenFile], *, as_of: datetime, now: datetime) -> Iterator[SeenFile]:
    """The files that were there at `as_of`, each told whether it may still be being written at `now`.

    A modification time in the future is no time at all: such a file is there, and is taken as it stands.
    """
    for file in files:
        untimely = file.modified_at > now
        if untimely or file.modified_at <= as_of:
            settled = untimely or now - file.modified_at >= SETTLE
            yield SeenFile(file.office, file.path, file.size, file.modified_at, settled)


def is_unfinished(name: str) -> bool:
    """Whether a name says that its file is a program's own, or not complete."""
    lower = name.lower()
    return name.startswith(UNFINISHED_PREFIXES) or lower.endswith(UNFINISHED_SUFFIXES) or lower in OF_THE_SYSTEM


def is_cutoff(name: str) -> bool:
    """Whether a folder inside an office's is that of one week's .csv files: named by the cut-off date, yyyy-mm-dd."""
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def is_table(name: str) -> bool:
    """Whether a file in such a folder is one of its tables."""
    return name.lower().endswith(".csv")


def printable(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 (a name in GBK, say) stand as backslash, x, NN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _find(root: Path, path: str) -> Path:
    """The file whose printable path is `path`."""
    literal = root / path
    if literal.exists() or not ESCAPED_BYTE.search(path):
        return literal
    raw = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), path.encode())
    return root / os.fsdecode(raw)
