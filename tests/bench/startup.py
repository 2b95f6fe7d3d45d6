"""What starting costs: `duban --help`, and the parse of each DAG file in the child that the DAG processor forks.

That child has what its parent imported, Airflow's tables among it: a parse beside `airflow.sdk` alone counts them.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PARSE = (
    "import sys, time, pathlib, airflow.dag_processing.manager, airflow.dag_processing.processor\n"
    "from airflow.dag_processing.dagbag import BundleDagBag\n"
    "b = time.process_time()\n"
    "f = pathlib.Path(sys.argv[1])\n"
    "BundleDagBag(dag_folder=f, bundle_path=f.parent, bundle_name='dags-folder')\n"
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
