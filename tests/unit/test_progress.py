"""How far long work has come: a bar for eyes, lines for a log, nothing where nobody asked."""

import io
from datetime import datetime

import pytest

from duban.cli.progress import LINES, progress, replay_progress
from duban.core.weeks import ZONE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, total: int, *, quiet: bool = False) -> str:
    with progress("重放", quiet=quiet, stream=stream) as told:
        for done in range(1, total + 1):
            told(done, total, f"第 {done} 件")
    return stream.getvalue()


@pytest.mark.parametrize(("total", "lines"), [(3, 3), (LINES, LINES), (5000, LINES + 1)])
def test_a_log_gets_a_plain_line_now_and_then(total: int, lines: int) -> None:
    """Long work does not fill it; the first and the last step stand there; nothing of a terminal's language."""
    said = shown(io.StringIO(), total).splitlines()
    assert len(said) == lines
    assert said[0].startswith(f"重放 1/{total}")
    assert said[-1] == f"重放 {total}/{total}（100%）第 {total} 件"
    assert "\x1b" not in "".join(said)


def test_a_terminal_gets_a_bar() -> None:
    """One that moves in its place."""
    said = shown(Terminal(), 30)
    assert "30/30" in said
    assert "\x1b[" in said
    assert "（100%）" not in said


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_work_says_nothing(stream: io.StringIO) -> None:
    """--json."""
    assert shown(stream, 30, quiet=True) == ""


def test_a_name_is_no_markup_of_the_terminal() -> None:
    """Paths of offices are shown as they stand."""
    stream = Terminal()
    with progress("模拟", stream=stream) as told:
        told(1, 2, "MH/[red]周报.xlsx")
    assert "[red]" in stream.getvalue()


def test_work_without_parts_is_no_error() -> None:
    """An empty season, an empty stretch of days."""
    assert shown(io.StringIO(), 0) == ""


def test_a_replay_tells_instant_and_name(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr; stdout is for the answer."""
    with replay_progress(quiet=False) as told:
        told(1, 1, "工作简报", datetime(2018, 8, 3, 17, tzinfo=ZONE))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "重放 1/1（100%）08-03 17:00 工作简报\n")
