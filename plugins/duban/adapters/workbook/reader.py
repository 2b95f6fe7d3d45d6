"""The Reader of pipeline.ports: a warm child process parses; what kills it costs one file and nothing else."""

import logging
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from pickle import UnpicklingError
from typing import Any, BinaryIO, Self, cast

import duban
from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.limits import Limits
from duban.adapters.workbook.texts import too_large, unreadable
from duban.adapters.workbook.wire import Answer, load_answer, read_frame, write_frame
from duban.core.errors import InternalError, UnreadableReturnError
from duban.core.sheets import RawBook

log = logging.getLogger(__name__)

_PLUGINS = Path(duban.__file__).parents[1]
_CHILD = "duban.adapters.workbook.child"
_PATIENCE = 2.0
"""Seconds a child may take to leave when its pipe is closed."""

START_SECONDS = 60.0
"""How long a child may take to start: that is the machine's affair and no file's."""


class WorkbookReader:
    """Reads workbooks of any container in a child process with limits.

    The child starts with the first file and serves until `close`; when it dies or hangs a new one takes its place.
    Safe to share between threads; a forked process gets a child of its own.
    """

    def __init__(self, allowed: Limits | None = None) -> None:
        self._limits = allowed or Limits()
        self._child: _Child | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the child go; the next file starts another."""
        child, self._child = self._child, None
        if child:
            child.stop()

    def read_all(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, RawBook | UnreadableReturnError]]:
        """Pairs of name and content in; each name out with what was read, in the same order."""
        for name, content in files:
            try:
                yield name, self.read(name, content)
            except UnreadableReturnError as error:
                yield name, error

    def read(self, name: str, content: bytes) -> RawBook:
        """Read one workbook; raises UnreadableReturnError. `name` only names the sheet of a .csv, and log lines."""
        if len(content) > limits.LARGEST_FILE:
            size, limit = len(content) / limits.MEGABYTE, limits.LARGEST_FILE // limits.MEGABYTE
            raise too_large(texts.TOO_BIG.format(size=size, limit=limit))
        with self._turn:
            kind, *rest = self._ask(name, content)
        if kind == Answer.BOOK:
            return _named(rest[0], name)
        if kind == Answer.REFUSED:
            code, found, prose = rest
            raise UnreadableReturnError(code, found, prose=prose)
        log.error("the reader failed on %r and calls it unreadable:\n%s", name, rest[0])
        raise unreadable(texts.DAMAGED)

    def _ask(self, name: str, content: bytes) -> Sequence[Any]:
        """Only a fresh child condemns a file: a used one may have died of something else.

        Raises InternalError when a child does not even start: that is no fault of any file.
        """
        child = self._ready_child()
        fresh = child.served == 0
        answer = child.ask(content)
        if answer is None and not fresh and not child.overdue:
            child = self._ready_child()
            answer = child.ask(content)
        if answer is None:
            log.warning("the reader's child died of %r (return code %s)", name, child.returncode)
            raise unreadable(texts.EXHAUSTED)
        return answer

    def _ready_child(self) -> "_Child":
        if self._child is None or not self._child.usable:
            self._child = _Child(self._limits)
            self._child.await_ready()
        return self._child


class _Child:
    """One child process and the pipes to it."""

    def __init__(self, allowed: Limits) -> None:
        self._wall_seconds = allowed.wall_seconds
        self._process = subprocess.Popen(  # noqa: S603 - no shell, no word from outside
            [sys.executable, "-P", "-m", _CHILD, str(allowed.memory), str(allowed.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        self._owner = os.getpid()
        self._spent = False
        self.served = 0
        self.overdue = False
        self.stop = weakref.finalize(self, _dismiss, self._process, self._owner)

    @property
    def usable(self) -> bool:
        return not self._spent and self._owner == os.getpid()

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    def await_ready(self) -> None:
        """Wait until the child has started; raises InternalError when it does not."""
        if self._exchange(None, START_SECONDS) is None:
            raise InternalError(f"the reader's child does not start (return code {self.returncode})")
        self.served = 0

    def ask(self, content: bytes) -> Sequence[Any] | None:
        """The child's answer, or None when it died or had to be killed over this file."""
        return self._exchange(content, self._wall_seconds)

    def _exchange(self, content: bytes | None, seconds: float) -> Sequence[Any] | None:
        alarm = threading.Timer(seconds, self._kill_overdue)
        alarm.start()
        self._spent = True  # whatever interrupts us here leaves half a conversation in the pipes
        try:
            if content is not None:
                write_frame(cast("BinaryIO", self._process.stdin), content)
            answer = load_answer(read_frame(cast("BinaryIO", self._process.stdout)))
        except (EOFError, OSError, UnpicklingError):
            self._process.kill()
            self.stop()
            return None
        except BaseException:
            self._process.kill()
            raise
        finally:
            alarm.cancel()
            alarm.join()
        self._spent = self.overdue
        self.served += 1
        return answer

    def _kill_overdue(self) -> None:
        self.overdue = True
        self._process.kill()


def _environment() -> dict[str, str]:
    """No secrets for a process that reads strangers' files; where our code and the interpreter's libraries are."""
    library_path = os.environ.get("LD_LIBRARY_PATH")
    return {"PYTHONPATH": str(_PLUGINS)} | ({"LD_LIBRARY_PATH": library_path} if library_path else {})


def _dismiss(process: "subprocess.Popen[bytes]", owner: int) -> None:
    """Close the pipe, which ends the child, and see it off. In a fork of its owner only the pipes are closed."""
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            cast("BinaryIO", pipe).close()
    if os.getpid() != owner:
        process.returncode = 0  # somebody else's child: nothing to wait for
        return
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _named(book: RawBook, name: str) -> RawBook:
    """A .csv has no sheet names: its sheet is called like the file."""
    if book.container != "csv":
        return book
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return replace(book, sheets=tuple(replace(sheet, name=stem) for sheet in book.sheets))
