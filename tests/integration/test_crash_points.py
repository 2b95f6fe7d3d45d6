"""Kill -9 at every point at which the chain writes, then the same task once more (faults.md §2 and §5, test 1).

Real processes, a real PostgreSQL, real files. `make test` kills once at every kind of point, `make test-long` at all of
them. Afterwards `duban verify` finds nothing (I1 to I3, I6, I7), tables, archive, papers and outboxes are what they are
without a fault (I4, I5, I8), and the journal of what was issued knows every signature.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.crash import chain
from fakes.crash.worker import ALL, KINDS

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "var" / "crash-points.json"
NOT_TASKS = {"current_as_of", "as_of", "app", "waiting_for_signature"}
"""What the DAGs call in orchestration/tasks.py that changes nothing."""
TENDING = {"watch", "verify", "back_test", "data_docs", "digest", "keep_cutoffs"}
"""What looks after the rest: it tells and compares. A 更正 that a back-test drafts is `draft_corrections`' own, a kept

snapshot `keep_snapshot`'s.
"""
pytestmark = pytest.mark.xdist_group("crash points")


def trial(databases: Iterator[str], folder: Path, which: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The points found, and what became of each that was killed."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}"}
    command = [sys.executable, "-m", "fakes.crash.worker", next(databases), str(folder), which]
    told = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True, text=True).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    return [line for line in lines if "found" in line], [line for line in lines if "found" not in line]


def unsettled(reports: list[dict[str, Any]]) -> list[str]:
    """What was not killed where it should have been, and what a retry did not make good."""
    return [
        f"{one['stage']} {one['number']} {one['label']}: {one['defects'] + one['differs'] or 'was not killed'}"
        for one in reports
        if not one["killed"] or one["defects"] or one["differs"]
    ]


def test_one_point_of_each_kind(databases: Iterator[str], tmp_path: Path) -> None:
    """Every function that writes, in each way in which it does: a file made, linked or removed, a commit; every end."""
    found, reports = trial(databases, tmp_path, KINDS)

    assert unsettled(reports) == []
    assert len(reports) == len({one["kind"] for one in found})


@pytest.mark.long
def test_every_point(databases: Iterator[str], tmp_path: Path) -> None:
    """All of them; after the last one of each task the chain is run to its end and compared there too."""
    found, reports = trial(databases, tmp_path, ALL)
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps({"found": found, "reports": reports}, ensure_ascii=False), "utf-8")

    assert unsettled(reports) == []
    assert [(one["stage"], one["number"]) for one in reports] == [
        (chain.CHAIN[one["found"]["stage"]].name, one["found"]["number"]) for one in found
    ]


def test_every_task_of_the_dags_is_in_the_chain() -> None:
    """A new task that nobody kills fails here."""
    called = {name for path in orchestration() for name in calls_of(path)}
    covered = {stage.task for stage in chain.CHAIN if stage.is_ours}

    assert covered == set(chain.TASKS)
    assert called - NOT_TASKS - TENDING == covered - {"review", "sign"}


def orchestration() -> Iterator[Path]:
    yield from (ROOT / "dags").glob("*.py")
    yield from (ROOT / "plugins" / "duban" / "orchestration").glob("*.py")


def calls_of(path: Path) -> Iterator[str]:
    """The functions of orchestration/tasks.py that a module calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "tasks":
                yield node.func.attr
