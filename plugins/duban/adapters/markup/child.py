"""The child that marks one workbook: a task from stdin, an answer to stdout, and its end.

Started by marker.py as `python -m duban.adapters.markup.child MEMORY CPU_SECONDS`, with an environment of its own. It
serves one office's file only: nothing that a file does to it can reach another office's.
"""

import contextlib
import pickle
import resource
import sys
import traceback
import warnings
from dataclasses import replace

from duban.adapters.markup.mark import OWN, REBUILT, Task, mark

_LARGEST_TEMPORARY_FILE = 1 << 30


def main() -> None:
    """Mark the workbook of the task."""
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    _confine(memory, cpu_seconds)
    warnings.simplefilter("ignore")  # openpyxl warns of every extension that it drops
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our own parent, and not from outside
    sys.stdout.buffer.write(_answer(task))


def _answer(task: Task) -> bytes:
    """Its own workbook marked; where openpyxl stumbles over that, a fresh one."""
    if task.content is not None:
        try:
            return OWN + mark(task)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever it is, the values are known; the marker logs the traceback
            traceback.print_exc()
    return REBUILT + mark(replace(task, content=None))


def _confine(memory: int, cpu_seconds: int) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _LARGEST_TEMPORARY_FILE),
    ):
        hard = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    main()
