"""Marked workbooks (issue: what goes back to the office), each made in a child process of its own."""

import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duban
from duban.adapters.markup.mark import OWN, Task
from duban.core.communities import NOWHERE
from duban.core.findings import Finding
from duban.core.marking import Heading, MarkedWorkbook
from duban.core.masking import mask
from duban.core.returns import Form
from duban.core.sheets import RawBook

LOG = logging.getLogger(__name__)

WRITABLE = frozenset({"xlsx", "xlsm"})
"""The containers that openpyxl can write back."""

_PLUGINS = Path(duban.__file__).parents[1]
_CHILD = "duban.adapters.markup.child"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may cost the child that marks it: bytes of address space, CPU and wall-clock seconds."""

    memory: int = 2 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 120.0


class WorkbookMarker:
    """Marks workbooks against one form. Holds nothing between two workbooks."""

    def __init__(self, form: Form, allowed: Limits | None = None) -> None:
        self._form = form
        self._limits = allowed or Limits()

    def mark_up(
        self,
        content: bytes,
        book: RawBook,
        findings: Sequence[Finding],
        heading: Heading,
        communities: Mapping[str, str] = NOWHERE,
    ) -> MarkedWorkbook | None:
        """The office's own workbook with its findings marked, 补正清单 as its first sheet, and a sheet for each 社区.

        `communities` gives 社区 by 小区编号 for compounds that the workbook leaves out.
        `book` is what was read of `content`: where openpyxl cannot write that back, a fresh workbook is built from it.
        None when neither succeeds within the limits.
        """
        own = [content] if book.container in WRITABLE else []
        for given in (*own, None):
            answer = self._ask(Task(given, book, tuple(findings), heading, self._form, dict(communities)))
            if answer:
                return MarkedWorkbook(answer[1:], rebuilt=answer[:1] != OWN)
        LOG.error("%r cannot be marked", mask(heading.file))
        return None

    def _ask(self, task: Task) -> bytes:
        """The child's answer; nothing when it died or had to be killed."""
        with TemporaryDirectory(prefix="duban-") as folder:
            try:
                done = subprocess.run(  # noqa: S603  # no shell, no word from outside
                    [sys.executable, "-P", "-m", _CHILD, str(self._limits.memory), str(self._limits.cpu_seconds)],
                    input=pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL),
                    capture_output=True,
                    env=_environment(folder),
                    timeout=self._limits.wall_seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                LOG.warning("marking %r took too long", mask(task.heading.file))
                return b""
        if done.stderr:
            LOG.warning("marking %r:\n%s", mask(task.heading.file), mask(done.stderr.decode("utf-8", "replace")))
        return done.stdout if done.returncode == 0 else b""


def _environment(folder: str) -> dict[str, str]:
    """No secrets for a process that opens strangers' files; openpyxl's temporary files go with the folder."""
    library_path = os.environ.get("LD_LIBRARY_PATH")
    given = {"PYTHONPATH": str(_PLUGINS), "TMPDIR": folder}
    return given | ({"LD_LIBRARY_PATH": library_path} if library_path else {})
