"""A process that signs papers and is killed while it does so, at one step after the other.

`python -m fakes.signing_worker URL PLAN FOLDER STEP,… ID,…` signs every paper and tells how each attempt ended:
`killed archive.put before 1`, `lost 431`, `signed 431`. A step is called by its name and by how often that came. What
is killed is a child of its own: kill -9 is real.
"""

import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from duban.adapters.store import create_engine
from duban.core.errors import UsageError
from fakes.signing import SIGNED, SIGNER, SigningDesk

MOST_ATTEMPTS = 2000
Step = Callable[[str], None]


class Ended(IntEnum):
    """How an attempt ended; lost to the other process or to the database, it is made again."""

    SIGNED, LOST, KILLED = range(3)


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
    event.listen(engine, "before_cursor_execute", lambda *about: step(_named(about[2])))
    event.listen(engine, "commit", lambda _: step("commit"))
    desk = SigningDesk.on(engine, plan, folder)
    stepped = {name: Stepped(name, getattr(desk, name), step) for name in ("archive", "shelf", "composer")}
    replace(desk, **stepped).sign.sign(paper_id, SIGNER, SIGNED)  # type: ignore[arg-type]  # they are what they wrap


def _named(statement: str) -> str:
    """What a statement does, to which table: `update paper`."""
    bare = re.sub(r"--.*", "", statement)
    tables = re.findall(r"(?:from|into|update)\s+duban\.(\w+)", bare)
    return f"{bare.split()[0]} {tables[-1]}"


def numbered(names: Iterable[str]) -> Iterator[str]:
    """Each name with how often it came."""
    came: Counter[str] = Counter()
    for name in names:
        came[name] += 1
        yield f"{name} {came[name]}"


def _attempt(url: str, plan: str, folder: Path, paper_id: int, killed_at: str) -> Ended:
    """Sign in a child that is killed at that step, if it comes so far."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return Ended.KILLED if os.WIFSIGNALED(status) else Ended(os.WEXITSTATUS(status))
    taken: list[str] = []

    def step(name: str) -> None:
        taken.append(name)
        if list(numbered(taken))[-1] == killed_at:
            _tell(f"killed {killed_at}")
            os.kill(os.getpid(), signal.SIGKILL)

    ended = Ended.LOST
    try:
        sign(create_engine(url), plan, folder, paper_id, step)
        ended = Ended.SIGNED
    except (UsageError, OperationalError):
        _tell(f"lost {paper_id}")
    finally:
        os._exit(ended)  # whatever happened: a child must not go on with its parent's work


def main(url: str, plan: str, folder: Path, steps: Sequence[str], papers: Sequence[int]) -> None:
    """Sign all papers; attempts are killed at `steps`, one after the other, until none is left."""
    left = list(steps)
    engine = create_engine(url)
    for paper_id in papers:
        for _ in range(MOST_ATTEMPTS):
            ended = _attempt(url, plan, folder, paper_id, left[0]) if left else Ended.SIGNED
            if ended is Ended.KILLED:
                left.pop(0)
            elif ended is Ended.SIGNED and _is_signed(engine, plan, folder, paper_id):
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
    url, plan, folder, steps, papers = sys.argv[1:]
    main(url, plan, Path(folder), steps.split(","), [int(number) for number in papers.split(",")])
