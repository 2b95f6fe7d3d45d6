"""How far long work has come: a bar on a terminal, plain lines in a log. On stderr: stdout is the answer."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TextIO

Told = Callable[[int, int, str], None]
"""Told how many are done of how many, and what is at work."""

LINES = 10
"""Lines that a whole work leaves in a log: one each tenth part."""

LINE = "{title} {done}/{total}（{percent}%）{name}"


@contextmanager
def progress(title: str, *, quiet: bool = False, stream: TextIO | None = None) -> Iterator[Told]:
    """A callback that shows how far `title` has come on `stream` (stderr); silent when `quiet`."""
    target = stream or sys.stderr
    if quiet:
        yield lambda _done, _total, _name: None
    elif target.isatty():
        with _bar(title, target) as told:
            yield told
    else:
        yield _lines(title, target)


@contextmanager
def replay_progress(*, quiet: bool) -> Iterator[Callable[[int, int, str, datetime], None]]:
    """As `progress`, for a replay: a callback (done, total, DAG's name, instant)."""
    with progress("重放", quiet=quiet) as told:
        yield lambda done, total, name, as_of: told(done, total, f"{as_of:%m-%d %H:%M} {name}")


@contextmanager
def _bar(title: str, target: TextIO) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=target)) as bars:
        bar = bars.add_task(title, total=None)

        def told(done: int, total: int, name: str) -> None:
            bars.update(bar, completed=done, total=total, description=f"{title} {name}")

        yield told


def _lines(title: str, target: TextIO) -> Told:
    shown = -1

    def told(done: int, total: int, name: str) -> None:
        nonlocal shown
        part = done * LINES // max(total, 1)
        if part > shown:
            shown = part
            percent = done * 100 // max(total, 1)
            target.write(LINE.format(title=title, done=done, total=total, percent=percent, name=name) + "\n")
            target.flush()

    return told
