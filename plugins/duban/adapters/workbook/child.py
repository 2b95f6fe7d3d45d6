"""The child that parses: one file after another from stdin, an answer for each to stdout, until stdin ends.

Started by reader.py as `python -m duban.adapters.workbook.child MEMORY CPU_SECONDS`, with an environment of its own.
It may die at any file; nothing it holds is worth keeping.
"""

import contextlib
import resource
import sys
import traceback

from duban.adapters.workbook.parse import read_workbook
from duban.adapters.workbook.wire import Answer, dump_answer, read_frame, write_frame
from duban.core.errors import UnreadableReturnError
from duban.pipeline.rarely_collected import rarely_collected


def main() -> None:
    """Serve until the pipe is closed."""
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    _confine(memory)
    with contextlib.suppress(EOFError, BrokenPipeError):
        write_frame(sys.stdout.buffer, dump_answer(Answer.READY))
        with rarely_collected():
            while True:
                content = read_frame(sys.stdin.buffer)
                _grant_cpu(cpu_seconds)
                write_frame(sys.stdout.buffer, _answer(content))


def _answer(content: bytes) -> bytes:
    try:
        return dump_answer(Answer.BOOK, read_workbook(content))
    except UnreadableReturnError as error:
        return dump_answer(Answer.REFUSED, error.code, error.found, error.prose)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, the next file must be read; the reader logs the traceback
        return dump_answer(Answer.FAILED, traceback.format_exc())


def _confine(memory: int) -> None:
    """Bounds for good: address space; no core dumps; no files written."""
    _bound(resource.RLIMIT_AS, memory)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, 0)


def _grant_cpu(seconds: int) -> None:
    """So many seconds of CPU from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _bound(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + 1 + seconds)


def _bound(kind: int, value: int) -> None:
    """Lower the soft limit, within whatever hard limit stands. Systems without that limit are left alone."""
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, hard))


if __name__ == "__main__":
    main()
