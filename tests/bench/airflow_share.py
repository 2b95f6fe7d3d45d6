"""Airflow's share of collecting a week: the same returns in tasks of 1, 10, 100 and 1,000, and in one bare process."""

import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase
from subprocess import run
from sys import executable
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.wiring import open_offline
from fakes.installation import Installation, running, wait_for
from fakes.wide_plan import widened

CASES = ((1, 10), (10, 100), (100, 400), (1000, 1000))
"""Returns a task, returns in all."""
SEED = 7
FIRST_WEEK = date(2018, 7, 27)
AS_OF = f"{FIRST_WEEK + timedelta(days=1)}T09:00:00+08:00"
OPEN = """
from datetime import datetime
from duban.adapters.settings import Settings
from duban.wiring import open_app
moment = datetime.fromisoformat({as_of!r})
with open_app(Settings()) as app:
"""
NOTHING = OPEN + "    app.board.latest()"
EVERYTHING = OPEN + "    app.judge(app.discover(moment), moment)\n    app.hand_back(moment)"


@dataclass(frozen=True, slots=True)
class Share:
    """One way of collecting: CPU seconds and wall seconds without PostgreSQL's."""

    chunk: int
    returns: int
    tasks: int
    cpu: float
    wall: float
    bare: float


def sections() -> Iterator[str]:
    yield "\n".join([
        "### Airflow's share of collecting (real scheduler and LocalExecutor; PostgreSQL not counted)",
        "",
        "| returns a task | returns | judging tasks | CPU s | in one bare process | Airflow's share | wall s |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(_line(_measured(chunk, returns)) for chunk, returns in CASES),
    ])


def _line(share: Share) -> str:
    part = 1 - share.bare / share.cpu
    return (
        f"| {share.chunk:,} | {share.returns:,} | {share.tasks} | {share.cpu:.1f} | {share.bare:.1f} "
        f"| {part:.0%} | {share.wall:.0f} |"
    )


def _measured(chunk: int, returns: int) -> Share:
    with TemporaryDirectory(prefix="duban-") as folder:
        home = Path(folder)
        plan = _inbox(home, returns)
        given = {"DUBAN_PLAN": str(plan), "DUBAN_INBOX": str(home / "inbox"), "DUBAN_CHUNK": str(chunk)}
        bare = _bare(given | {"DUBAN_HOME": str(home / "bare")})
        with running(home / "airflow", **given) as installation:
            cpu, wall = _collected(installation)
        return Share(chunk, returns, -(-returns // chunk), cpu, wall, bare)


def _inbox(home: Path, returns: int) -> Path:
    """A plan of so many offices, each with its clean return of the first week in its folder."""
    codes = ("".join(letters) for letters in product(ascii_uppercase, repeat=4))
    plan = widened(home / "plan", {code: f"{code}办事处" for code in islice(codes, returns - 6)})
    with open_offline(Settings(home=home / "none", plan=plan)) as offline:
        write_season(offline.plan, offline.weeks, home / "inbox", seed=SEED, until=FIRST_WEEK, mess=0)
    return plan


def _bare(given: dict[str, str]) -> float:
    """The CPU seconds of one process that does it all, the reader's child included; its database is there already."""
    _process(NOTHING, given)
    before = _waited_for()
    _process(EVERYTHING, given)
    return _waited_for() - before


def _process(work: str, given: dict[str, str]) -> None:
    run([executable, "-c", work.format(as_of=AS_OF)], env=os.environ | given, check=True)


def _waited_for() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _collected(installation: Installation) -> tuple[float, float]:
    """CPU and wall seconds from the order to its end, over every process of Airflow's."""
    token = installation.log_in()
    before, began = _spent(installation), perf_counter()
    run_id = installation.trigger("collect_returns", token, as_of=AS_OF)
    address = f"/api/v2/dags/collect_returns/dagRuns/{run_id}"
    ended = wait_for(lambda: installation.ask(address, token=token), lambda run: run["state"] in ENDED, 3600)
    assert ended["state"] == "success", ended
    return _spent(installation) - before, perf_counter() - began


ENDED = {"success", "failed"}


def _spent(installation: Installation) -> float:
    """The CPU seconds so far of all that run, with those of the children that each has waited for."""
    return sum(map(_of, installation.family()))


def _of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0
    return float(times.user + times.system + times.children_user + times.children_system)


if __name__ == "__main__":
    print(*sections(), sep="\n")  # noqa: T201 - what is run by hand tells its result
