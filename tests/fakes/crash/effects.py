"""The points at which a process writes: found while it runs, with no hook in the product.

Python's audit events tell of every file that is opened for writing, linked, renamed, removed or made below the home;
SQLAlchemy tells of every commit, and PostgreSQL itself whether that transaction has written anything. What lies
between two such points leaves nothing behind, so that a process killed before each of them has been killed everywhere.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from sqlalchemy import Connection, Engine, event

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ON_FILES = {"os.link": "link", "os.rename": "rename", "os.remove": "remove", "os.mkdir": "mkdir", "os.chmod": "chmod"}
COMMIT, OPEN, END = "commit", "open", "end"
CALLED_BY = " < "
PRODUCT = "/plugins/duban/"
Step = Callable[[str], None]


def watch_files(home: Path, step: Step) -> None:
    """Tell `step` before every change of a file below `home`. For the rest of this process: no audit hook ends."""
    below = f"{home.resolve()}{os.sep}"

    def hook(name: str, arguments: tuple[object, ...]) -> None:
        kind = ON_FILES.get(name) or (OPEN if name == "open" and _writes(arguments[2]) else None)
        if kind is not None and _is_below(arguments[0], below):
            step(f"{kind} {place()}")

    sys.addaudithook(hook)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & WRITES)


def _is_below(path: object, below: str) -> bool:
    if not isinstance(path, str | os.PathLike):
        return False
    text = os.path.abspath(path)  # noqa: PTH100  # Path.resolve would look at the disk, and so call the hook again
    return text.startswith(below) and not os.path.isdir(text)  # noqa: PTH112  # as above


def watch_commits(engine: Engine, step: Step) -> None:
    """Tell `step` before every commit of a transaction that has written something."""

    def before(connection: Connection) -> None:
        raw = connection.connection.cursor()
        raw.execute("select pg_current_xact_id_if_assigned()")
        if raw.fetchone() != (None,):
            step(f"{COMMIT} {place()}")

    event.listen(engine, "commit", before)


def place() -> str:
    """Where in the product that is: the innermost function of ours, and the use case or room that called it."""
    names = list(_product(sys._getframe()))
    use_case = next((name for name in names if name.startswith(("pipeline.", "wiring."))), "")
    return f"{names[0]}{CALLED_BY}{use_case}" if names else "?"


def _product(frame: FrameType | None) -> list[str]:
    names = []
    while frame is not None:
        _, found, module = frame.f_code.co_filename.partition(PRODUCT)
        if found:
            names.append(f"{module.removesuffix('.py').replace('/', '.')}.{frame.f_code.co_qualname}")
        frame = frame.f_back
    return names
