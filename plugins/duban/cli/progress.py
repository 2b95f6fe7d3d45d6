"""The progress bar of a replay."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Told = Callable[[int, int, str, datetime], None]


@contextmanager
def replay_progress(*, quiet: bool) -> Iterator[Told]:
    """A callback (done, total, DAG's name, instant) that moves a bar on stderr; silent when `quiet`."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, quiet=quiet)) as progress:
        bar = progress.add_task("重放", total=None)

        def told(done: int, total: int, name: str, as_of: datetime) -> None:
            progress.update(bar, completed=done, total=total, description=f"{as_of:%m-%d %H:%M} {name}")

        yield told
