"""Measuring contenders on one input: round-robin in one run (A B C A B C …), medians of CPU time, peak memory apart."""

import gc
import os
import resource
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

NPM = Path(__file__).resolve().parents[2] / "var" / "bench" / "npm"
OURS, PEER, BOUND = "ours", "peer", "bound"

ROUND = 0.03
"""CPU seconds."""

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing the work. `measure` gives the CPU seconds of one call; `run`, where given, its memory."""

    name: str
    role: str
    measure: Callable[[], float]
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A contender's median CPU seconds, and by how much its first call let a fresh process grow, in MB."""

    name: str
    role: str
    seconds: float
    megabytes: float | None


def timed(name: str, role: str, run: Run, pids: Sequence[int] = ()) -> Contender:
    """A contender of this process, and of the processes `pids` that work for it.

    What takes less than a round's time is done several times in a row, as it would be for a pile of letters.
    """

    def measure() -> float:
        gc.collect()
        begin, spent, times = process_time() + cpu_of(pids), 0.0, 0
        while spent < ROUND:
            run()
            times += 1
            spent = process_time() + cpu_of(pids) - begin
        return spent / times

    return Contender(name, role, measure, None if pids else run)


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds that other processes have used so far; one that is gone counts nothing."""
    spent = 0
    for pid in pids:
        path = Path(f"/proc/{pid}/schedstat")
        spent += int(path.read_text().split()[0]) if path.exists() else 0
    return spent / 1e9


def spent_by_children(parent: int) -> Callable[[], float]:
    """A clock: the CPU seconds from now on of the processes that `parent` started; one that ends counts nothing.

    PostgreSQL ends a worker of its autovacuum whenever it likes: what that one had used before must not be taken off.
    """
    before = {pid: cpu_of([pid]) for pid in children_of(parent)}
    return lambda: sum(cpu_of([pid]) - before.get(pid, 0.0) for pid in children_of(parent))


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started and that still run."""
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def node(name: str, script: str, *arguments: str) -> Contender | None:
    """A peer of npm's, warm: `script` defines `run()`, which may give a promise.

    None where node or its package is not provided.
    """
    loop = (
        "require('readline').createInterface({input: process.stdin}).on('line', async () => {"
        f"let n = 0, s = 0; const a = process.cpuUsage(); while (s < {ROUND * 1e6}) {{ await run(); n += 1;"
        "const b = process.cpuUsage(a); s = b.user + b.system } console.log(Math.round(s / n)) })"
    )
    try:
        process = subprocess.Popen(
            ["node", "-e", f"{script};{loop}", *arguments],
            cwd=NPM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError:
        return None

    def measure() -> float:
        print(file=process.stdin, flush=True)
        return int(process.stdout.readline()) / 1e6

    try:
        measure()
    except (OSError, ValueError):
        return None
    return Contender(name, PEER, measure)


def measured(contenders: Sequence[Contender | None], times: int = 5) -> list[Measured]:
    """Each once to warm up, then `times` rounds."""
    present = [contender for contender in contenders if contender]
    for contender in present:
        contender.measure()
    rounds = [[contender.measure() for contender in present] for _ in range(times)]
    return [
        Measured(contender.name, contender.role, median(seconds), growth(contender.run) if contender.run else None)
        for contender, seconds in zip(present, zip(*rounds, strict=True), strict=True)
    ]


def growth(run: Run) -> float:
    """By how many MB a fork of this process grows at most over one call."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        run()
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writing, str(grown).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return int(told or 0) / 1024


def table(title: str, results: Sequence[Measured]) -> str:
    """A table in Markdown; the ratio says how many times ours' CPU time each took."""
    ours = next(result.seconds for result in results if result.role == OURS)
    lines = [f"### {title}", "", "| | | CPU ms | ÷ ours | peak MB |", "|---|---|---:|---:|---:|"]
    for result in results:
        memory = "" if result.megabytes is None else f"{result.megabytes:.0f}"
        ratio = f"{result.seconds / ours:.2f}"
        lines.append(f"| {result.name} | {result.role} | {result.seconds * 1e3:.2f} | {ratio} | {memory} |")
    return "\n".join([*lines, ""])
