"""The child that parses: what kills it costs one file; it is replaced, confined, and never left behind."""

import logging
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

import duban
from duban.adapters.workbook import Limits, WorkbookReader, texts
from duban.core.errors import InternalError, UnreadableReturnError
from duban.core.sheets import RawBook
from fakes.workbooks import cell, ods, ods_cell, ods_gap, row, xlsx

GOOD = xlsx(row(1, cell("A1", "甲")))
# Attributes in single quotes are good XML that the survey does not look for, so the parser meets the far cell.
DEADLY = xlsx(row(1, cell("A1", "甲")) + cell("XFD1048576", "。").replace('"XFD1048576"', "'XFD1048576'"))
# A value 400 000 lines down wants some hundred megabytes and a good part of a second.
HEAVY = ods(
    f"<table:table-row>{ods_cell('甲') * 20}</table:table-row>{ods_gap(rows=400_000)}"
    f"<table:table-row>{ods_cell('。')}</table:table-row>"
)
START_AND_WAIT = """
import sys
from duban.adapters.workbook import WorkbookReader
reader = WorkbookReader()
reader.read("x", sys.stdin.buffer.read())
print(reader._child._process.pid, flush=True)
import signal
signal.pause()
"""


@pytest.fixture
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as warm:
        yield warm


def pid_of(reader: WorkbookReader) -> int:
    assert reader._child is not None
    return reader._child._process.pid


def ends(pid: int) -> bool:
    """Whether the process ends within ten seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ready, _, _ = select.select([handle], [], [], 10)
    os.close(handle)
    return bool(ready)


def codes(reader: WorkbookReader, *contents: bytes) -> list[str]:
    read = reader.read_all((str(number), content) for number, content in enumerate(contents))
    return ["read" if isinstance(book, RawBook) else book.code for _, book in read]


def test_a_file_that_kills_the_parser_is_unreadable_and_its_neighbours_are_read(reader: WorkbookReader) -> None:
    """B-15, B-16 past the survey: the parser aborts its process; F01 for that file alone."""
    assert codes(reader, GOOD, DEADLY, GOOD, DEADLY, DEADLY, GOOD) == ["read", "F01", "read", "F01", "F01", "read"]


def test_one_child_serves_many_files(reader: WorkbookReader) -> None:
    """It is warm: nothing is started for the second file."""
    assert codes(reader, GOOD) == ["read"]
    first = pid_of(reader)
    assert codes(reader, GOOD, b"", GOOD) == ["read", "F01", "read"]
    assert pid_of(reader) == first


def test_memory_is_bounded() -> None:
    """A file that wants more than the child may have is unreadable (B-13, B-17)."""
    with WorkbookReader(Limits(memory=256 << 20)) as reader:
        assert codes(reader, GOOD, HEAVY, GOOD) == ["read", "F01", "read"]
    with WorkbookReader() as reader:
        assert codes(reader, HEAVY) == ["read"]


def test_time_is_bounded() -> None:
    """A file over which the child does not answer in time is unreadable, and not tried a second time."""
    with WorkbookReader(Limits(wall_seconds=0.15)) as reader:
        with pytest.raises(UnreadableReturnError) as refused:
            reader.read("x", HEAVY)
        assert refused.value.found == texts.EXHAUSTED
    with WorkbookReader(Limits(wall_seconds=10)) as reader:
        assert codes(reader, GOOD) == ["read"]


def test_a_child_that_stands_still_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    """The wall clock counts where no CPU is used; the log tells which file it was."""
    with WorkbookReader(Limits(wall_seconds=2)) as reader:
        assert codes(reader, GOOD) == ["read"]
        os.kill(pid_of(reader), signal.SIGSTOP)
        with caplog.at_level(logging.WARNING):
            assert codes(reader, GOOD, GOOD) == ["F01", "read"]
    assert "'0'" in caplog.text


def test_a_child_that_died_between_files_condemns_nothing(reader: WorkbookReader) -> None:
    """Only a fresh child does: a used one may have died of something else."""
    assert codes(reader, GOOD) == ["read"]
    dead = pid_of(reader)
    os.kill(dead, signal.SIGKILL)
    assert codes(reader, GOOD) == ["read"]
    assert pid_of(reader) != dead


def test_an_interrupted_reader_never_hands_out_another_files_answer(reader: WorkbookReader) -> None:
    """Airflow ends a task that takes too long by an exception out of a signal, anywhere."""
    assert codes(reader, GOOD) == ["read"]

    class TimeIsUpError(BaseException):
        pass

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise TimeIsUpError

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(TimeIsUpError):
            reader.read("heavy", HEAVY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert reader.read("x", b"1,2,3\n").sheets[0].rows == (("1", "2", "3"),)


def test_a_forked_process_gets_a_child_of_its_own(reader: WorkbookReader) -> None:
    """Airflow forks; two processes at one pipe would read each other's answers."""
    assert codes(reader, GOOD) == ["read"]
    parents_child = pid_of(reader)
    fork = os.fork()
    if fork == 0:
        try:
            fine = codes(reader, GOOD) == ["read"] and pid_of(reader) != parents_child
            reader.close()
        except BaseException:  # noqa: BLE001 - whatever it is, the fork must not go on as a second pytest
            fine = False
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) == 0
    assert codes(reader, GOOD) == ["read"]
    assert pid_of(reader) == parents_child


def test_the_child_ends_with_its_reader(reader: WorkbookReader) -> None:
    """close() sees it off, and the next file starts another."""
    assert codes(reader, GOOD) == ["read"]
    pid = pid_of(reader)
    reader.close()
    assert not Path(f"/proc/{pid}").exists()
    assert codes(reader, GOOD) == ["read"]


def test_no_orphan_is_left_when_the_reader_is_killed() -> None:
    """The end of its pipe ends the child."""
    owner = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(duban.__file__).parents[1])},
    )
    assert owner.stdin is not None
    assert owner.stdout is not None
    with owner, owner.stdin, owner.stdout:
        owner.stdin.write(GOOD)
        owner.stdin.close()
        child = int(owner.stdout.readline())
        owner.kill()
    assert ends(child)


def test_the_child_is_given_no_secrets(reader: WorkbookReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads strangers' files; the environment of the task has passwords."""
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://airflow:secret@db")
    assert codes(reader, GOOD) == ["read"]
    assert b"secret" not in Path(f"/proc/{pid_of(reader)}/environ").read_bytes()


def test_nobody_is_read_to_but_by_files_that_are_asked_for(reader: WorkbookReader) -> None:
    """read_all is lazy: an answer comes before the next file is fetched."""
    fetched: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in "ab":
            fetched.append(name)
            yield name, GOOD

    first = next(reader.read_all(files()))
    assert (first[0], fetched) == ("a", ["a"])


def test_a_child_that_cannot_start_is_our_fault_and_no_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation must not send every office's return back as unreadable."""
    monkeypatch.setattr("duban.adapters.workbook.reader._CHILD", "duban.adapters.workbook.no_such_module")

    with WorkbookReader() as reader, pytest.raises(InternalError, match="does not start"):
        reader.read("周报.xlsx", GOOD)
