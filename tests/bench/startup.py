"""What starting costs: `duban --help`, and the parse of each DAG file once Airflow is there."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PARSE = (
    "import sys, time, importlib.util, airflow.sdk, duban.orchestration.tasks\n"
    "b = time.process_time()\n"
    "s = importlib.util.spec_from_file_location('parsed', sys.argv[1])\n"
    "s.loader.exec_module(importlib.util.module_from_spec(s))\n"
    "print((time.process_time() - b) * 1e3)"
)


def sections() -> Iterator[str]:
    lines = ["### Starting", "", "| | CPU ms |", "|---|---:|"]
    started = median(_seconds([sys.executable, "-c", "from duban.cli import main; main()", "--help"]) for _ in range(5))
    bare = median(_seconds([sys.executable, "-c", "import typer"]) for _ in range(5))
    lines += [f"| `duban --help` | {started * 1e3:.0f} |", f"| of it Python and typer | {bare * 1e3:.0f} |"]
    for path in sorted((ROOT / "dags").glob("*.py")):
        told = subprocess.run([sys.executable, "-c", PARSE, str(path)], capture_output=True, text=True, check=False)
        lines.append(f"| {path.name} | {float(told.stdout.splitlines()[-1]):.0f} |")
    yield "\n".join([*lines, ""])


def _seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
