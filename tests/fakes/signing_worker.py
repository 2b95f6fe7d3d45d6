"""A process that signs papers and is killed while it does so, at one step after the other.

`python -m fakes.signing_worker URL PLAN FOLDER STEP,… ID,…` signs every paper and tells how each attempt ended:
`killed 7 archive.put before`, `lost 431`, `signed 431`. What is killed is a child of its own: kill -9 is real.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from duban.adapters.store import create_engine
from duban.core.errors import UsageError
from fakes.signing import SIGNED, SIGNER, SigningDesk

MOST_ATTEMPTS = 2000
Step = Callable[[str], None]


class Stepped:
    """A part of the desk whose every call is two steps: before it and after it."""

    def __init__(self, name: str, part: object, step: Step) -> None:
        self._name, self._part, self._step = name, part, step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)

        def stepped(*arguments: object) -> object:
            self._step(f"{self._name}.{name} before")
            result = method(*arguments)
            self._step(f"{self._name}.{name} after")
            return result

        return stepped


def sign(engine: Engine, plan: str, folder: Path, paper_id: int, step: Step) -> None:
    """One signature, each of whose steps is told: every statement, the commits, composing, archive and shelf."""
    event.listen(engine, "before_cursor_execute", lambda *about: step(f"sql {' '.join(about[2].split())[:40]}"))
    event.listen(engine, "commit", lambda _: step("commit"))
    desk = SigningDesk.on(engine, plan, folder)
    stepped = {name: Stepped(name, getattr(desk, name), step) for name in ("archive", "shelf", "composer")}
    replace(desk, **stepped).sign.sign(paper_id, SIGNER, SIGNED)  # type: ignore[arg-type]  # they are what they wrap


def _attempt(url: str, plan: str, folder: Path, paper_id: int, killed_at: int) -> bool:
    """Sign in a child that is killed at that step; whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    taken = 0

    def step(label: str) -> None:
        nonlocal taken
        taken += 1
        if taken == killed_at:
            _tell(f"killed {taken} {label}")
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sign(create_engine(url), plan, folder, paper_id, step)
    except (UsageError, OperationalError):
        _tell(f"lost {paper_id}")
    finally:
        os._exit(0)  # whatever happened: a child must not go on with its parent's work


def main(url: str, plan: str, folder: Path, steps: Sequence[int], papers: Sequence[int]) -> None:
    """Sign all papers; attempts are killed at `steps`, one after the other, until none is left."""
    left = list(steps)
    engine = create_engine(url)
    for paper_id in papers:
        for _ in range(MOST_ATTEMPTS):
            if left and _attempt(url, plan, folder, paper_id, left[0]):
                left.pop(0)
            elif _is_signed(engine, plan, folder, paper_id):
                break
        else:
            raise SystemExit(f"paper {paper_id} was never signed")


def _is_signed(engine: Engine, plan: str, folder: Path, paper_id: int) -> bool:
    """Sign, or sign again; False when the database was away."""
    try:
        SigningDesk.on(engine, plan, folder).sign.sign(paper_id, SIGNER, SIGNED)
    except (UsageError, OperationalError):
        _tell(f"lost {paper_id}")
        return False
    _tell(f"signed {paper_id}")
    return True


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    url, plan, folder, *lists = sys.argv[1:]
    steps, papers = ([int(number) for number in numbers.split(",")] for numbers in lists)
    main(url, plan, Path(folder), steps, papers)
