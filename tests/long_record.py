"""What the last `make test-long` came to, kept in docs: `python -m long_record var/junit-*.xml`.

How each kind went stands in docs/test-long.md, where the chain was killed in docs/reliability.md.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from typing import Any
from xml.etree.ElementTree import Element, parse

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "test-long.md"
RELIABILITY = ROOT / "docs" / "reliability.md"
CRASH_POINTS = ROOT / "var" / "crash-points.json"
BEGIN = "<!-- make test-long writes from here -->"
RESULTS = ("passed", "failed", "skipped")


def result_of(case: Element) -> str:
    """How a test ended; an error in its set-up is a failure."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def kind_of(case: Element) -> str:
    """The directory of a test: `tests.integration.test_letters` → integration."""
    return [*case.get("classname", "").split("."), "", ""][1]


def record(files: Iterable[Path], commit: str, moment: datetime) -> str:
    """The page's lower part: when, of which commit, how each kind went, what failed and why anything was skipped."""
    reports = [(file, parse(file)) for file in files]  # noqa: S314  # files that pytest has just written
    cases = [case for _, report in reports for case in report.iter("testcase")]
    seconds = sum(float(suite.get("time", 0)) for _, report in reports for suite in report.iter("testsuite"))
    counts = Counter((kind_of(case), result_of(case)) for case in cases)
    failed = [case for case in cases if result_of(case) == "failed"]
    verdict = "every test that ran passed" if not failed else f"{len(failed)} failed"
    return "\n".join([
        f"{moment:%Y-%m-%d %H:%M} UTC, commit {commit}: {verdict}; {seconds / 60:.0f} minutes of testing.",
        "",
        *_table(counts),
        *_listed("Failed", (f"`{case.get('classname')}::{case.get('name')}`" for case in failed)),
        *_listed("Skipped, by reason", _reasons(cases)),
        "",
    ])


def _table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    yield f"| kind | {' | '.join(RESULTS)} |"
    yield f"|---|{'---|' * len(RESULTS)}"
    for kind in sorted({kind for kind, _ in counts}):
        yield f"| {kind} | {' | '.join(str(counts[kind, result]) for result in RESULTS)} |"


def _listed(title: str, lines: Iterable[str]) -> Sequence[str]:
    found = [f"- {line}" for line in lines]
    return ["", f"{title}:", "", *found] if found else []


def _reasons(cases: Iterable[Element]) -> Iterator[str]:
    skips = (case.find("skipped") for case in cases)
    reasons = Counter(skip.get("message", "") for skip in skips if skip is not None)
    return (f"{number} × {reason}" for reason, number in sorted(reasons.items()))


def crash_points(trial: Mapping[str, Any], commit: str, moment: datetime) -> str:
    """How many of the points at which a task writes it was killed at, and how many of those a retry made good.

    `trial` is what test_every_point keeps in var/crash-points.json.
    """
    reports = trial["reports"]
    tasks = list(dict.fromkeys(_task(one) for one in reports))
    killed = [one for one in reports if one["killed"]]
    good = [one for one in killed if not one["defects"] and not one["differs"]]
    covered = f"{len(killed)} of {len(trial['found'])} crash points covered, {len(good)} of {len(killed)} made good"
    counts = {task: [sum(_task(one) == task for one in some) for some in (reports, killed, good)] for task in tasks}
    return "\n".join([
        f"{moment:%Y-%m-%d %H:%M} UTC, commit {commit}: {covered}.",
        "",
        "| task | points | killed | made good by the retry |",
        "|---|---|---|---|",
        *(f"| {task} | {' | '.join(map(str, counts[task]))} |" for task in tasks),
        "",
    ])


def _task(report: Mapping[str, Any]) -> str:
    """`08-03 17:00 judge` → judge."""
    return str(report["stage"]).rpartition(" ")[2]


def described() -> str:
    """The commit at work, `-dirty` with changes that are in none."""
    told = run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def main(names: Sequence[str]) -> None:
    """Write both pages anew below their marks."""
    about = (described(), datetime.now(UTC))
    write(PAGE, record([Path(name) for name in names], *about))
    if CRASH_POINTS.exists():
        write(RELIABILITY, crash_points(json.loads(CRASH_POINTS.read_text("utf-8")), *about))


def write(page: Path, told: str) -> None:
    before, _, _ = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{told}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
